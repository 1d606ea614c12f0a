#ifndef REQUEST_H
#define REQUEST_H

#include <cjson/cJSON.h>

#include "server.h"

/* One HTTP request, for the server that reads it. Handlers see what server.h shows of it. */

enum request_end { END_NONE, END_ANSWERED, END_HELD, END_CUT, END_UPGRADED };

struct request {
	char *head; /* the lines, each ended by a NUL; the last is empty */
	const char *method, *path, *lines;
	cJSON *query;
	size_t body_len;          /* as said in the head; not known when chunked */
	char *body;               /* NULL: not there yet */
	struct buf extra, answer; /* the answer's headers; all of it */
	enum request_end end;
	bool chunked, was_held, close_after, cut_when_due;
	int64_t wake_at; /* ms */
	server_upgraded *upgraded;
	void *upgraded_ctx;
};

struct request *request_new(const char *head, size_t len);
void request_free(struct request *);

/* Reads the head; 0, or the status to refuse the request with. */
int request_parse(struct request *, size_t len);
/* Takes the body from the front of what was read, and how much that was. False: it is not whole yet, or
 * refused_out has the status to refuse it with. */
bool request_take_body(
	struct request *, const char *bytes, size_t len, size_t *used_out, int *refused_out);

#endif

#ifndef WEB_H
#define WEB_H

#include <stdbool.h>

#include "buf.h"
#include "fail.h"

/* Serves HTTP/1.1 in threads of its own (libmicrohttpd). For now /livez and /readyz. */
struct web;

typedef bool web_question(void *ctx, struct buf *reasons);

struct web_needs {
	void *ctx;
	/* Called from web's threads. Both add a line a reason when it is not so; and may add warnings when it is. */
	web_question *live, *ready;
};

/* listen: "127.0.0.1:8080", "[::1]:8080", ":8080"; port 0: any, see web_url. */
struct web *web_open(const char *listen, const struct web_needs *, struct fail *why);
void web_close(struct web *);
/* Where this machine reaches it: "http://127.0.0.1:8080", also when it serves every address. */
const char *web_url(const struct web *);

#endif

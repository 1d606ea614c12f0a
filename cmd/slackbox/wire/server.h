#ifndef SERVER_H
#define SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "buf.h"
#include "cert.h"

/*
 * HTTP/1.1 over TLS on one port of the uv loop. A request comes whole to the handler, which ends it by one
 * of answer, hold, cut and upgrade, before it returns.
 */
struct server;
struct request;
struct tls;

typedef void server_handler(void *ctx, struct request *);
/* The connection is the callee's now; `early` is what came behind the request, borrowed. */
typedef void server_upgraded(void *ctx, struct tls *, const char *early, size_t early_len);

struct server *server_new(uv_loop_t *, const char *listen, const struct cert *, server_handler *,
	void *ctx, struct fail *why);
unsigned server_port(const struct server *);

/* What a client may meet before HTTP: a server that says nothing, or one whose certificate it cannot trust. */
enum server_trap { TRAP_NONE, TRAP_SILENT, TRAP_UNKNOWN_CA, TRAPS };

/* For the next `count` connections to the port that all know; or for all that come to a port of its own. The
 * port; 0: it could not be. TRAP_NONE makes it as it was. */
unsigned server_set_trap(
	struct server *, enum server_trap, bool at_front, int count, struct fail *why);
void server_tick(struct server *, int64_t now_ms); /* monotonic: wakes what was held */
void server_stop(struct server *); /* ends every connection; then run the loop out */
void server_free(struct server *);

const char *request_method(const struct request *);
const char *request_path(const struct request *);                     /* without the query */
const char *request_query(const struct request *, const char *name);  /* NULL: absent */
const char *request_header(const struct request *, const char *name); /* NULL: absent */
const char *request_body(const struct request *);                     /* "" when there is none */
bool request_was_held(const struct request *);

void request_add_header(
	struct request *, const char *name, const char *value); /* before the answer */
void request_answer(struct request *, int status, const char *type, const char *body);
void request_hold(struct request *, int64_t until_ms); /* the handler is called again then */
void request_cut_when_due(struct request *);           /* … or is not: it is cut */
void request_cut(struct request *);                    /* the connection ends without a word */
void request_upgrade(struct request *, const char *accept, server_upgraded *, void *ctx);

#endif

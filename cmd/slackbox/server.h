#ifndef SERVER_H
#define SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "buf.h"
#include "cert.h"

/* HTTPS on one port of the uv loop. A request comes whole; each ends in exactly one of the calls below. */
struct server;
struct request;
struct MHD_UpgradeResponseHandle;

typedef void server_handler(void *ctx, struct request *);

/* An upgraded connection: bytes to and from `sock`; `tcp` is the real socket, for faults only. */
struct upgraded {
	struct MHD_UpgradeResponseHandle *handle;
	const char *early; /* what came with the request; borrowed for the call */
	size_t early_len;
	int sock, tcp;
};
typedef void server_upgraded(void *ctx, const struct upgraded *);

struct server *server_new(
	uv_loop_t *, const char *listen, const struct cert *, server_handler *, void *ctx, struct fail *why);
unsigned server_port(const struct server *);
void server_tick(struct server *, int64_t now_ms); /* monotonic: wakes what was held */
void server_stop(struct server *);                 /* every connection ends; then run the loop out */
void server_free(struct server *);

const char *request_method(const struct request *);
const char *request_path(const struct request *);
const char *request_body(const struct request *); /* "" when there is none */
const char *request_header(const struct request *, const char *name);
const char *request_query(const struct request *, const char *name);
bool request_was_held(const struct request *);

void request_add_header(struct request *, const char *name, const char *value); /* before the answer */
void request_answer(struct request *, int status, const char *type, const char *body);
void request_hold(struct request *, int64_t until_ms); /* the handler is called again then */
void request_cut(struct request *);                    /* the connection ends without a word */
void request_upgrade(struct request *, const char *accept, server_upgraded *, void *ctx);

#endif

#ifndef LINK_WS_H
#define LINK_WS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fail.h"
#include "loop.h"

/*
 * The websockets themselves, by libwebsockets. A ws is one attempt and what becomes of it. It is over once, in
 * whichever of lws's ways; after over() it must be freed, before that it may be at any time. Nothing is said
 * from inside ws_open, ws_send, ws_close or ws_free.
 */
struct wires;
struct ws;

struct ws_end {
	const char *words;
	int status, retry_after; /* of an upgrade that was refused, 0: not said */
	bool untrusted;          /* the peer's certificate */
};

/* clang-format off */
struct wires_events {
	void *ctx;
	void (*upgraded)(void *ctx, int64_t socket);
	void (*frame)(void *ctx, int64_t socket, const char *text, size_t len); /* whole; not ended by NUL */
	void (*too_large)(void *ctx, int64_t socket);
	void (*binary)(void *ctx, int64_t socket); /* a message that is no text */
	void (*pong)(void *ctx, int64_t socket);
	void (*parting)(void *ctx, int64_t socket, int code, const char *reason); /* the peer's close frame; 0: it gave no code */
	void (*over)(void *ctx, int64_t socket, const struct ws_end *);
};
/* clang-format on */

struct wires *wires_new(struct loop *, const struct wires_events *, struct fail *why);
void wires_free(struct wires *); /* after every ws */

/* nth: which of the host's addresses, see lookup_new. False: not a URL one may use. */
struct ws *ws_open(struct wires *, int64_t socket, const char *url, int nth, struct fail *why);
void ws_free(struct ws *); /* ends TCP at once, without a close frame */

bool ws_send(struct ws *, const char *text, size_t len); /* false: too much waits already */
void ws_close(struct ws *);                              /* what waits, then a close frame */

#endif

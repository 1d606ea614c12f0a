#ifndef WS_H
#define WS_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

/* The server's side of one websocket (RFC 6455, by wslay) over a tls that it takes over. */
struct ws;
struct tls;

struct ws_message {
	const char *text; /* not ended by a NUL */
	size_t len;
	bool fragmented, binary;
};

struct ws_events {
	void (*message)(void *ctx, const struct ws_message *);
	void (*pong)(void *ctx, const char *payload, size_t len);
	void (*closed)(void *ctx,
		int code); /* once, also after ws_close and ws_reset; the ws ends itself */
};

struct ws *ws_new(uv_loop_t *, struct tls *, const struct ws_events *, void *ctx);
void ws_take(struct ws *, const char *bytes, size_t len); /* what came before ws_new */

void ws_send(struct ws *, const char *text, size_t len);
/* The same in so many frames, cut anywhere; a ping between each two, unless it is NULL. */
void ws_send_pieces(struct ws *, const char *text, size_t len, unsigned pieces, const char *ping);
void ws_ping(struct ws *, const char *payload);
void ws_close(struct ws *, int code, const char *reason); /* says so, waits for the answer or 1 s */
void ws_drop(struct ws *);                                /* ends TCP without a close frame */
void ws_reset(struct ws *);                               /* RST */
void ws_freeze(struct ws *);                              /* reads and writes nothing from now on */

/* Sec-WebSocket-Accept for a client's key. */
void ws_accept(const char *key, char out[64]);

#endif

#ifndef TLS_H
#define TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "cert.h"

/* The server's side of TLS over one uv_tcp; OpenSSL works in memory, libuv does the reading and writing. */
struct tls;
struct ssl_ctx_st;

struct tls_events {
	void (*bytes)(void *ctx, const char *bytes, size_t len);
	void (*ended)(
		void *ctx); /* by the other side or by an error; the tls frees itself after it */
};

struct ssl_ctx_st *tls_settings_new(const struct cert *, struct fail *why);
void tls_settings_free(struct ssl_ctx_st *);

struct tls *tls_accept(uv_stream_t *listener, struct ssl_ctx_st *); /* NULL: nobody there */
void tls_attend(
	struct tls *, const struct tls_events *, void *ctx); /* who gets the bytes from now on */

void tls_write(struct tls *, const void *bytes, size_t len);
void tls_freeze(
	struct tls *); /* reads nothing more; the other side notices only by its own clock */

void tls_mute(struct tls *); /* reads, but neither listens nor answers */

/* These end it: no event comes after them. */
void tls_end(struct tls *);   /* sends what is queued, then closes */
void tls_reset(struct tls *); /* RST */

#endif

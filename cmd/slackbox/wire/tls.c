#include "tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdlib.h>
#include <string.h>

enum { READ_MAX = 16 * 1024 };

struct tls {
	uv_tcp_t tcp;
	SSL *ssl;
	BIO *in, *out; /* owned by ssl */
	struct tls_events events;
	void *ctx;
	int writing;
	bool ending, closing, mute;
	char incoming[READ_MAX];
};

struct tls_write {
	uv_write_t req;
	struct tls *tls;
	size_t len;
	char bytes[];
};

/* HTTP/1.1 is all we speak, and ALPN must not end in silence. */
static int tls_choose_protocol(SSL *ssl, const unsigned char **out, unsigned char *out_len,
	const unsigned char *in, unsigned in_len, void *ctx)
{
	static const unsigned char OURS[] = "\x08http/1.1";
	unsigned char *found = NULL;

	(void)ssl;
	(void)ctx;
	if (SSL_select_next_proto(&found, out_len, OURS, sizeof OURS - 1, in, in_len) !=
		OPENSSL_NPN_NEGOTIATED)
		return SSL_TLSEXT_ERR_ALERT_FATAL;
	*out = found;
	return SSL_TLSEXT_ERR_OK;
}

SSL_CTX *tls_settings_new(const struct cert *cert, struct fail *why)
{
	SSL_CTX *s = SSL_CTX_new(TLS_server_method());
	BIO *key_bio = BIO_new_mem_buf(cert->key, -1),
	    *chain_bio = BIO_new_mem_buf(cert->chain, -1);
	EVP_PKEY *key = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
	X509 *x = PEM_read_bio_X509(chain_bio, NULL, NULL, NULL);
	bool good = s != NULL && SSL_CTX_set_min_proto_version(s, TLS1_2_VERSION) == 1 &&
		SSL_CTX_use_certificate(s, x) == 1 && SSL_CTX_use_PrivateKey(s, key) == 1;

	X509_free(x);
	EVP_PKEY_free(key);
	BIO_free(key_bio);
	BIO_free(chain_bio);
	if (!good) {
		SSL_CTX_free(s);
		(void)fail_set(why, FAIL_BROKEN, "OpenSSL does not take the certificate");
		return NULL;
	}
	SSL_CTX_set_alpn_select_cb(s, tls_choose_protocol, NULL);
	return s;
}

void tls_settings_free(SSL_CTX *s)
{
	SSL_CTX_free(s);
}

static void tls_on_closed(uv_handle_t *h)
{
	struct tls *t = h->data;

	SSL_free(t->ssl);
	free(t);
}

static void tls_close(struct tls *t)
{
	if (t->closing)
		return;
	t->closing = t->ending = true;
	uv_close((uv_handle_t *)&t->tcp, tls_on_closed);
}

/* Ended by the other side: the owner hears of it unless it ended this itself. */
static void tls_broken(struct tls *t)
{
	bool heard = !t->ending;

	tls_close(t);
	if (heard)
		t->events.ended(t->ctx);
}

static void tls_on_written(uv_write_t *req, int status)
{
	struct tls_write *w = req->data;
	struct tls *t = w->tls;

	free(w);
	t->writing--;
	if (t->closing)
		return;
	if (status < 0)
		tls_broken(t);
	else if (t->ending && t->writing == 0)
		tls_close(t);
}

/* Gives to the socket what OpenSSL has made ready. */
static void tls_flush(struct tls *t)
{
	size_t len = BIO_ctrl_pending(t->out);
	struct tls_write *w;
	uv_buf_t buf;

	if (len == 0 || t->closing)
		return;
	w = malloc(sizeof *w + len);
	if (w == NULL)
		abort();
	w->tls = t;
	w->req.data = w;
	w->len = (size_t)BIO_read(t->out, w->bytes, (int)len);
	buf = uv_buf_init(w->bytes, (unsigned)w->len);
	if (uv_write(&w->req, (uv_stream_t *)&t->tcp, &buf, 1, tls_on_written) == 0)
		t->writing++;
	else
		free(w);
}

static void tls_take(struct tls *t)
{
	char plain[READ_MAX];
	int n = 1, error;

	while (n > 0 && !t->ending) {
		ERR_clear_error();
		n = SSL_read(t->ssl, plain, sizeof plain);
		if (n > 0)
			t->events.bytes(t->ctx, plain, (size_t)n);
	}
	if (t->ending)
		return;
	error = SSL_get_error(t->ssl, n);
	tls_flush(t);
	if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
		tls_broken(t);
}

static void tls_on_room(uv_handle_t *h, size_t wanted, uv_buf_t *out)
{
	struct tls *t = h->data;

	(void)wanted;
	*out = uv_buf_init(t->incoming, sizeof t->incoming);
}

static void tls_on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct tls *t = stream->data;

	if (t->closing)
		return;
	if (n < 0) {
		tls_broken(t);
		return;
	}
	if (t->mute)
		return;
	(void)BIO_write(t->in, buf->base, (int)n); /* memory: takes all */
	tls_take(t);
}

struct tls *tls_accept(uv_stream_t *listener, SSL_CTX *settings)
{
	struct tls *t = calloc(1, sizeof *t);

	if (t == NULL)
		abort();
	uv_tcp_init(listener->loop, &t->tcp);
	t->tcp.data = t;
	t->ssl = SSL_new(settings);
	t->in = BIO_new(BIO_s_mem());
	t->out = BIO_new(BIO_s_mem());
	if (t->ssl == NULL || t->in == NULL || t->out == NULL)
		abort();
	SSL_set_bio(t->ssl, t->in, t->out);
	SSL_set_accept_state(t->ssl);
	if (uv_accept(listener, (uv_stream_t *)&t->tcp) != 0) {
		tls_close(t);
		return NULL;
	}
	(void)uv_tcp_nodelay(&t->tcp, 1); /* slower without, not wrong */
	uv_read_start((uv_stream_t *)&t->tcp, tls_on_room, tls_on_read);
	return t;
}

void tls_attend(struct tls *t, const struct tls_events *events, void *ctx)
{
	t->events = *events;
	t->ctx = ctx;
}

void tls_write(struct tls *t, const void *bytes, size_t len)
{
	if (t->ending || len == 0)
		return;
	ERR_clear_error();
	(void)SSL_write(
		t->ssl, bytes, (int)len); /* into memory; a broken session shows when reading */
	tls_flush(t);
}

void tls_freeze(struct tls *t)
{
	if (!t->closing)
		uv_read_stop((uv_stream_t *)&t->tcp);
}

void tls_mute(struct tls *t)
{
	t->mute = true;
}

void tls_end(struct tls *t)
{
	if (t->ending)
		return;
	t->ending = true;
	(void)SSL_shutdown(t->ssl); /* only says goodbye */
	tls_flush(t);
	if (t->writing == 0)
		tls_close(t);
}

void tls_reset(struct tls *t)
{
	if (t->closing)
		return;
	t->closing = t->ending = true;
	if (uv_tcp_close_reset(&t->tcp, tls_on_closed) != 0)
		uv_close((uv_handle_t *)&t->tcp, tls_on_closed);
}

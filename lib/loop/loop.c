#include "loop.h"

#include <libwebsockets.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "lws_log.h"

enum {
	LWS_BUFFER = 64 * 1024,
	LWS_TIMEOUT_S =
		20, /* its 5 s are too short for a handshake; rooms have deadlines of their own */
};

struct hook {
	loop_callback *call;
	void *ctx;
};

struct loop {
	uv_loop_t uv;
	struct lws_context *lws;
	char *ca_file;
	uv_async_t async;
	uv_signal_t on_term, on_int, on_hup;
	struct hook woken, term, hup;
};

static void hook_call(const struct hook *h)
{
	if (h->call != NULL)
		h->call(h->ctx);
}

static void loop_on_async(uv_async_t *async)
{
	struct loop *l = async->data;

	hook_call(&l->woken);
}

static void loop_on_signal(uv_signal_t *s, int number)
{
	struct loop *l = s->data;

	hook_call(number == SIGHUP ? &l->hup : &l->term);
}

static struct lws_context *lws_begin(struct loop *l, struct fail *why)
{
	void *loops[1] = { &l->uv };
	struct lws_context_creation_info info = {
		.port = CONTEXT_PORT_NO_LISTEN,
		.foreign_loops = loops,
		.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
			LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT |
			LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN,
		.pt_serv_buf_size = LWS_BUFFER,
		.timeout_secs = LWS_TIMEOUT_S,
		.connect_timeout_secs = LWS_TIMEOUT_S,
	};
	struct lws_context *lws;

	lws_log_begin();
	lws = lws_create_context(&info);
	if (lws != NULL)
		return lws;
	if (strstr(lws_log_last(), "evlib") != NULL)
		(void)fail_set(why, FAIL_BROKEN,
			"libwebsockets' libuv plugin is missing: install libwebsockets-evlib-uv (%s)",
			lws_log_last());
	else
		(void)fail_set(
			why, FAIL_BROKEN, "libwebsockets does not start: %s", lws_log_last());
	return NULL;
}

static void signal_begin(struct loop *l, uv_signal_t *s)
{
	(void)uv_signal_init(&l->uv, s); /* fails only without memory for its pipe, made before */
	s->data = l;
}

/* With nothing left to do uv_run returns; what the rooms closed is freed on the way. */
static void loop_end_uv(struct loop *l)
{
	while (uv_run(&l->uv, UV_RUN_DEFAULT) != 0)
		;
}

struct loop *loop_new(const char *ca_file, struct fail *why)
{
	struct loop *l;

	if (ca_file != NULL && access(ca_file, R_OK) != 0) {
		(void)fail_set(why, FAIL_REFUSED, "cannot read the authorities in %s", ca_file);
		return NULL;
	}
	l = calloc(1, sizeof(*l));
	if (l == NULL || uv_loop_init(&l->uv) != 0)
		abort();
	l->lws = lws_begin(l, why);
	if (l->lws == NULL) {
		loop_end_uv(l);
		(void)uv_loop_close(&l->uv); /* nothing can be done with what lws left on it */
		free(l);
		return NULL;
	}
	l->ca_file = ca_file != NULL ? strdup(ca_file) : NULL;
	if (uv_async_init(&l->uv, &l->async, loop_on_async) != 0)
		abort();
	l->async.data = l;
	signal_begin(l, &l->on_term);
	signal_begin(l, &l->on_int);
	signal_begin(l, &l->on_hup);
	(void)signal(SIGPIPE, SIG_IGN); /* a peer that is gone is an error of write, not an end */
	return l;
}

/* libwebsockets must be destroyed, the loop run out, and libwebsockets destroyed again: else it leaks. */
void loop_free(struct loop *l)
{
	if (l == NULL)
		return;
	uv_close((uv_handle_t *)&l->async, NULL);
	uv_close((uv_handle_t *)&l->on_term, NULL);
	uv_close((uv_handle_t *)&l->on_int, NULL);
	uv_close((uv_handle_t *)&l->on_hup, NULL);
	lws_context_destroy(l->lws);
	loop_end_uv(l);
	lws_context_destroy(l->lws);
	if (uv_loop_close(&l->uv) != 0)
		abort();
	free(l->ca_file);
	free(l);
}

void loop_run(struct loop *l)
{
	(void)uv_run(&l->uv, UV_RUN_DEFAULT); /* what is left to do is known to loop_free */
}

void loop_stop(struct loop *l)
{
	uv_stop(&l->uv);
}

void loop_on_wake(struct loop *l, loop_callback *woken, void *ctx)
{
	l->woken = (struct hook){ woken, ctx };
}

void loop_wake(struct loop *l)
{
	(void)uv_async_send(&l->async); /* fails only for what is not an async */
}

void loop_on_term(struct loop *l, loop_callback *asked, void *ctx)
{
	l->term = (struct hook){ asked, ctx };
	if (uv_signal_start(&l->on_term, loop_on_signal, SIGTERM) != 0 ||
		uv_signal_start(&l->on_int, loop_on_signal, SIGINT) != 0)
		abort();
}

void loop_on_hup(struct loop *l, loop_callback *asked, void *ctx)
{
	l->hup = (struct hook){ asked, ctx };
	if (uv_signal_start(&l->on_hup, loop_on_signal, SIGHUP) != 0)
		abort();
}

void *loop_uv(struct loop *l)
{
	return &l->uv;
}

void *loop_lws(struct loop *l)
{
	return l->lws;
}

const char *loop_ca_file(const struct loop *l)
{
	return l->ca_file;
}

const char *loop_tls_words(const struct loop *l)
{
	(void)l; /* libwebsockets logs without a context */
	return lws_log_last_tls();
}

void loop_tls_forget(struct loop *l)
{
	(void)l;
	lws_log_forget();
}

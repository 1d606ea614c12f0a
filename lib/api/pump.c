#include "pump.h"

#include <stdlib.h>
#include <uv.h>

struct pump {
	uv_loop_t *uv;
	CURLM *multi;
	struct timer *timer;
	pump_ended *ended;
	void *ctx;
};

struct watched {
	uv_poll_t poll;
	curl_socket_t socket;
	struct pump *pump;
};

static void pump_hand_out(struct pump *p)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(p->multi, &left)) != NULL) {
		CURL *easy = m->easy_handle;
		CURLcode result = m->data.result;

		if (m->msg != CURLMSG_DONE)
			continue;
		pump_take_out(p, easy);
		p->ended(p->ctx, easy, result);
	}
}

static void pump_turn(struct pump *p, curl_socket_t socket, int ready)
{
	int running;

	(void)curl_multi_socket_action(
		p->multi, socket, ready, &running); /* ends come as messages */
	pump_hand_out(p);
}

static void watched_on_ready(uv_poll_t *poll, int status, int events)
{
	struct watched *w = poll->data;
	int ready = 0;

	if (status < 0)
		ready |= CURL_CSELECT_ERR;
	if ((events & UV_READABLE) != 0)
		ready |= CURL_CSELECT_IN;
	if ((events & UV_WRITABLE) != 0)
		ready |= CURL_CSELECT_OUT;
	pump_turn(w->pump, w->socket, ready);
}

static void watched_on_closed(uv_handle_t *h)
{
	free(h->data);
}

static void watched_free(struct watched *w)
{
	if (w != NULL)
		uv_close((uv_handle_t *)&w->poll, watched_on_closed); /* stops it at once */
}

static struct watched *watched_new(struct pump *p, curl_socket_t socket)
{
	struct watched *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	if (uv_poll_init_socket(p->uv, &w->poll, socket) != 0) {
		free(w);
		return NULL;
	}
	w->poll.data = w;
	w->socket = socket;
	w->pump = p;
	(void)curl_multi_assign(p->multi, socket, w); /* fails only for a socket it does not know */
	return w;
}

static int pump_on_socket(CURL *easy, curl_socket_t socket, int what, void *ctx, void *mine)
{
	struct watched *w = mine;
	int events = (what != CURL_POLL_OUT ? UV_READABLE : 0) |
		(what != CURL_POLL_IN ? UV_WRITABLE : 0);

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		watched_free(w);
		return 0;
	}
	if (w == NULL)
		w = watched_new(ctx, socket);
	if (w == NULL || uv_poll_start(&w->poll, events, watched_on_ready) != 0)
		return -1; /* the transfer ends with an error */
	return 0;
}

static int pump_on_timer(CURLM *multi, long ms, void *ctx)
{
	struct pump *p = ctx;

	(void)multi;
	if (ms < 0)
		timer_cancel(p->timer);
	else
		timer_set(p->timer, ms);
	return 0;
}

static void pump_on_due(void *ctx)
{
	pump_turn(ctx, CURL_SOCKET_TIMEOUT, 0);
}

struct pump *pump_new(struct loop *loop, pump_ended *ended, void *ctx)
{
	struct pump *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	p->uv = loop_uv(loop);
	p->ended = ended;
	p->ctx = ctx;
	p->timer = timer_new(loop, pump_on_due, p);
	p->multi = curl_multi_init();
	if (p->multi == NULL)
		abort();
	(void)curl_multi_setopt(p->multi, CURLMOPT_SOCKETFUNCTION, pump_on_socket);
	(void)curl_multi_setopt(p->multi, CURLMOPT_SOCKETDATA, p);
	(void)curl_multi_setopt(p->multi, CURLMOPT_TIMERFUNCTION, pump_on_timer);
	(void)curl_multi_setopt(p->multi, CURLMOPT_TIMERDATA, p);
	return p;
}

void pump_free(struct pump *p)
{
	if (p == NULL)
		return;
	(void)curl_multi_cleanup(p->multi); /* lets go of the sockets, by pump_on_socket */
	timer_free(p->timer);
	free(p);
}

void pump_add(struct pump *p, CURL *easy)
{
	if (curl_multi_add_handle(p->multi, easy) != CURLM_OK)
		abort();
}

void pump_take_out(struct pump *p, CURL *easy)
{
	(void)curl_multi_remove_handle(p->multi, easy); /* fails only for what is not in it */
}

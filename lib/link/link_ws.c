#include "link_ws.h"

#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "link_url.h"

enum {
	RX_BUFFER = 64 * 1024,
	LARGEST_MESSAGE = 4 * 1024 * 1024,
	MOST_WAITING = 10000, /* frames of ours that a socket does not take */
	PING_S = 8,
	DEAD_S = 20,
};

static const char PROTOCOL[] = "slack";

struct wires {
	struct loop *loop;
	struct lws_context *lws;
	struct lws_vhost *vhost;
	struct wires_events events;
};

struct out {
	struct out *next;
	size_t len;
	unsigned char bytes[]; /* LWS_PRE, then the text */
};

struct ws {
	struct wires *wires;
	int64_t socket;
	struct link_url url;
	struct lookup *lookup;
	struct lws *wsi;
	struct buf message; /* its pieces so far */
	bool skipping;      /* the rest of a message that is too large */
	bool dialing;       /* inside lws's connect, which may say already that it failed */
	char words[200];    /* why, in that case */
	bool closing;
	struct out *first, **last;
	int waiting;
};

static const lws_retry_bo_t LIVENESS = {
	.secs_since_valid_ping = PING_S,
	.secs_since_valid_hangup = DEAD_S,
};

/* --- the end ----------------------------------------------------------------------------------- */

static void ws_let_go(struct ws *ws)
{
	if (ws->wsi != NULL)
		lws_set_opaque_user_data(ws->wsi, NULL);
	ws->wsi = NULL;
}

/* All of lws's ways to end come here; the first one counts, later ones find no ws. */
static void ws_over(struct ws *ws, const struct ws_end *end)
{
	const struct wires_events *e = &ws->wires->events;

	if (ws->wsi != NULL)
		ws_let_go(ws);
	if (ws->dialing)
		(void)snprintf(ws->words, sizeof(ws->words), "%s", end->words); /* may be cut */
	else
		e->over(e->ctx, ws->socket, end);
}

static void ws_over_for(struct ws *ws, const char *words)
{
	ws_over(ws, &(struct ws_end){ .words = words });
}

void ws_free(struct ws *ws)
{
	struct lws *wsi;

	if (ws == NULL)
		return;
	wsi = ws->wsi;
	ws_let_go(ws);
	if (wsi != NULL) {
		lws_set_timeout(wsi, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
		lws_cancel_service(ws->wires->lws); /* else lws looks at its timers when it likes */
	}
	lookup_free(ws->lookup);
	for (struct out *o = ws->first, *next; o != NULL; o = next) {
		next = o->next;
		free(o);
	}
	buf_done(&ws->message);
	link_url_done(&ws->url);
	free(ws);
}

/* --- dialing ----------------------------------------------------------------------------------- */

/*
 * The one place that says how to reach the peer. There is no proxy yet: libwebsockets takes one from its vhost
 * (wires_new), which then resolves names too, so that one with a proxy and one without would be chosen between here.
 * The address is numeric so that lws does not resolve, which would stop the loop.
 */
static void ws_fill_info(struct ws *ws, const char *address, struct lws_client_connect_info *info)
{
	*info = (struct lws_client_connect_info){
		.context = ws->wires->lws,
		.vhost = ws->wires->vhost,
		.address = address,
		.port = ws->url.port,
		.host = ws->url.host, /* for SNI, the certificate and Host: */
		.path = ws->url.path,
		.ssl_connection =
			(ws->url.tls ? LCCSCF_USE_SSL : 0) | LCCSCF_HTTP_NO_FOLLOW_REDIRECT,
		.alpn = "http/1.1",
		.ietf_version_or_minus_one = -1,
		.local_protocol_name = PROTOCOL, /* and no .protocol: none is offered */
		.opaque_user_data = ws,
		.pwsi = &ws->wsi,
		.retry_and_idle_policy = &LIVENESS,
	};
}

static void ws_on_address(void *ctx, const char *address, const char *error)
{
	struct ws *ws = ctx;
	struct lws_client_connect_info info;
	struct lws *wsi;

	if (address == NULL) {
		ws_over_for(ws, error);
		return;
	}
	ws_fill_info(ws, address, &info);
	loop_tls_forget(ws->wires->loop);
	ws->dialing = true;
	wsi = lws_client_connect_via_info(&info);
	ws->dialing = false;
	if (wsi == NULL || ws->words[0] != '\0') { /* NULL may come without any callback */
		if (wsi == NULL)
			ws->wsi = NULL; /* it does not exist any more */
		ws_over_for(ws, ws->words[0] != '\0' ? ws->words : "no connection can be begun");
	}
}

struct ws *ws_open(struct wires *w, int64_t socket, const char *url, int nth, struct fail *why)
{
	struct link_url parts;
	struct ws *ws;

	if (!link_url_read(url, &parts, why))
		return NULL;
	ws = calloc(1, sizeof(*ws));
	if (ws == NULL)
		abort();
	ws->wires = w;
	ws->socket = socket;
	ws->url = parts;
	ws->last = &ws->first;
	ws->lookup = lookup_new(w->loop, ws->url.host, nth, ws_on_address, ws);
	return ws;
}

/* --- writing ----------------------------------------------------------------------------------- */

bool ws_send(struct ws *ws, const char *text, size_t len)
{
	struct out *o;

	if (ws->wsi == NULL || ws->closing || ws->waiting >= MOST_WAITING)
		return false;
	o = malloc(sizeof(*o) + LWS_PRE + len);
	if (o == NULL)
		abort();
	o->next = NULL;
	o->len = len;
	memcpy(o->bytes + LWS_PRE, text, len);
	*ws->last = o;
	ws->last = &o->next;
	ws->waiting++;
	(void)lws_callback_on_writable(ws->wsi); /* when it fails the socket is about to be over */
	return true;
}

void ws_close(struct ws *ws)
{
	ws->closing = true;
	if (ws->wsi != NULL)
		(void)lws_callback_on_writable(ws->wsi);
}

/* False: the socket is of no use any more. */
static bool ws_write_one(struct ws *ws)
{
	struct out *o = ws->first;
	bool written = lws_write(ws->wsi, o->bytes + LWS_PRE, o->len, LWS_WRITE_TEXT) >= 0;

	ws->first = o->next;
	if (ws->first == NULL)
		ws->last = &ws->first;
	ws->waiting--;
	free(o);
	return written;
}

static int ws_on_writeable(struct ws *ws)
{
	while (ws->first != NULL && lws_send_pipe_choked(ws->wsi) == 0)
		if (!ws_write_one(ws))
			return -1;
	if (ws->first != NULL) {
		(void)lws_callback_on_writable(ws->wsi);
		return 0;
	}
	if (!ws->closing)
		return 0;
	lws_set_timer_usecs(ws->wsi, 0); /* -1 from here would end TCP without a close frame */
	return 0;
}

/* Lws sends the close frame first; CLIENT_CLOSED comes when that is answered. */
static int ws_on_timer(struct ws *ws)
{
	lws_close_reason(ws->wsi, LWS_CLOSE_STATUS_NORMAL, NULL, 0);
	return -1;
}

/* --- reading ----------------------------------------------------------------------------------- */

/* What the events lead to may free the ws: nothing of it is touched after the last call. */
static void ws_on_piece(struct ws *ws, const char *bytes, size_t len)
{
	const struct wires_events *e = &ws->wires->events;
	bool final =
		lws_is_final_fragment(ws->wsi) != 0 && lws_remaining_packet_payload(ws->wsi) == 0;
	struct buf whole;

	if (lws_frame_is_binary(ws->wsi) != 0) {
		if (final)
			e->binary(e->ctx, ws->socket); /* Slack sends text only */
		return;
	}
	if (ws->skipping) {
		ws->skipping = !final;
		return;
	}
	if (len > LARGEST_MESSAGE - ws->message.len) {
		buf_done(&ws->message);
		ws->skipping = !final;
		e->too_large(e->ctx, ws->socket);
		return;
	}
	if (final && ws->message.len == 0) {
		e->frame(e->ctx, ws->socket, bytes, len);
		return;
	}
	buf_add_bytes(&ws->message, bytes, len);
	if (!final)
		return;
	whole = ws->message;
	ws->message = (struct buf){ 0 };
	e->frame(e->ctx, ws->socket, whole.text, whole.len);
	buf_done(&whole);
}

static void ws_on_parting(struct ws *ws, const unsigned char *in, size_t len)
{
	const struct wires_events *e = &ws->wires->events;
	int code = len >= 2 ? in[0] << 8 | in[1] : 0;
	struct buf reason = { 0 };

	buf_add_bytes(&reason, len > 2 ? (const char *)in + 2 : "", len > 2 ? len - 2 : 0);
	e->parting(e->ctx, ws->socket, code, reason.text != NULL ? reason.text : "");
	buf_done(&reason);
}

/* --- lws's side -------------------------------------------------------------------------------- */

static int retry_after_of(struct lws *wsi)
{
	char text[16] = "";
	char *end;
	long seconds;

	if (lws_hdr_copy(wsi, text, sizeof(text), WSI_TOKEN_HTTP_RETRY_AFTER) <= 0)
		return 0;
	seconds = strtol(text, &end, 10);
	return end != text && seconds > 0 && seconds < 86400 ? (int)seconds : 0;
}

static void ws_on_connection_error(struct ws *ws, struct lws *wsi, const char *words, size_t len)
{
	const char *tls = loop_tls_words(ws->wires->loop);
	struct ws_end end = {
		.status = (int)lws_http_client_http_response(wsi),
		.retry_after = retry_after_of(wsi),
		.untrusted = strstr(tls, "preverify_ok=0") != NULL,
	};
	struct buf text = { 0 };

	buf_add_bytes(&text, words != NULL ? words : "", words != NULL ? strnlen(words, len) : 0);
	if (end.status != 0)
		buf_printf(&text, " (HTTP %d)", end.status);
	if (tls[0] != '\0')
		buf_printf(&text, " (%s)", tls);
	end.words = text.len > 0 ? text.text : "no connection";
	ws_over(ws, &end);
	buf_done(&text);
}

/* After a call that may have freed the ws: 0 when it is still there, else -1, which ends the socket. */
static int still_there(struct lws *wsi)
{
	return lws_get_opaque_user_data(wsi) != NULL ? 0 : -1;
}

static int wires_on_lws(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
	struct ws *ws = wsi != NULL ? lws_get_opaque_user_data(wsi) : NULL;
	const struct wires_events *e = ws != NULL ? &ws->wires->events : NULL;

	(void)user;
	if (ws == NULL)
		return reason == LWS_CALLBACK_CLIENT_RECEIVE ||
				reason == LWS_CALLBACK_CLIENT_WRITEABLE
			? -1
			: 0;
	switch ((int)reason) { /* of lws's eighty reasons these are ours */
	case LWS_CALLBACK_CLIENT_ESTABLISHED: e->upgraded(e->ctx, ws->socket); break;
	case LWS_CALLBACK_CLIENT_RECEIVE: ws_on_piece(ws, in, len); break;
	case LWS_CALLBACK_CLIENT_RECEIVE_PONG: e->pong(e->ctx, ws->socket); break;
	case LWS_CALLBACK_CLIENT_WRITEABLE: return ws_on_writeable(ws);
	case LWS_CALLBACK_TIMER: return ws_on_timer(ws);
	case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
		ws_on_parting(ws, in, len);
		return 0; /* lws answers it */
	case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
		ws_on_connection_error(ws, wsi, in, len);
		return 0;
	case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
		ws_over_for(ws, "the upgrade was not answered");
		return 0;
	case LWS_CALLBACK_CLIENT_CLOSED:
	case LWS_CALLBACK_WSI_DESTROY: ws_over_for(ws, "closed"); return 0;
	default: return 0;
	}
	return still_there(wsi);
}

/* --- the room ---------------------------------------------------------------------------------- */

static const struct lws_protocols PROTOCOLS[] = {
	{ .name = PROTOCOL, .callback = wires_on_lws, .rx_buffer_size = RX_BUFFER },
	{ .name = NULL },
};

struct wires *wires_new(struct loop *loop, const struct wires_events *events, struct fail *why)
{
	struct lws_context_creation_info info = {
		.port = CONTEXT_PORT_NO_LISTEN,
		.vhost_name = PROTOCOL,
		.protocols = PROTOCOLS,
		.client_ssl_ca_filepath = loop_ca_file(loop), /* added to the system's */
		.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
		/* Given and of no port: no proxy, and lws does not look for one in the environment. */
		.http_proxy_address = "none:0",
	};
	struct wires *w = calloc(1, sizeof(*w));

	if (w == NULL)
		abort();
	w->loop = loop;
	w->lws = loop_lws(loop);
	w->events = *events;
	w->vhost = lws_create_vhost(w->lws, &info);
	if (w->vhost == NULL) {
		(void)fail_set(why, FAIL_BROKEN, "libwebsockets makes no client: %s",
			loop_tls_words(loop));
		free(w);
		return NULL;
	}
	return w;
}

void wires_free(struct wires *w)
{
	free(w); /* the vhost ends with the loop's context: sockets may still be dying on it */
}

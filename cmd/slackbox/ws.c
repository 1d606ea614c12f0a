#include "ws.h"

#include <errno.h>
#include <microhttpd.h>
#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <wslay/wslay.h>

#include "buf.h"

enum { CLOSE_WAIT_MS = 1000, MESSAGE_MAX = 4 * 1024 * 1024, HANDLES = 2 };

struct ws {
	uv_poll_t poll;
	uv_timer_t timer;
	wslay_event_context_ptr wslay;
	struct ws_events events;
	void *ctx;
	struct MHD_UpgradeResponseHandle *handle;
	struct buf early;
	size_t early_used;
	int sock, tcp, code, handles;
	bool frozen, ending, in_pump, message_fragmented;
};

static void ws_pump(struct ws *w);

static ssize_t ws_on_recv(
	wslay_event_context_ptr wslay, uint8_t *to, size_t room, int hints, void *user)
{
	struct ws *w = user;
	size_t early = w->early.len - w->early_used;
	ssize_t n;

	(void)hints;
	if (early > 0) {
		n = (ssize_t)(early < room ? early : room);
		memcpy(to, w->early.text + w->early_used, (size_t)n);
		w->early_used += (size_t)n;
		return n;
	}
	n = recv(w->sock, to, room, MSG_DONTWAIT);
	if (n > 0)
		return n;
	wslay_event_set_error(wslay, n < 0 && (errno == EAGAIN || errno == EINTR)
					     ? WSLAY_ERR_WOULDBLOCK
					     : WSLAY_ERR_CALLBACK_FAILURE);
	return -1;
}

static ssize_t ws_on_send(
	wslay_event_context_ptr wslay, const uint8_t *bytes, size_t len, int hints, void *user)
{
	struct ws *w = user;
	int more = (hints & WSLAY_MSG_MORE) != 0 ? MSG_MORE : 0;
	ssize_t n = send(w->sock, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL | more);

	if (n >= 0)
		return n;
	wslay_event_set_error(wslay,
		errno == EAGAIN || errno == EINTR ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
	return -1;
}

static void ws_on_frame(wslay_event_context_ptr wslay,
	const struct wslay_event_on_frame_recv_start_arg *frame, void *user)
{
	struct ws *w = user;

	(void)wslay;
	if (frame->opcode == WSLAY_TEXT_FRAME || frame->opcode == WSLAY_BINARY_FRAME)
		w->message_fragmented = frame->fin == 0;
}

static void ws_on_message(
	wslay_event_context_ptr wslay, const struct wslay_event_on_msg_recv_arg *m, void *user)
{
	struct ws *w = user;
	const char *text = m->msg != NULL ? (const char *)m->msg : "";

	(void)wslay;
	if (w->ending || w->frozen)
		return;
	switch (m->opcode) {
	case WSLAY_TEXT_FRAME:
	case WSLAY_BINARY_FRAME:
		w->events.message(w->ctx,
			&(struct ws_message){ .text = text,
				.len = m->msg_length,
				.fragmented = w->message_fragmented,
				.binary = m->opcode == WSLAY_BINARY_FRAME });
		break;
	case WSLAY_PONG: w->events.pong(w->ctx, text, m->msg_length); break;
	case WSLAY_CONNECTION_CLOSE: w->code = m->status_code; break;
	default: break;
	}
}

static void ws_on_handle_closed(uv_handle_t *h)
{
	struct ws *w = h->data;

	if (--w->handles > 0)
		return;
	wslay_event_context_free(w->wslay);
	buf_done(&w->early);
	free(w);
}

static void ws_end(struct ws *w)
{
	if (w->ending)
		return;
	w->ending = true;
	uv_close((uv_handle_t *)&w->poll, ws_on_handle_closed);
	uv_close((uv_handle_t *)&w->timer, ws_on_handle_closed);
	(void)MHD_upgrade_action(w->handle, MHD_UPGRADE_ACTION_CLOSE); /* nothing to do if it fails */
	w->events.closed(w->ctx, w->code);
}

static void ws_on_poll(uv_poll_t *h, int status, int events)
{
	struct ws *w = h->data;

	(void)events;
	if (status < 0)
		ws_end(w);
	else
		ws_pump(w);
}

static void ws_on_timer(uv_timer_t *h)
{
	ws_end(h->data);
}

/* Reads and writes what can be; the callbacks may call back into this file, but not into wslay's middle. */
static void ws_pump(struct ws *w)
{
	bool broken;

	if (w->in_pump || w->ending || w->frozen)
		return;
	w->in_pump = true;
	broken = wslay_event_recv(w->wslay) != 0 || wslay_event_send(w->wslay) != 0;
	w->in_pump = false;
	if (w->ending || w->frozen)
		return;
	if (broken || (!wslay_event_want_read(w->wslay) && !wslay_event_want_write(w->wslay))) {
		ws_end(w);
		return;
	}
	uv_poll_start(&w->poll,
		UV_READABLE | (wslay_event_want_write(w->wslay) ? UV_WRITABLE : 0), ws_on_poll);
}

struct ws *ws_new(
	uv_loop_t *loop, const struct upgraded *up, const struct ws_events *events, void *ctx)
{
	static const struct wslay_event_callbacks CALLBACKS = { .recv_callback = ws_on_recv,
		.send_callback = ws_on_send,
		.on_frame_recv_start_callback = ws_on_frame,
		.on_msg_recv_callback = ws_on_message };
	struct ws *w = calloc(1, sizeof *w);

	if (w == NULL)
		abort();
	*w = (struct ws){ .events = *events,
		.ctx = ctx,
		.handle = up->handle,
		.sock = up->sock,
		.tcp = up->tcp,
		.handles = HANDLES };
	if (wslay_event_context_server_init(&w->wslay, &CALLBACKS, w) != 0)
		abort();
	wslay_event_config_set_max_recv_msg_length(w->wslay, MESSAGE_MAX);
	buf_add_bytes(&w->early, up->early, up->early_len);
	uv_poll_init(loop, &w->poll, w->sock);
	uv_timer_init(loop, &w->timer);
	w->poll.data = w->timer.data = w;
	uv_poll_start(&w->poll, UV_READABLE | UV_WRITABLE, ws_on_poll);
	return w;
}

static void ws_queue(struct ws *w, uint8_t opcode, const char *text, size_t len)
{
	struct wslay_event_msg m = { .opcode = opcode, .msg = (const uint8_t *)text, .msg_length = len };

	if (w->ending || w->frozen)
		return;
	(void)wslay_event_queue_msg(w->wslay, &m); /* refused only after a close */
	if (!w->in_pump)
		uv_poll_start(&w->poll, UV_READABLE | UV_WRITABLE, ws_on_poll);
}

void ws_send(struct ws *w, const char *text, size_t len)
{
	ws_queue(w, WSLAY_TEXT_FRAME, text, len);
}

void ws_ping(struct ws *w, const char *payload)
{
	ws_queue(w, WSLAY_PING, payload, strlen(payload));
}

void ws_close(struct ws *w, int code, const char *reason)
{
	if (w->ending || w->frozen)
		return;
	w->code = code;
	(void)wslay_event_queue_close(
		w->wslay, (uint16_t)code, (const uint8_t *)reason, strlen(reason));
	uv_timer_start(&w->timer, ws_on_timer, CLOSE_WAIT_MS, 0);
	if (!w->in_pump)
		uv_poll_start(&w->poll, UV_READABLE | UV_WRITABLE, ws_on_poll);
}

void ws_drop(struct ws *w)
{
	ws_end(w);
}

/* Connecting a socket to nowhere is how Linux is asked for an RST at once. */
void ws_reset(struct ws *w)
{
	struct sockaddr nowhere = { .sa_family = AF_UNSPEC };

	if (w->tcp >= 0)
		(void)connect(w->tcp, &nowhere, sizeof nowhere); /* if not, the close below will do */
	ws_end(w);
}

void ws_freeze(struct ws *w)
{
	w->frozen = true;
	uv_poll_stop(&w->poll);
	uv_timer_stop(&w->timer);
}

void ws_accept(const char *key, char out[64])
{
	struct buf text = { 0 };
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned len = 0;

	buf_printf(&text, "%s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
	if (EVP_Digest(text.text, text.len, hash, &len, EVP_sha1(), NULL) != 1)
		abort();
	(void)EVP_EncodeBlock((unsigned char *)out, hash, (int)len); /* 28 characters and a NUL */
	buf_done(&text);
}

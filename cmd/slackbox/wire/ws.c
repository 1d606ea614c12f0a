#include "ws.h"

#include <openssl/evp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wslay/wslay.h>

#include "buf.h"
#include "tls.h"

enum { CLOSE_WAIT_MS = 1000, MESSAGE_MAX = 4 * 1024 * 1024 };

struct ws {
	uv_timer_t timer;
	struct tls *tls;
	wslay_event_context_ptr wslay;
	struct ws_events events;
	void *ctx;
	struct buf in, out;
	size_t in_used;
	int code;
	bool frozen, ending, in_pump, message_fragmented;
};

static ssize_t ws_on_recv(
	wslay_event_context_ptr wslay, uint8_t *to, size_t room, int hints, void *user)
{
	struct ws *w = user;
	size_t n = w->in.len - w->in_used;

	(void)hints;
	if (n == 0) {
		wslay_event_set_error(wslay, WSLAY_ERR_WOULDBLOCK);
		return -1;
	}
	n = n < room ? n : room;
	memcpy(to, w->in.text + w->in_used, n);
	w->in_used += n;
	return (ssize_t)n;
}

/* wslay gives a frame's head and its text apart: they leave together, as one TLS record. */
static ssize_t ws_on_send(
	wslay_event_context_ptr wslay, const uint8_t *bytes, size_t len, int hints, void *user)
{
	struct ws *w = user;

	(void)wslay;
	(void)hints;
	buf_add_bytes(&w->out, bytes, len);
	return (ssize_t)len;
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

static void ws_on_timer_closed(uv_handle_t *h)
{
	struct ws *w = h->data;

	wslay_event_context_free(w->wslay);
	buf_done(&w->in);
	buf_done(&w->out);
	free(w);
}

/* The connection is over, or about to be, when this is called. */
static void ws_end(struct ws *w)
{
	if (w->ending)
		return;
	w->ending = true;
	uv_close((uv_handle_t *)&w->timer, ws_on_timer_closed);
	w->events.closed(w->ctx, w->code);
}

void ws_drop(struct ws *w)
{
	if (!w->ending)
		tls_end(w->tls);
	ws_end(w);
}

static void ws_on_timer(uv_timer_t *h)
{
	ws_drop(h->data);
}

static void ws_flush(struct ws *w)
{
	if (w->frozen || w->ending)
		return;
	if (wslay_event_send(w->wslay) != 0) {
		ws_drop(w);
		return;
	}
	tls_write(w->tls, w->out.text, w->out.len);
	buf_empty(&w->out);
	if (!wslay_event_want_read(w->wslay) && !wslay_event_want_write(w->wslay))
		ws_drop(w);
}

static void ws_on_bytes(void *ctx, const char *bytes, size_t len)
{
	struct ws *w = ctx;
	bool broken;

	if (w->frozen || w->ending)
		return;
	buf_add_bytes(&w->in, bytes, len);
	w->in_pump = true;
	broken = wslay_event_recv(w->wslay) != 0;
	w->in_pump = false;
	w->in_used = 0;
	buf_empty(&w->in);
	if (broken)
		ws_drop(w);
	ws_flush(w);
}

static void ws_on_ended(void *ctx)
{
	ws_end(ctx);
}

struct ws *ws_new(uv_loop_t *loop, struct tls *tls, const struct ws_events *events, void *ctx)
{
	static const struct wslay_event_callbacks CALLBACKS = { .recv_callback = ws_on_recv,
		.send_callback = ws_on_send,
		.on_frame_recv_start_callback = ws_on_frame,
		.on_msg_recv_callback = ws_on_message };
	static const struct tls_events EVENTS = { .bytes = ws_on_bytes, .ended = ws_on_ended };
	struct ws *w = calloc(1, sizeof *w);

	if (w == NULL)
		abort();
	*w = (struct ws){ .events = *events, .ctx = ctx, .tls = tls };
	if (wslay_event_context_server_init(&w->wslay, &CALLBACKS, w) != 0)
		abort();
	wslay_event_config_set_max_recv_msg_length(w->wslay, MESSAGE_MAX);
	uv_timer_init(loop, &w->timer);
	w->timer.data = w;
	tls_attend(tls, &EVENTS, w);
	return w;
}

void ws_take(struct ws *w, const char *bytes, size_t len)
{
	if (len > 0)
		ws_on_bytes(w, bytes, len);
}

static void ws_queue(struct ws *w, uint8_t opcode, const char *text, size_t len)
{
	struct wslay_event_msg m = {
		.opcode = opcode, .msg = (const uint8_t *)text, .msg_length = len
	};

	if (w->ending || w->frozen)
		return;
	(void)wslay_event_queue_msg(w->wslay, &m); /* refused only after a close */
	if (!w->in_pump)
		ws_flush(w);
}

void ws_send(struct ws *w, const char *text, size_t len)
{
	ws_queue(w, WSLAY_TEXT_FRAME, text, len);
}

static void ws_add_frame(struct ws *w, unsigned first, const char *bytes, size_t len)
{
	unsigned char head[10] = { (unsigned char)first };
	size_t n = 2, wide = len > 0xffff ? 8 : 2;

	if (len < 126) {
		head[1] = (unsigned char)len;
	} else {
		head[1] = wide == 8 ? 127 : 126;
		n = 2 + wide;
		for (size_t i = 0; i < wide; i++)
			head[2 + i] = (unsigned char)((uint64_t)len >> (8 * (wide - 1 - i)));
	}
	buf_add_bytes(&w->out, head, n);
	buf_add_bytes(&w->out, bytes, len);
}

/* By hand, as wslay alone would say where the pings go. What it had to say before goes out first. */
void ws_send_pieces(struct ws *w, const char *text, size_t len, unsigned pieces, const char *ping)
{
	enum { FIN = 0x80 };

	if (w->ending || w->frozen || w->code != 0)
		return;
	if (wslay_event_send(w->wslay) != 0) {
		ws_drop(w);
		return;
	}
	for (unsigned i = 0; i < pieces; i++) {
		size_t from = len * i / pieces, to = len * (i + 1) / pieces;
		unsigned opcode = i == 0 ? WSLAY_TEXT_FRAME : WSLAY_CONTINUATION_FRAME;

		ws_add_frame(w, opcode | (i + 1 == pieces ? FIN : 0), text + from, to - from);
		if (ping != NULL && i + 1 < pieces)
			ws_add_frame(w, FIN | WSLAY_PING, ping, strlen(ping));
	}
	if (!w->in_pump)
		ws_flush(w);
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
		ws_flush(w);
}

void ws_reset(struct ws *w)
{
	if (!w->ending)
		tls_reset(w->tls);
	ws_end(w);
}

void ws_freeze(struct ws *w)
{
	w->frozen = true;
	tls_freeze(w->tls);
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

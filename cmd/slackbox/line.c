#include "line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "delivery.h"
#include "fault.h"
#include "ws.h"

enum { LINES_MAX = 10, FRAME_MAX = 20480, PING_MS = 10 * 1000, REFRESH_MS = 10 * 1000, BUILD = 10 };

static const char HOST[] = "applink-slackbox-1";

static void line_ping_text(struct line *c, char out[40])
{
	c->pinged = link_ping_number(c->link);
	c->pings++;
	if (snprintf(out, 40, "Ping from applink-%u", c->pinged) >= 40)
		abort();
}

/* All text goes out here, whole or in pieces. */
static void line_put(struct line *c, const char *text, size_t len)
{
	struct faults *f = &c->box->faults;
	char ping[40];

	if (c->ws == NULL)
		return;
	if (!fault_strikes(&f->pieces_left)) {
		ws_send(c->ws, text, len);
		return;
	}
	if (f->pieces_ping)
		line_ping_text(c, ping);
	ws_send_pieces(c->ws, text, len, f->pieces, f->pieces_ping ? ping : NULL);
}

static void line_send_tree(struct line *c, cJSON *tree)
{
	char *text = cJSON_PrintUnformatted(tree);

	if (text == NULL)
		abort();
	line_put(c, text, strlen(text));
	cJSON_free(text);
	cJSON_Delete(tree);
}

static void line_say_hello(struct line *c)
{
	cJSON *hello = cJSON_CreateObject();
	cJSON *debug = cJSON_AddObjectToObject(hello, "debug_info");
	cJSON *connection = cJSON_AddObjectToObject(hello, "connection_info");

	cJSON_AddStringToObject(hello, "type", "hello");
	cJSON_AddNumberToObject(hello, "num_connections", link_count(c->link));
	cJSON_AddStringToObject(debug, "host", HOST);
	cJSON_AddNumberToObject(debug, "build_number", BUILD);
	cJSON_AddNumberToObject(debug, "approximate_connection_time", c->lifetime_s);
	cJSON_AddStringToObject(connection, "app_id", APP_ID);
	line_send_tree(c, hello);
	c->said_hello = true;
}

static void line_say_disconnect(struct line *c, const char *reason)
{
	cJSON *frame = cJSON_CreateObject();
	cJSON *debug;

	cJSON_AddStringToObject(frame, "type", "disconnect");
	cJSON_AddStringToObject(frame, "reason", reason);
	debug = cJSON_AddObjectToObject(frame, "debug_info");
	cJSON_AddStringToObject(debug, "host", HOST);
	if (strcmp(reason, "too_many_websockets") == 0) {
		cJSON_AddNumberToObject(frame, "num_connections", link_count(c->link));
		cJSON_AddStringToObject(
			cJSON_AddObjectToObject(frame, "connection_info"), "app_id", APP_ID);
	}
	line_send_tree(c, frame);
}

static void line_leave(struct line *c, const char *reason)
{
	c->leaving = true;
	line_say_disconnect(c, reason);
	ws_close(c->ws, 1000, "");
}

static void line_on_message(void *ctx, const struct ws_message *m)
{
	struct line *c = ctx;
	struct world *world = c->box->world;
	char *text;

	c->received++;
	if (m->len > FRAME_MAX) {
		world_finding(world, "a frame of %zu bytes from the client", m->len);
		if (!c->box->faults.long_dropped)
			ws_close(c->ws, 1009, "Max frame length of 20480 has been exceeded.");
	} else if (m->fragmented) {
		world_finding(world, "a fragmented frame from the client was dropped");
	} else if (m->binary) {
		world_finding(world, "a binary frame from the client was ignored");
	} else {
		text = strndup(m->text, m->len);
		delivery_ack(c->box, c->serial, text);
		free(text);
	}
}

/*
 * It says what a ping that is not older than the last pong's said: one pong may answer several, and several say the same.
 * Others are allowed (RFC 6455, 5.5.3) and answer nothing: libwebsockets 4.1 garbles one now and then when pings come
 * together.
 */
static void line_on_pong(void *ctx, const char *payload, size_t len)
{
	static const char SAID[] = "Ping from applink-";
	struct line *c = ctx;
	char text[40] = "";
	unsigned long number;

	if (len < sizeof text)
		memcpy(text, payload, len);
	number = strncmp(text, SAID, sizeof SAID - 1) == 0
		? strtoul(text + sizeof SAID - 1, NULL, 10)
		: 0;
	if (number == 0 || number < c->ponged || number > c->pinged) {
		c->unasked++;
		return;
	}
	c->pongs++;
	c->ponged = (unsigned)number;
}

/* TCP that ended without a close frame: Slack may go on counting it, and sending to it. */
static void line_on_closed(void *ctx, int code)
{
	struct line *c = ctx;
	struct box *box = c->box;
	unsigned serial = c->serial;

	if (code == 0 && box->faults.ghost_ms > 0 && !c->leaving && !box->stopping) {
		line_haunt(c, clock_ms() + box->faults.ghost_ms);
		return;
	}
	link_forget(c->link, c);
	free(c);
	delivery_line_closed(box, serial);
}

static void line_start(struct line *c, int64_t now)
{
	struct box *box = c->box;

	c->warn_at = now + box_scaled(box, (int64_t)c->lifetime_s * 1000);
	c->ping_at = now + box_scaled(box, PING_MS);
	if (link_count(c->link) > LINES_MAX) {
		line_leave(c, "too_many_websockets");
	} else if (!fault_strikes(&box->faults.hello_withheld)) {
		line_say_hello(c);
	}
}

struct line *line_new(struct link *l, struct box *box, unsigned serial, int lifetime_s)
{
	struct line *c = calloc(1, sizeof *c);

	if (c == NULL)
		abort();
	*c = (struct line){ .link = l, .box = box, .serial = serial, .lifetime_s = lifetime_s };
	return c;
}

void line_open(struct line *c, struct tls *tls, const char *early, size_t early_len)
{
	static const struct ws_events EVENTS = {
		.message = line_on_message, .pong = line_on_pong, .closed = line_on_closed
	};

	c->ws = ws_new(&c->box->loop, tls, &EVENTS, c);
	line_start(c, clock_ms());
	ws_take(c->ws, early, early_len);
}

void line_haunt(struct line *c, int64_t until_ms)
{
	c->ws = NULL;
	c->said_hello = true;
	c->gone_at = until_ms;
}

static void line_ping(struct line *c, int64_t now)
{
	char text[40];

	line_ping_text(c, text);
	ws_ping(c->ws, text);
	c->ping_at = now + box_scaled(c->box, PING_MS);
}

void line_tick(struct line *c, int64_t now)
{
	if (c->ws == NULL && now >= c->gone_at) {
		link_forget(c->link, c);
		free(c);
		return;
	}
	if (c->leaving || c->ws == NULL)
		return;
	if (!c->warned && now >= c->warn_at) {
		c->warned = true;
		c->close_at = now + box_scaled(c->box, REFRESH_MS);
		line_say_disconnect(c, "warning");
	} else if (c->warned && now >= c->close_at) {
		line_leave(c, "refresh_requested");
		return;
	}
	if (now >= c->ping_at)
		line_ping(c, now);
}

unsigned line_serial(const struct line *c)
{
	return c->serial;
}

void line_send(struct line *c, const char *text, size_t len)
{
	c->sent++;
	line_put(c, text, len);
}

static void line_rst(struct line *c)
{
	ws_reset(c->ws);
}

static void line_drop(struct line *c)
{
	ws_drop(c->ws);
}

static void line_close(struct line *c)
{
	c->leaving = true;
	ws_close(c->ws, 1000, "");
}

static void line_freeze(struct line *c)
{
	c->frozen = true;
	ws_freeze(c->ws);
}

static void line_refresh(struct line *c)
{
	c->warn_at = 0;
}

static void line_disabled(struct line *c)
{
	line_leave(c, "link_disabled");
}

struct trouble {
	const char *name;
	line_trouble *make;
};

/* clang-format off */
static const struct trouble TROUBLES[] = {
	{ "rst",           line_rst      },
	{ "drop",          line_drop     },
	{ "close",         line_close    },
	{ "freeze",        line_freeze   },
	{ "refresh",       line_refresh  },
	{ "link_disabled", line_disabled },
};
/* clang-format on */

line_trouble *line_trouble_find(const char *how)
{
	for (size_t i = 0; i < sizeof TROUBLES / sizeof TROUBLES[0]; i++) {
		if (strcmp(TROUBLES[i].name, how) == 0)
			return TROUBLES[i].make;
	}
	return NULL;
}

cJSON *line_dump(const struct line *c)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddNumberToObject(o, "serial", c->serial);
	cJSON_AddBoolToObject(o, "hello", c->said_hello);
	cJSON_AddBoolToObject(o, "ghost", c->ws == NULL);
	cJSON_AddBoolToObject(o, "frozen", c->frozen);
	cJSON_AddBoolToObject(o, "warned", c->warned);
	cJSON_AddBoolToObject(o, "leaving", c->leaving);
	cJSON_AddNumberToObject(o, "pings", (double)c->pings);
	cJSON_AddNumberToObject(o, "pongs", (double)c->pongs);
	cJSON_AddNumberToObject(o, "unasked_pongs", (double)c->unasked);
	cJSON_AddNumberToObject(o, "sent", (double)c->sent);
	cJSON_AddNumberToObject(o, "received", (double)c->received);
	return o;
}

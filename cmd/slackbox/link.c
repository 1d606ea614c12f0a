#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "delivery.h"
#include "ws.h"

enum { LINES_MAX = 10, FRAME_MAX = 20480, TICKET_MS = 30 * 1000, PING_MS = 10 * 1000 };
enum { REFRESH_MS = 10 * 1000, DEBUG_LIFETIME_S = 360, BUILD = 10 };

static const char HOST[] = "applink-slackbox-1";
static const char APP_HEX[] = "5f70a1c4e2b93d8867aa01c25fb0e3d49c8815a7d2466e30bb1fa9d7c05e8342";

struct ticket {
	struct ticket *next;
	char text[40];
	int64_t good_until;
};

struct line {
	struct line *next;
	struct link *link;
	struct ws *ws;
	unsigned serial;
	bool said_hello, leaving, frozen, warned;
	int lifetime_s;
	int64_t warn_at, close_at, ping_at;
	char ping[40]; /* what the last ping said; "": it was answered */
	long pings, pongs, sent, received;
};

struct link {
	struct box *box;
	struct ticket *tickets;
	struct line *lines;
	unsigned last_serial, pings;
};

struct link *link_new(struct box *box)
{
	struct link *l = calloc(1, sizeof *l);

	if (l == NULL)
		abort();
	l->box = box;
	return l;
}

void link_free(struct link *l)
{
	if (l == NULL)
		return;
	for (struct ticket *t = l->tickets, *next; t != NULL; t = next) {
		next = t->next;
		free(t);
	}
	free(l);
}

void link_url(struct link *l, char *out, size_t room)
{
	struct ticket *t = calloc(1, sizeof *t);

	if (t == NULL)
		abort();
	box_random_text(l->box, t->text, 36);
	t->good_until = clock_ms() + TICKET_MS;
	t->next = l->tickets;
	l->tickets = t;
	if (snprintf(out, room, "wss://127.0.0.1:%u/link/?ticket=%s&app_id=%s",
		    server_port(l->box->server), t->text, APP_HEX) >= (int)room)
		abort();
}

/* A ticket is good once. */
static bool link_punch(struct link *l, const char *text, int64_t now)
{
	bool good = false;

	for (struct ticket **p = &l->tickets; *p != NULL;) {
		struct ticket *t = *p;
		bool same = text != NULL && strcmp(t->text, text) == 0;

		if (!same && t->good_until > now) {
			p = &t->next;
			continue;
		}
		good = good || (same && t->good_until > now);
		*p = t->next;
		free(t);
	}
	return good;
}

static int link_count(const struct link *l)
{
	int n = 0;

	for (const struct line *c = l->lines; c != NULL; c = c->next)
		n += c->leaving ? 0 : 1;
	return n;
}

static void line_send_tree(struct line *c, cJSON *tree)
{
	char *text = cJSON_PrintUnformatted(tree);

	if (text == NULL)
		abort();
	ws_send(c->ws, text, strlen(text));
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
	struct world *world = c->link->box->world;
	char *text;

	c->received++;
	if (m->len > FRAME_MAX) {
		world_finding(world, "a frame of %zu bytes from the client", m->len);
		ws_close(c->ws, 1009, "Max frame length of 20480 has been exceeded.");
	} else if (m->fragmented) {
		world_finding(world, "a fragmented frame from the client was dropped");
	} else if (m->binary) {
		world_finding(world, "a binary frame from the client was ignored");
	} else {
		text = strndup(m->text, m->len);
		delivery_ack(c->link->box, c->serial, text);
		free(text);
	}
}

static void line_on_pong(void *ctx, const char *payload, size_t len)
{
	struct line *c = ctx;

	c->pongs++;
	if (c->ping[0] != '\0' && (strlen(c->ping) != len || memcmp(c->ping, payload, len) != 0))
		world_finding(c->link->box->world, "a pong with another payload than the ping's");
	c->ping[0] = '\0';
}

static void line_on_closed(void *ctx, int code)
{
	struct line *c = ctx;
	struct link *l = c->link;
	unsigned serial = c->serial;

	(void)code;
	for (struct line **p = &l->lines; *p != NULL; p = &(*p)->next) {
		if (*p == c) {
			*p = c->next;
			break;
		}
	}
	free(c);
	delivery_line_closed(l->box, serial);
}

static void line_start(struct line *c, int64_t now)
{
	struct box *box = c->link->box;

	c->warn_at = now + box_scaled(box, (int64_t)c->lifetime_s * 1000);
	c->ping_at = now + box_scaled(box, PING_MS);
	if (link_count(c->link) > LINES_MAX) {
		line_leave(c, "too_many_websockets");
	} else if (box->faults.hello_withheld > 0) {
		box->faults.hello_withheld--;
	} else {
		line_say_hello(c);
	}
}

static void link_add(
	struct link *l, struct tls *tls, const char *early, size_t early_len, int lifetime_s)
{
	static const struct ws_events EVENTS = {
		.message = line_on_message, .pong = line_on_pong, .closed = line_on_closed
	};
	struct line *c = calloc(1, sizeof *c);

	if (c == NULL)
		abort();
	*c = (struct line){
		.link = l, .next = l->lines, .serial = ++l->last_serial, .lifetime_s = lifetime_s
	};
	l->lines = c;
	c->ws = ws_new(&l->box->loop, tls, &EVENTS, c);
	line_start(c, clock_ms());
	ws_take(c->ws, early, early_len);
}

static void link_on_upgraded(void *ctx, struct tls *tls, const char *early, size_t early_len)
{
	struct link *l = ctx;

	link_add(l, tls, early, early_len, l->box->options.lifetime_s);
}

static void link_on_upgraded_debug(void *ctx, struct tls *tls, const char *early, size_t early_len)
{
	link_add(ctx, tls, early, early_len, DEBUG_LIFETIME_S);
}

void link_request(struct link *l, struct request *r)
{
	struct faults *f = &l->box->faults;
	const char *key = request_header(r, "Sec-WebSocket-Key");
	const char *debug = request_query(r, "debug_reconnects");
	bool good = link_punch(l, request_query(r, "ticket"), clock_ms());
	char accept[64];

	if (f->upgrade_refused > 0) {
		f->upgrade_refused--;
		request_answer(r, f->upgrade_status, "text/html", "<html>no</html>");
		return;
	}
	if (!good || key == NULL || f->link_disabled) {
		request_answer(r, 404, "text/plain", "no such ticket\n");
		return;
	}
	ws_accept(key, accept);
	request_upgrade(r, accept,
		debug != NULL && strcmp(debug, "true") == 0 ? link_on_upgraded_debug
							    : link_on_upgraded,
		l);
}

static void line_ping(struct line *c, int64_t now)
{
	int len = snprintf(c->ping, sizeof c->ping, "Ping from applink-%u", ++c->link->pings);

	if (len < 0 || (size_t)len >= sizeof c->ping)
		abort();
	ws_ping(c->ws, c->ping);
	c->pings++;
	c->ping_at = now + box_scaled(c->link->box, PING_MS);
}

static void line_tick(struct line *c, int64_t now)
{
	if (c->leaving)
		return;
	if (!c->warned && now >= c->warn_at) {
		c->warned = true;
		c->close_at = now + box_scaled(c->link->box, REFRESH_MS);
		line_say_disconnect(c, "warning");
	} else if (c->warned && now >= c->close_at) {
		line_leave(c, "refresh_requested");
		return;
	}
	if (now >= c->ping_at)
		line_ping(c, now);
}

void link_tick(struct link *l, int64_t now_ms)
{
	for (struct line *c = l->lines, *next; c != NULL; c = next) {
		next = c->next;
		line_tick(c, now_ms);
	}
	(void)link_punch(l, NULL, now_ms); /* throws the old ones away */
}

struct line *link_pick(struct link *l)
{
	int n = 0, chosen;

	for (struct line *c = l->lines; c != NULL; c = c->next)
		n += c->said_hello && !c->leaving ? 1 : 0;
	if (n == 0)
		return NULL;
	chosen = (int)(box_random(l->box) % (unsigned)n);
	for (struct line *c = l->lines; c != NULL; c = c->next) {
		if (c->said_hello && !c->leaving && chosen-- == 0)
			return c;
	}
	return NULL;
}

unsigned line_serial(const struct line *c)
{
	return c->serial;
}

void line_send(struct line *c, const char *text, size_t len)
{
	c->sent++;
	ws_send(c->ws, text, len);
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
	void (*make)(struct line *);
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

bool link_trouble(struct link *l, const char *how, unsigned serial)
{
	const struct trouble *trouble = NULL;

	for (size_t i = 0; i < sizeof TROUBLES / sizeof TROUBLES[0]; i++) {
		if (strcmp(TROUBLES[i].name, how) == 0)
			trouble = &TROUBLES[i];
	}
	for (struct line *c = l->lines, *next; trouble != NULL && c != NULL; c = next) {
		next = c->next;
		if (serial == 0 || serial == c->serial)
			trouble->make(c);
	}
	return trouble != NULL;
}

void link_end(struct link *l)
{
	(void)link_trouble(l, "drop", 0);
}

cJSON *link_dump(const struct link *l)
{
	cJSON *list = cJSON_CreateArray();

	for (const struct line *c = l->lines; c != NULL; c = c->next) {
		cJSON *o = cJSON_CreateObject();

		cJSON_AddItemToArray(list, o);
		cJSON_AddNumberToObject(o, "serial", c->serial);
		cJSON_AddBoolToObject(o, "hello", c->said_hello);
		cJSON_AddBoolToObject(o, "frozen", c->frozen);
		cJSON_AddBoolToObject(o, "warned", c->warned);
		cJSON_AddBoolToObject(o, "leaving", c->leaving);
		cJSON_AddNumberToObject(o, "pings", (double)c->pings);
		cJSON_AddNumberToObject(o, "pongs", (double)c->pongs);
		cJSON_AddNumberToObject(o, "sent", (double)c->sent);
		cJSON_AddNumberToObject(o, "received", (double)c->received);
	}
	return list;
}

#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "fault.h"
#include "line.h"
#include "ws.h"

enum { TICKET_MS = 30 * 1000, DEBUG_LIFETIME_S = 360 };

static const char APP_HEX[] = "5f70a1c4e2b93d8867aa01c25fb0e3d49c8815a7d2466e30bb1fa9d7c05e8342";

struct ticket {
	struct ticket *next;
	char text[40];
	int64_t good_until;
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
	struct faults *f = &l->box->faults;
	unsigned port = fault_strikes(&f->trapped) ? f->trap_port : server_port(l->box->server);

	if (t == NULL)
		abort();
	box_random_text(l->box, t->text, 36);
	t->good_until = clock_ms() + TICKET_MS;
	t->next = l->tickets;
	l->tickets = t;
	if (snprintf(out, room, "wss://127.0.0.1:%u/link/?ticket=%s&app_id=%s", port, t->text,
		    APP_HEX) >= (int)room)
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

int link_count(const struct link *l)
{
	int n = 0;

	for (const struct line *c = l->lines; c != NULL; c = c->next)
		n += c->leaving ? 0 : 1;
	return n;
}

unsigned link_ping_number(struct link *l)
{
	return ++l->pings;
}

void link_forget(struct link *l, const struct line *gone)
{
	for (struct line **p = &l->lines; *p != NULL; p = &(*p)->next) {
		if (*p == gone) {
			*p = gone->next;
			return;
		}
	}
}

static struct line *link_add(struct link *l, int lifetime_s)
{
	struct line *c = line_new(l, l->box, ++l->last_serial, lifetime_s);

	c->next = l->lines;
	l->lines = c;
	return c;
}

static void link_on_upgraded(void *ctx, struct tls *tls, const char *early, size_t early_len)
{
	struct link *l = ctx;

	line_open(link_add(l, l->box->options.lifetime_s), tls, early, early_len);
}

static void link_on_upgraded_debug(void *ctx, struct tls *tls, const char *early, size_t early_len)
{
	line_open(link_add(ctx, DEBUG_LIFETIME_S), tls, early, early_len);
}

/* true: the handshake ends here. */
static bool link_refuses(struct faults *f, struct request *r)
{
	char seconds[16];

	if (fault_strikes(&f->upgrade_held)) {
		request_hold(r, clock_ms() + f->upgrade_held_ms);
		request_cut_when_due(r);
		return true;
	}
	if (!fault_strikes(&f->upgrade_refused))
		return false;
	if (f->upgrade_retry_after_s > 0) {
		if (snprintf(seconds, sizeof seconds, "%d", f->upgrade_retry_after_s) < 0)
			abort();
		request_add_header(r, "Retry-After", seconds);
	}
	request_answer(r, f->upgrade_status, "text/html", "<html>no</html>");
	return true;
}

void link_request(struct link *l, struct request *r)
{
	struct faults *f = &l->box->faults;
	const char *key = request_header(r, "Sec-WebSocket-Key");
	const char *debug = request_query(r, "debug_reconnects");
	bool good = link_punch(l, request_query(r, "ticket"), clock_ms());
	char accept[64];

	if (link_refuses(f, r))
		return;
	if (!good || key == NULL || f->link_disabled) {
		request_answer(r, 404, "text/plain", "no such ticket\n");
		return;
	}
	ws_accept(fault_strikes(&f->accept_wrong) ? "another key" : key, accept);
	request_upgrade(r, accept,
		debug != NULL && strcmp(debug, "true") == 0 ? link_on_upgraded_debug
							    : link_on_upgraded,
		l);
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

bool link_trouble(struct link *l, const char *how, unsigned serial)
{
	line_trouble *make = line_trouble_find(how);

	for (struct line *c = l->lines, *next; make != NULL && c != NULL; c = next) {
		next = c->next;
		if (c->ws != NULL && (serial == 0 || serial == c->serial))
			make(c);
	}
	return make != NULL;
}

void link_haunt(struct link *l, int count, int64_t ms)
{
	while (count-- > 0)
		line_haunt(link_add(l, 0), clock_ms() + ms);
}

void link_exorcise(struct link *l)
{
	for (struct line *c = l->lines; c != NULL; c = c->next)
		c->gone_at = 0;
}

void link_end(struct link *l)
{
	(void)link_trouble(l, "drop", 0);
	link_exorcise(l);
	link_tick(l, clock_ms());
}

cJSON *link_dump(const struct link *l)
{
	cJSON *list = cJSON_CreateArray();

	for (const struct line *c = l->lines; c != NULL; c = c->next)
		cJSON_AddItemToArray(list, line_dump(c));
	return list;
}

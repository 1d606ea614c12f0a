#include "link.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "json_out.h"
#include "link_alarm.h"
#include "link_fsm.h"
#include "link_notes.h"
#include "link_ws.h"
#include "log.h"

enum {
	SEAT_APART_MS = 1000, /* between the first attempts of two seats */
	LARGEST_ACK = 20000,  /* Slack closes the connection at 20480 */
};

struct seating {
	struct link *link;
	struct seat seat;
	struct timer *timer;
	struct ws *sockets[2]; /* in no order; NULL: free */
	int64_t ids[2];
	int number;
};

struct link {
	struct loop *loop;
	struct wires *wires;
	struct link_needs needs;
	struct seating *seatings;
	int seats;
	bool stopping;
	struct timer *stopped; /* tells who asked, from the loop */
	loop_callback *done;
	void *done_ctx;
	int64_t gap_since; /* 0: there is a connection, or there was none yet */
	const char *url;   /* between link_got_url and SEAT_DIAL; a secret */
	struct link_notes notes;
};

/* --- sockets ----------------------------------------------------------------------------------- */

static struct ws **find_socket(struct seating *g, int64_t socket)
{
	for (int i = 0; i < 2; i++)
		if (g->sockets[i] != NULL && g->ids[i] == socket)
			return &g->sockets[i];
	return NULL;
}

static void end_socket(struct seating *g, int64_t socket)
{
	struct ws **at = find_socket(g, socket);

	if (at == NULL)
		return;
	ws_free(*at);
	*at = NULL;
}

static struct seating *find_seating(struct link *l, int64_t socket)
{
	for (int i = 0; i < l->seats; i++)
		if (seat_has(&l->seatings[i].seat, socket))
			return &l->seatings[i];
	return NULL;
}

/* --- the state machine's words, done ----------------------------------------------------------- */

static void seating_tell(struct seating *, enum seat_news, const struct seat_did *);

static void seating_dial(struct seating *g, int64_t socket)
{
	struct fail why = { 0 };
	int i = g->sockets[0] == NULL ? 0 : 1;
	struct seat_did did = { .socket = socket };

	end_socket(g, g->sockets[i] != NULL ? g->ids[i] : 0); /* two places: there is room */
	g->sockets[i] = ws_open(g->link->wires, socket, g->link->url, g->seat.failures, &why);
	g->ids[i] = socket;
	if (g->sockets[i] != NULL)
		return;
	link_note_in_vain(&g->link->notes, socket, why.text);
	seating_tell(g, SEAT_GONE, &did);
}

static void seating_close(struct seating *g, int64_t socket)
{
	struct ws **at = find_socket(g, socket);

	if (at != NULL)
		ws_close(*at);
}

static void seating_do(struct seating *g, const struct seat_acts *acts, int i)
{
	struct link *l = g->link;
	int64_t socket = acts->list[i].socket;

	switch (acts->list[i].what) {
	case SEAT_ASK: l->needs.ask_for_url(l->needs.ctx, socket); return;
	case SEAT_DIAL: seating_dial(g, socket); return;
	case SEAT_KILL:
		link_note_killed(&l->notes, socket, acts->list[i].was, l->stopping);
		end_socket(g, socket);
		return;
	case SEAT_CLOSE: seating_close(g, socket); return;
	case SEAT_REPLACED:
		log_info("link: refreshed seat=%d socket=%lld overlap_ms=%lld", g->number,
			(long long)socket, (long long)acts->list[i].ms);
		return;
	}
}

static void seating_set_timer(struct seating *g)
{
	int64_t at = seat_wake_at(&g->seat);

	if (at == INT64_MAX)
		timer_cancel(g->timer);
	else
		timer_set(g->timer, at - clock_ms());
}

/* --- what all seats make together -------------------------------------------------------------- */

static int64_t last_heard(const struct link *l)
{
	int64_t newest = 0;

	for (int i = 0; i < l->seats; i++) {
		int64_t at = seat_last_heard(&l->seatings[i].seat);
		if (at > newest)
			newest = at;
	}
	return newest;
}

static void note_gap(struct link *l, int64_t heard_before, int64_t now)
{
	bool was = heard_before != 0, is = last_heard(l) != 0;
	int64_t gap_ms = l->gap_since != 0 ? now - l->gap_since : 0;

	if (was && !is && !l->stopping) {
		l->gap_since = now - heard_before >= LINK_SILENT_MS ? heard_before : now;
		log_warn("link: no connection to Slack is left");
	}
	if (was || !is)
		return;
	l->notes.counts.gaps += l->gap_since != 0;
	l->gap_since = 0;
	l->needs.on_connected(l->needs.ctx, gap_ms);
}

static const struct alarm *any_alarm(const struct link *l)
{
	for (int i = 0; i < l->seats; i++)
		if (l->seatings[i].seat.alarm != NULL)
			return l->seatings[i].seat.alarm;
	return NULL;
}

/* What Slack refuses to one seat it refuses to all: those without a connection wait for what that one finds. */
static void share_rest(struct link *l, const struct seating *refused)
{
	for (int i = 0; i < l->seats; i++) {
		struct seating *g = &l->seatings[i];
		if (g == refused || seat_last_heard(&g->seat) != 0)
			continue;
		seat_rest(&g->seat, refused->seat.rest_until + SEAT_APART_MS);
		seating_set_timer(g);
	}
}

static void note_stopped(struct link *l)
{
	for (int i = 0; i < l->seats; i++)
		if (!seat_empty(&l->seatings[i].seat))
			return;
	if (l->done != NULL)
		timer_set(l->stopped, 0);
}

/* Everything that happens to a seat comes through here. */
static void seating_tell(struct seating *g, enum seat_news news, const struct seat_did *did)
{
	struct link *l = g->link;
	int64_t now = clock_ms(), heard = last_heard(l);
	int refusals = g->seat.refusals;
	struct seat_acts acts;

	seat_step(&g->seat, news, did, now, &acts);
	seating_set_timer(g);
	if (g->seat.refusals > refusals)
		share_rest(l, g);
	for (int i = 0; i < acts.count; i++)
		seating_do(g, &acts, i);
	link_note_alarm(&l->notes, any_alarm(l));
	note_gap(l, heard, now);
	if (l->stopping)
		note_stopped(l);
}

static void link_tell(struct link *l, enum seat_news news, const struct seat_did *did)
{
	struct seating *g = find_seating(l, did->socket);

	if (g != NULL)
		seating_tell(g, news, did);
}

static void seating_on_due(void *ctx)
{
	seating_tell(ctx, SEAT_WOKE, &(struct seat_did){ 0 });
}

static void link_on_stopped(void *ctx)
{
	struct link *l = ctx;
	loop_callback *done = l->done;

	l->done = NULL;
	if (done != NULL)
		done(l->done_ctx);
}

/* --- frames ------------------------------------------------------------------------------------ */

static void link_on_hello(struct link *l, int64_t socket, const struct hello *h)
{
	link_note_hello(&l->notes, socket, h);
	link_tell(l, SEAT_HELLO, &(struct seat_did){ .socket = socket });
}

static enum seat_news news_of(const char *reason)
{
	static const struct {
		const char *reason;
		enum seat_news news;
	} KNOWN[] = {
		{ "warning", SEAT_TOLD_WARNING },
		{ "refresh_requested", SEAT_TOLD_REFRESH },
		{ "link_disabled", SEAT_TOLD_DISABLED },
		{ "too_many_websockets", SEAT_TOLD_TOO_MANY },
	};

	for (size_t i = 0; reason != NULL && i < sizeof(KNOWN) / sizeof(KNOWN[0]); i++)
		if (strcmp(reason, KNOWN[i].reason) == 0)
			return KNOWN[i].news;
	return SEAT_TOLD_REFRESH;
}

static void link_on_disconnect(struct link *l, int64_t socket, const char *reason)
{
	log_info("link: disconnect socket=%lld reason=%.40s", (long long)socket,
		reason != NULL ? reason : "none");
	link_tell(l, news_of(reason), &(struct seat_did){ .socket = socket });
}

static void link_on_frame(void *ctx, int64_t socket, const char *text, size_t len)
{
	struct link *l = ctx;
	struct event ev = { 0 };
	struct fail why = { 0 };

	if (!event_read(text, len, &ev, &why)) {
		link_note_unreadable(&l->notes, socket, len);
		return;
	}
	ev.received_us = clock_wall_us();
	if (ev.kind == EVENT_HELLO) {
		link_on_hello(l, socket, &ev.as.hello);
		event_done(&ev);
	} else if (ev.kind == EVENT_DISCONNECT) {
		link_on_disconnect(l, socket, ev.as.disconnect.reason);
		event_done(&ev);
	} else if (!l->needs.on_event(l->needs.ctx, socket, &ev)) {
		event_done(&ev);
	}
}

/* --- what the wires say ------------------------------------------------------------------------ */

static void link_on_upgraded(void *ctx, int64_t socket)
{
	link_tell(ctx, SEAT_UPGRADED, &(struct seat_did){ .socket = socket });
}

static void link_on_too_large(void *ctx, int64_t socket)
{
	struct link *l = ctx;

	link_note_too_large(&l->notes, socket);
}

static void link_on_binary(void *ctx, int64_t socket)
{
	struct link *l = ctx;

	link_note_binary(&l->notes, socket);
}

static void link_on_pong(void *ctx, int64_t socket)
{
	link_tell(ctx, SEAT_PONG, &(struct seat_did){ .socket = socket });
}

static void link_on_parting(void *ctx, int64_t socket, int code, const char *reason)
{
	log_info("link: Slack closes socket=%lld code=%d reason=%.80s", (long long)socket, code,
		reason[0] != '\0' ? reason : "none");
	link_tell(ctx, SEAT_PARTING, &(struct seat_did){ .socket = socket });
}

static void link_on_over(void *ctx, int64_t socket, const struct ws_end *end)
{
	struct link *l = ctx;
	struct seating *g = find_seating(l, socket);
	struct seat_did did = { .socket = socket, .retry_after = end->retry_after };

	if (g == NULL)
		return; /* it was killed, and freed then */
	did.word = end->untrusted ? "untrusted_certificate" : alarm_of_status(end->status);
	if (seat_tries(&g->seat, socket))
		link_note_in_vain(&l->notes, socket, end->words);
	else
		link_note_over(socket, seat_silent_ms(&g->seat, socket, clock_ms()), end->words);
	end_socket(g, socket);
	seating_tell(g, SEAT_GONE, &did);
}

/* --- the room ---------------------------------------------------------------------------------- */

static void seating_init(struct link *l, int number)
{
	struct seating *g = &l->seatings[number];

	g->link = l;
	g->number = number;
	g->timer = timer_new(l->loop, seating_on_due, g);
}

/* Numbers begin with the time: those of an earlier process mean nothing in this one. */
static void seating_start(struct seating *g, int64_t now, int64_t wall_us)
{
	uint64_t random = (uint64_t)wall_us * 0x9E3779B97F4A7C15ULL + (uint64_t)getpid() +
		((uint64_t)g->number << 32);

	seat_init(&g->seat, wall_us + g->number, g->link->seats,
		now + (int64_t)g->number * SEAT_APART_MS, random);
	seating_set_timer(g);
}

struct link *link_new(
	struct loop *loop, int seats, const struct link_needs *needs, struct fail *why)
{
	struct link *l = calloc(1, sizeof(*l));
	struct wires_events events = {
		.ctx = l,
		.upgraded = link_on_upgraded,
		.frame = link_on_frame,
		.too_large = link_on_too_large,
		.binary = link_on_binary,
		.pong = link_on_pong,
		.parting = link_on_parting,
		.over = link_on_over,
	};

	if (l == NULL)
		abort();
	l->wires = wires_new(loop, &events, why);
	if (l->wires == NULL) {
		free(l);
		return NULL;
	}
	l->loop = loop;
	l->needs = *needs;
	l->seats = seats;
	l->seatings = calloc((size_t)seats, sizeof(*l->seatings));
	if (l->seatings == NULL)
		abort();
	l->stopped = timer_new(loop, link_on_stopped, l);
	for (int i = 0; i < seats; i++)
		seating_init(l, i);
	return l;
}

void link_free(struct link *l)
{
	if (l == NULL)
		return;
	for (int i = 0; i < l->seats; i++) {
		ws_free(l->seatings[i].sockets[0]);
		ws_free(l->seatings[i].sockets[1]);
		timer_free(l->seatings[i].timer);
	}
	timer_free(l->stopped);
	wires_free(l->wires);
	link_notes_done(&l->notes);
	free(l->seatings);
	free(l);
}

void link_start(struct link *l)
{
	int64_t now = clock_ms(),
		wall_us = clock_wall_us(); /* the same for all: numbers interleave */

	for (int i = 0; i < l->seats; i++)
		seating_start(&l->seatings[i], now, wall_us);
}

void link_stop(struct link *l, loop_callback *done, void *ctx)
{
	l->done = done;
	l->done_ctx = ctx;
	l->stopping = true;
	for (int i = 0; i < l->seats; i++)
		seating_tell(&l->seatings[i], SEAT_STOP, &(struct seat_did){ 0 });
}

void link_got_url(struct link *l, int64_t ticket, const struct link_answer *got)
{
	struct seat_did did = {
		.socket = ticket, .word = got->error, .retry_after = got->retry_after
	};

	if (got->url == NULL && find_seating(l, ticket) != NULL)
		link_note_no_url(&l->notes, ticket, got);
	l->url = got->url;
	link_tell(l, got->url != NULL ? SEAT_GOT_URL : SEAT_GOT_NO_URL, &did);
	l->url = NULL;
}

static void ack_write(struct buf *to, const char *envelope, const char *payload)
{
	struct json_out o = { .to = to };

	json_open(&o, NULL, '{');
	json_put_text(&o, "envelope_id", envelope);
	if (payload != NULL)
		json_put_raw(&o, "payload", payload);
	json_close(&o);
}

void link_ack(struct link *l, int64_t socket, const char *envelope, const char *payload)
{
	struct seating *g = find_seating(l, socket);
	struct ws **at = g != NULL ? find_socket(g, socket) : NULL;
	struct buf text = { 0 };

	if (at == NULL) {
		log_debug("link: an acknowledgement came too late socket=%lld", (long long)socket);
		return;
	}
	ack_write(&text, envelope, payload);
	if (text.len > LARGEST_ACK) {
		log_warn("link: an answer of %zu bytes is too large to be sent with its "
			 "acknowledgement",
			text.len);
		buf_empty(&text);
		ack_write(&text, envelope, NULL);
	}
	if (!ws_send(*at, text.text, text.len))
		log_warn("link: an acknowledgement cannot be sent socket=%lld", (long long)socket);
	buf_done(&text);
}

struct link_state link_state(const struct link *l)
{
	int64_t now = clock_ms();
	int live = 0;

	for (int i = 0; i < l->seats; i++)
		live += seat_live(&l->seatings[i].seat, now);
	return link_notes_state(&l->notes, live);
}

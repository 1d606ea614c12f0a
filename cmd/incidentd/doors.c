#include "doors.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "api.h"
#include "clock.h"
#include "embedded.h"
#include "health.h"
#include "inbox.h"
#include "link.h"
#include "log.h"
#include "loop.h"
#include "web.h"

enum { TICK_MS = 500, COUNTS_MS = 60000, KEEP_FAILED_DAYS = 180, DATA_FILE_MOST = 64 };
/* The end: 2 s for what waits at the desk, a moment for its acknowledgements, 5 s in all. */
enum { FLUSH_MS = 2000, DRAIN_TICK_MS = 50, DRAIN_MS = 5000, STUCK_MS = 5000 };

struct daemon {
	struct doors_needs needs;
	struct embedded *own; /* the Postgres behind needs.conninfo; NULL: not ours */
	struct loop *loop;
	struct api *api;
	struct link *link;
	struct inbox *inbox;
	struct web *web;
	struct timer *tick;
	struct file_watch *severities;
	struct file_watch *data;      /* that those of own are there; NULL: not ours */
	const char *severities_cause; /* why they are read next */
	struct health *health;
	bool data_gone; /* those of own */
	bool was_connected, draining, flushed, link_closing, link_gone;
	int64_t drain_until, flush_until, counts_at, counted;
};

/* --- link and api ---------------------------------------------------------------------------------- */

/* Calls have ids: a ticket of the link is negative, the others say which row, whether a look, which attempt. */
enum { ATTEMPTS = OUTBOX_ATTEMPTS };

static void ask_for_url(void *ctx, int64_t ticket)
{
	struct daemon *d = ctx;

	api_call(d->api, -ticket, "apps.connections.open", d->needs.app_token, "{}");
}

static void got_url(struct daemon *d, const struct api_answer *r)
{
	struct arena *a = arena_new();
	struct answer got = { 0 };
	struct link_answer link = { .words = r->error, .retry_after = r->retry_after };
	struct fail why;

	if (r->status == 429)
		link.error = "ratelimited";
	else if (r->status == 200 && answer_read(r->body, NULL, a, &got, &why))
		link.error = got.error;
	else if (r->status != 0)
		link.words = arena_printf(a, "HTTP %d, and not Slack's answer", r->status);
	else if (r->untrusted)
		link.error = "untrusted_certificate";
	link.url = got.ok ? got.url : NULL;
	link_got_url(d->link, -r->id, &link);
	arena_free(a);
}

static void answered(void *ctx, const struct api_answer *r)
{
	struct daemon *d = ctx;
	struct outbox_reply reply = {
		.id = r->id / ATTEMPTS / 2,
		.look = r->id / ATTEMPTS % 2 == 1,
		.attempt = (int)(r->id % ATTEMPTS),
		.status = r->status,
		.retry_after = r->retry_after,
		.body = r->body,
		.scopes = r->scopes,
		.error = r->error,
		.may_be_done = r->executed_unknown,
	};

	if (r->id < 0)
		got_url(d, r);
	else
		inbox_answer(d->inbox, &reply);
}

/* --- link and inbox -------------------------------------------------------------------------------- */

static bool on_event(void *ctx, int64_t socket, struct event *ev)
{
	struct daemon *d = ctx;

	return !d->draining && inbox_put(d->inbox, socket, ev);
}

/* However short the gap was: it may be over before anybody looks whether there is a connection. */
static void on_connected(void *ctx, int64_t gap_ms)
{
	struct daemon *d = ctx;

	if (d->draining)
		return;
	if (d->was_connected) {
		log_info("link: connected again gap_ms=%" PRId64, gap_ms);
		inbox_live(d->inbox, false);
	}
	d->was_connected = true;
	inbox_live(d->inbox, true);
}

static void ack(void *ctx, int64_t socket, const char *envelope, const char *payload)
{
	struct daemon *d = ctx;

	link_ack(d->link, socket, envelope, payload);
}

static void send_call(void *ctx, const struct outbox_send *s)
{
	struct daemon *d = ctx;

	int64_t id = (s->id * 2 + s->look) * ATTEMPTS + s->attempt % ATTEMPTS;

	api_call(d->api, id, s->method, d->needs.bot_token, s->body);
}

static void on_wake(void *ctx)
{
	struct daemon *d = ctx;
	struct inbox_out out = { .ctx = d, .ack = ack, .send = send_call };

	inbox_collect(d->inbox, &out);
	if (inbox_state(d->inbox).cannot_start != NULL)
		loop_stop(d->loop);
}

static void wake(void *ctx)
{
	struct daemon *d = ctx;

	loop_wake(d->loop);
}

/* --- health ---------------------------------------------------------------------------------------- */

static void note_why_not(struct buf *to, const struct link_state *s)
{
	if (s->alarm != NULL)
		buf_printf(to, " %s: %s", s->alarm, s->advice);
	if (s->last[0] != '\0')
		buf_printf(to, " (last: %s)", s->last);
}

static void note_health(struct daemon *d)
{
	struct link_state s = link_state(d->link);
	struct buf why_not = { 0 };

	if (!d->draining)
		inbox_live(d->inbox, s.live > 0);
	d->was_connected = d->was_connected || s.live > 0;
	note_why_not(&why_not, &s);
	health_note(d->health, clock_ms(), d->draining ? 0 : s.live, why_not.text);
	buf_done(&why_not);
}

static bool is_live(void *ctx, struct buf *reasons)
{
	const struct daemon *d = ctx;

	return health_is_live(d->health, clock_ms(), reasons);
}

static bool has_database(struct daemon *d, struct buf *reasons)
{
	struct inbox_state s = inbox_state(d->inbox);
	size_t before = reasons->len;

	if (d->own != NULL && !embedded_has_data(d->own))
		buf_printf(reasons, "postgres: its data in %s are gone\n",
			d->needs.settings->data_dir);
	if (!s.has_database)
		buf_printf(
			reasons, "postgres: %s\n", s.why[0] != '\0' ? s.why : "not connected yet");
	if (s.busy_ms > STUCK_MS)
		buf_printf(reasons, "postgres: no commit for %" PRId64 " ms\n", s.busy_ms);
	return reasons->len == before;
}

static bool is_ready(void *ctx, struct buf *reasons)
{
	struct daemon *d = ctx;
	bool live, slack, database, untroubled;

	if (!health_has_begun(d->health)) { /* there is no room yet that could be asked */
		buf_add(reasons, d->needs.conninfo == NULL ? "postgres: starting\n" : "starting\n");
		return false;
	}
	live = is_live(d, reasons);
	slack = health_has_slack(d->health, reasons);
	database = has_database(d, reasons);
	untroubled = inbox_untroubled(d->inbox, reasons);
	return live && slack && database && untroubled;
}

/* --- life and death -------------------------------------------------------------------------------- */

/* What came, counted: each minute, when there is something to say, and at the end. */
static void log_counts(struct daemon *d)
{
	struct inbox_state s = inbox_state(d->inbox);
	struct link_state l = link_state(d->link);
	int64_t counted = s.committed + s.dropped + l.hellos + l.failed + l.unreadable +
		l.too_large + l.binary;

	if (clock_ms() < d->counts_at || counted == d->counted)
		return;
	d->counts_at = clock_ms() + COUNTS_MS;
	d->counted = counted;
	log_info("counts committed=%" PRId64 " duplicates=%" PRId64 " refused=%" PRId64
		 " failed=%" PRId64 " dropped=%" PRId64,
		s.committed, s.duplicates, s.refused, s.failed, s.dropped);
	log_info("counts hellos=%" PRId64 " attempts_in_vain=%" PRId64 " gaps=%" PRId64
		 " unreadable=%" PRId64 " too_large=%" PRId64 " binary=%" PRId64,
		l.hellos, l.failed, l.gaps, l.unreadable, l.too_large, l.binary);
}

static void link_gone(void *ctx)
{
	struct daemon *d = ctx;

	d->link_gone = true;
}

/* Nothing more comes in; what waits is committed and acknowledged; then the link closes, then we end. */
static void drain(struct daemon *d)
{
	int64_t now = clock_ms();

	timer_set(d->tick, DRAIN_TICK_MS);
	if (!d->flushed) {
		d->flushed = inbox_state(d->inbox).waiting == 0 || now >= d->flush_until;
		on_wake(d);
		return;
	}
	if (!d->link_closing) {
		d->link_closing = true;
		link_stop(d->link, link_gone, d);
	}
	if ((d->link_gone && api_in_the_air(d->api) == 0) || now >= d->drain_until)
		loop_stop(d->loop);
}

/* Said when it happens: the Postgres that runs goes on for a while, with files that nobody can see any more. */
static void on_data(void *ctx, const char *text, size_t len, const char *error)
{
	struct daemon *d = ctx;
	bool gone = text == NULL;

	(void)len;
	(void)error; /* /readyz looks for itself */

	if (gone && !d->data_gone)
		log_error("the data of our Postgres in %s are gone: put them back, or restore a "
			  "backup; what is recorded from now on is lost",
			d->needs.settings->data_dir);
	else if (!gone && d->data_gone)
		log_info("the data of our Postgres are back");
	d->data_gone = gone;
}

static void watch_own_database(struct daemon *d)
{
	struct fail why;

	if (d->own != NULL && !d->draining && !embedded_watch(d->own, &why))
		log_error("%s", why.text);
}

static void on_tick(void *ctx)
{
	struct daemon *d = ctx;

	watch_own_database(d);
	note_health(d);
	log_counts(d);
	timer_set(d->tick, TICK_MS);
	if (d->draining)
		drain(d);
}

static void on_term(void *ctx)
{
	struct daemon *d = ctx;

	if (d->draining)
		return;
	log_info("asked to end: draining");
	d->draining = true;
	d->flush_until = clock_ms() + FLUSH_MS;
	d->drain_until = clock_ms() + DRAIN_MS;
	inbox_drain(d->inbox);
	timer_set(d->tick, 0);
}

static void on_severities(void *ctx, const char *text, size_t len, const char *error)
{
	struct daemon *d = ctx;

	inbox_levels(d->inbox, d->severities_cause, text, len, error);
	d->severities_cause = "changed";
}

static void on_hup(void *ctx)
{
	struct daemon *d = ctx;

	log_info(
		"SIGHUP: the severities are read again; other settings are read at the start only");
	d->severities_cause = "SIGHUP";
	file_watch_look(d->severities);
}

/* First of all: a Postgres that recovers may take minutes, and who watches us must see that we live. */
static bool open_web(struct daemon *d, struct fail *why)
{
	struct web_needs web = { .ctx = d, .live = is_live, .ready = is_ready };

	d->web = web_open(d->needs.settings->listen, &web, why);
	if (d->web == NULL)
		return false;
	log_info("incidentd starts health=%s/readyz", web_url(d->web));
	return true;
}

static bool open_database(struct daemon *d, struct fail *why)
{
	if (d->needs.conninfo != NULL)
		return true;
	d->own = embedded_open(d->needs.settings->data_dir, why);
	return d->own != NULL;
}

static bool open_rooms(struct daemon *d, struct fail *why)
{
	const struct settings *s = d->needs.settings;
	struct house house = {
		.levels = s->levels,
		.slash = s->slash_command,
		.announce = s->announce,
		.reports = s->reports,
		.admin = s->admin,
		.admins = s->admins,
		.time_zone = s->time_zone,
		.marks = s->mark_reactions,
		.action_marks = s->action_reactions,
		.update_marks = s->update_reactions,
		.reminders = s->reminders,
		.drop_deleted = strcmp(s->deleted_text, "drop") == 0,
		.webhooks = s->webhook_urls,
	};
	struct keeping keep = { .done_days = s->keep_frames_days,
		.failed_days = s->keep_frames_days > KEEP_FAILED_DAYS ? s->keep_frames_days
								      : KEEP_FAILED_DAYS };
	struct inbox_needs inbox = { .ctx = d,
		.wake = wake,
		.keep = keep,
		.read_levels = settings_levels,
		.severities_file = s->severities_file };
	struct link_needs link = { .ctx = d,
		.ask_for_url = ask_for_url,
		.on_event = on_event,
		.on_connected = on_connected };
	const char *conninfo = d->own != NULL ? embedded_conninfo(d->own) : d->needs.conninfo;

	d->inbox = inbox_new(conninfo, &house, &inbox);
	d->loop = loop_new(s->ca_file, why);
	if (d->loop == NULL)
		return false;
	d->api = api_new(d->loop, d->needs.api_url, answered, d, why);
	if (d->api == NULL)
		return false;
	api_webhooks(d->api, s->webhook_hosts, d->needs.webhook_secret);
	d->link = link_new(d->loop, s->connections, &link, why);
	return d->link != NULL;
}

static void run_rooms(struct daemon *d)
{
	d->tick = timer_new(d->loop, on_tick, d);
	loop_on_wake(d->loop, on_wake, d);
	loop_on_term(d->loop, on_term, d);
	loop_on_hup(d->loop, on_hup, d);
	d->severities_cause = "start";
	d->severities = file_watch_new(d->loop, d->needs.settings->severities_file,
		SETTINGS_BIGGEST + 1, on_severities, d);
	if (d->own != NULL)
		d->data = file_watch_new(
			d->loop, embedded_data_file(d->own), DATA_FILE_MOST, on_data, d);
	d->counts_at = clock_ms() + COUNTS_MS;
	inbox_start(d->inbox);
	link_start(d->link);
	note_health(d);
	timer_set(d->tick, TICK_MS);
	log_info("incidentd runs");
	loop_run(d->loop);
	d->counts_at = 0;
	log_counts(d);
	inbox_stop(d->inbox);
	d->counts_at = 0;
	log_counts(d);
}

static void close_rooms(struct daemon *d)
{
	web_close(d->web);
	timer_free(d->tick);
	file_watch_free(d->severities);
	file_watch_free(d->data);
	link_free(d->link);
	api_free(d->api);
	loop_free(d->loop);
	inbox_free(d->inbox);
	embedded_close(d->own);
	health_free(d->health);
}

bool doors_run(const struct doors_needs *needs, struct fail *why)
{
	struct daemon d = { .needs = *needs, .health = health_new() };
	bool ok = open_web(&d, why) && open_database(&d, why) && open_rooms(&d, why);

	if (ok)
		run_rooms(&d);
	if (ok && inbox_state(d.inbox).cannot_start != NULL)
		ok = fail_set(why, FAIL_BROKEN, "%s", inbox_state(d.inbox).cannot_start);
	close_rooms(&d);
	return ok;
}

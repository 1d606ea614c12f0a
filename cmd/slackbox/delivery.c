#include "delivery.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>

#include "answer.h"
#include "clock.h"
#include "json_out.h"
#include "link.h"
#include "tally.h"

enum { ACK_MS = 3000, RETRIES = 3, BUCKETS = 8192, KEPT = 20000, REORDER_MS = 200 };

static const int64_t RETRY_MS[RETRIES] = { 0, 60000, 300000 };
static const char *const KIND_NAMES[] = { "events_api", "slash_commands", "interactive" };

/* Where an envelope is: it is in the list of the same name, or in `over`. */
enum envelope_state { STATE_SENT, STATE_WAITING, STATE_ACKED, STATE_LATE };

struct envelope {
	TAILQ_ENTRY(envelope) at;
	struct envelope *chain; /* in its bucket */
	char id[40], event_id[32];
	enum envelope_kind kind;
	enum envelope_state state;
	int attempt;
	unsigned line;
	long ended;     /* which one it was of those that are over, from 1 on */
	int64_t due_at; /* the ack's deadline, or the time to send it */
	char *payload;  /* JSON; NULL once it is over */
	char *user, *channel, *what, *ts;
};

TAILQ_HEAD(envelopes, envelope);

struct delivery {
	struct envelopes sent, waiting, over;
	struct envelope *buckets[BUCKETS];
	long n_sent, n_waiting, n_over, ended;
	long count_sent, count_acked, count_late, count_retried, count_lost, count_duplicates;
	struct tally tally;
	uint64_t serial;
};

struct delivery *delivery_new(void)
{
	struct delivery *d = calloc(1, sizeof *d);

	if (d == NULL)
		abort();
	TAILQ_INIT(&d->sent);
	TAILQ_INIT(&d->waiting);
	TAILQ_INIT(&d->over);
	return d;
}

static unsigned envelope_bucket(const char *id)
{
	uint32_t hash = 2166136261U;

	for (; *id != '\0'; id++)
		hash = (hash ^ (unsigned char)*id) * 16777619U;
	return hash % BUCKETS;
}

static void envelope_free(struct delivery *d, struct envelope *e)
{
	for (struct envelope **p = &d->buckets[envelope_bucket(e->id)]; *p != NULL;
		p = &(*p)->chain) {
		if (*p == e) {
			*p = e->chain;
			break;
		}
	}
	free(e->payload);
	free(e->user);
	free(e->channel);
	free(e->what);
	free(e->ts);
	free(e);
}

static void envelopes_free(struct delivery *d, struct envelopes *list)
{
	struct envelope *e;

	while ((e = TAILQ_FIRST(list)) != NULL) {
		TAILQ_REMOVE(list, e, at);
		envelope_free(d, e);
	}
}

void delivery_free(struct delivery *d)
{
	if (d == NULL)
		return;
	envelopes_free(d, &d->sent);
	envelopes_free(d, &d->waiting);
	envelopes_free(d, &d->over);
	free(d);
}

static struct envelope *delivery_find(struct delivery *d, const char *id)
{
	struct envelope *e = d->buckets[envelope_bucket(id)];

	while (e != NULL && strcmp(e->id, id) != 0)
		e = e->chain;
	return e;
}

static char *text_copy(const char *text)
{
	char *copy = text != NULL ? strdup(text) : NULL;

	if (text != NULL && copy == NULL)
		abort();
	return copy;
}

/* Takes the payload's text. */
static struct envelope *envelope_new(
	struct box *box, const struct envelope_about *about, char *payload)
{
	struct delivery *d = box->delivery;
	struct envelope *e = calloc(1, sizeof *e);
	uint64_t random = box_random(box);
	unsigned bucket;

	if (e == NULL)
		abort();
	e->kind = about->kind;
	e->payload = payload;
	e->user = text_copy(about->user);
	e->channel = text_copy(about->channel);
	e->what = text_copy(about->what);
	e->ts = text_copy(about->ts);
	if (snprintf(e->id, sizeof e->id, "%08x-%04x-4%03x-8%03x-%012" PRIx64,
		    (unsigned)(random >> 32), (unsigned)(random >> 16) & 0xffff,
		    (unsigned)(random >> 4) & 0xfff, (unsigned)(random & 0xfff),
		    ++d->serial) >= (int)sizeof e->id)
		abort();
	bucket = envelope_bucket(e->id);
	e->chain = d->buckets[bucket];
	d->buckets[bucket] = e;
	return e;
}

static void delivery_wait(struct delivery *d, struct envelope *e, int64_t due_at)
{
	e->state = STATE_WAITING;
	e->due_at = due_at;
	TAILQ_INSERT_TAIL(&d->waiting, e, at);
	d->n_waiting++;
}

static void delivery_over(struct delivery *d, struct envelope *e, enum envelope_state state)
{
	struct envelope *oldest;

	e->state = state;
	e->ended = ++d->ended;
	free(e->payload);
	e->payload = NULL;
	TAILQ_INSERT_TAIL(&d->over, e, at);
	if (++d->n_over <= KEPT)
		return;
	oldest = TAILQ_FIRST(&d->over);
	TAILQ_REMOVE(&d->over, oldest, at);
	envelope_free(d, oldest);
	d->n_over--;
}

/* Not acked, for whatever reason; the envelope is in no list. */
static void delivery_failed(struct box *box, struct envelope *e, const char *error)
{
	struct delivery *d = box->delivery;
	struct envelope_about about = { e->kind, e->user, e->channel, e->what, e->ts };
	struct envelope *again;

	if (e->kind == ENVELOPE_EVENT)
		tally_note(&d->tally, clock_ms(), true);
	if (e->kind != ENVELOPE_EVENT) {
		answer_failed(box, e->user, e->channel, e->what, error);
	} else if (e->attempt < RETRIES) {
		again = envelope_new(box, &about, text_copy(e->payload));
		memcpy(again->event_id, e->event_id, sizeof again->event_id);
		again->attempt = e->attempt + 1;
		delivery_wait(d, again, clock_ms() + box_scaled(box, RETRY_MS[e->attempt]));
	} else {
		d->count_lost++;
	}
	delivery_over(d, e, STATE_LATE);
}

static void envelope_write(const struct envelope *e, struct buf *out)
{
	struct json_out o = { .to = out };

	json_open(&o, NULL, '{');
	json_put_text(&o, "envelope_id", e->id);
	json_put_raw(&o, "payload", e->payload);
	json_put_text(&o, "type", KIND_NAMES[e->kind]);
	json_put_bool(&o, "accepts_response_payload", e->kind == ENVELOPE_COMMAND);
	if (e->kind == ENVELOPE_EVENT) {
		json_put_int(&o, "retry_attempt", e->attempt);
		json_put_text(&o, "retry_reason", e->attempt > 0 ? "timeout" : "");
	}
	json_close(&o);
}

/* The envelope is in no list. */
static void delivery_post(struct box *box, struct envelope *e)
{
	struct delivery *d = box->delivery;
	struct line *line = link_pick(box->link);
	struct buf frame = { 0 };

	if (e->kind == ENVELOPE_EVENT && d->tally.off) {
		d->count_lost++;
		delivery_over(d, e, STATE_LATE);
		return;
	}
	if (line == NULL) {
		delivery_failed(box, e, "dispatch_failed");
		return;
	}
	envelope_write(e, &frame);
	e->state = STATE_SENT;
	e->line = line_serial(line);
	e->due_at = clock_ms() + ACK_MS;
	TAILQ_INSERT_TAIL(&d->sent, e, at);
	d->n_sent++;
	d->count_sent++;
	d->count_retried += e->attempt > 0 ? 1 : 0;
	line_send(line, frame.text, frame.len);
	buf_done(&frame);
}

static void delivery_post_or_hold(struct box *box, struct envelope *e)
{
	if (box_chance(box, box->faults.reorder))
		delivery_wait(
			box->delivery, e, clock_ms() + (int64_t)(box_random(box) % REORDER_MS));
	else
		delivery_post(box, e);
}

static cJSON *wrap_event(const struct world *w, cJSON *event, const char *event_id)
{
	cJSON *outer = cJSON_CreateObject(), *who = cJSON_CreateObject();
	const char *type = tree_text(event, "type"), *channel = tree_text(event, "channel");
	const cJSON *about = channel != NULL ? world_channel(w, channel) : NULL;
	int64_t now_s = box_wall_ms() / 1000;
	char context[128];

	if (snprintf(context, sizeof context, "4-%s-%s-%s", type != NULL ? type : "none", TEAM_ID,
		    channel != NULL ? channel : "none") < 0)
		abort();
	cJSON_AddStringToObject(outer, "token", "verification-token");
	cJSON_AddStringToObject(outer, "team_id", TEAM_ID);
	cJSON_AddStringToObject(outer, "context_team_id", TEAM_ID);
	cJSON_AddNullToObject(outer, "context_enterprise_id");
	cJSON_AddStringToObject(outer, "api_app_id", APP_ID);
	cJSON_AddItemToObject(outer, "event", event);
	cJSON_AddStringToObject(outer, "type", "event_callback");
	cJSON_AddStringToObject(outer, "event_id", event_id);
	cJSON_AddNumberToObject(outer, "event_time", (double)now_s);
	cJSON_AddNullToObject(who, "enterprise_id");
	cJSON_AddStringToObject(who, "team_id", TEAM_ID);
	cJSON_AddStringToObject(who, "user_id", BOT_USER);
	cJSON_AddTrueToObject(who, "is_bot");
	cJSON_AddFalseToObject(who, "is_enterprise_install");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(outer, "authorizations"), who);
	tree_set_yes(outer, "is_ext_shared_channel", tree_yes(about, "is_ext_shared"));
	cJSON_AddStringToObject(outer, "event_context", context);
	return outer;
}

static void delivery_post_event(
	struct box *box, const struct envelope_about *about, char *payload, const char event_id[32])
{
	struct envelope *e = envelope_new(box, about, payload);

	memcpy(e->event_id, event_id, sizeof e->event_id);
	delivery_post_or_hold(box, e);
}

void delivery_event(struct box *box, cJSON *event)
{
	struct envelope_about about = { .kind = ENVELOPE_EVENT,
		.channel = tree_text(event, "channel"),
		.what = tree_text(event, "type"),
		.ts = tree_text(event, "ts") };
	char event_id[32] = "Ev0";
	cJSON *outer;
	char *payload;

	box_random_text(box, event_id + 3, 12);
	for (char *c = event_id + 3; *c != '\0'; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
	outer = wrap_event(box->world, event, event_id);
	payload = cJSON_PrintUnformatted(outer);
	if (box_chance(box, box->faults.duplicates)) {
		box->delivery->count_duplicates++;
		delivery_post_event(box, &about, text_copy(payload), event_id);
	}
	delivery_post_event(box, &about, payload, event_id);
	cJSON_Delete(outer);
}

void delivery_rate_limited(struct box *box)
{
	struct envelope_about about = { .kind = ENVELOPE_EVENT, .what = "app_rate_limited" };
	cJSON *outer = cJSON_CreateObject();
	int64_t minute_s = box_wall_ms() / 60000 * 60;

	cJSON_AddStringToObject(outer, "token", "verification-token");
	cJSON_AddStringToObject(outer, "type", "app_rate_limited");
	cJSON_AddStringToObject(outer, "team_id", TEAM_ID);
	cJSON_AddNumberToObject(outer, "minute_rate_limited", (double)minute_s);
	cJSON_AddStringToObject(outer, "api_app_id", APP_ID);
	delivery_post_event(box, &about, cJSON_PrintUnformatted(outer), (char[32]){ 0 });
	cJSON_Delete(outer);
}

void delivery_disabling(struct box *box, int64_t window_ms, long least)
{
	box->delivery->tally.window_ms = window_ms;
	box->delivery->tally.least = least;
	tally_forget(&box->delivery->tally);
}

void delivery_enable(struct box *box, bool on)
{
	tally_forget(&box->delivery->tally);
	box->delivery->tally.off = !on;
}

void delivery_send(struct box *box, const struct envelope_about *about, cJSON *payload)
{
	char *text = cJSON_PrintUnformatted(payload);

	cJSON_Delete(payload);
	delivery_post(box, envelope_new(box, about, text));
}

void delivery_raw(struct box *box, const char *text, size_t len)
{
	struct line *line = link_pick(box->link);

	if (line != NULL)
		line_send(line, text, len);
}

static void delivery_take_ack(struct box *box, struct envelope *e, const cJSON *payload)
{
	struct delivery *d = box->delivery;

	TAILQ_REMOVE(&d->sent, e, at);
	d->n_sent--;
	d->count_acked++;
	if (e->kind == ENVELOPE_EVENT)
		tally_note(&d->tally, clock_ms(), false);
	delivery_over(d, e, STATE_ACKED);
	if (e->kind != ENVELOPE_EVENT)
		answer_ack(box, e->user, e->channel, e->what, payload);
	load_pump(box);
}

void delivery_ack(struct box *box, unsigned line, const char *frame)
{
	cJSON *ack = cJSON_Parse(frame);
	const char *id = tree_text(ack, "envelope_id");
	struct envelope *e = id != NULL ? delivery_find(box->delivery, id) : NULL;

	if (id == NULL)
		world_finding(box->world, "a frame from the client that is no ack: %.80s", frame);
	else if (e == NULL || e->state == STATE_WAITING)
		world_finding(box->world, "an ack for the unknown envelope %.40s", id);
	else if (e->line != line)
		world_finding(box->world, "the ack for %s came on another connection", id);
	else if (e->state == STATE_ACKED)
		world_finding(box->world, "a second ack for %s", id);
	else if (e->state == STATE_LATE)
		box->delivery->count_late++;
	else
		delivery_take_ack(box, e, cJSON_GetObjectItemCaseSensitive(ack, "payload"));
	cJSON_Delete(ack);
}

static void delivery_unsend(struct box *box, struct envelope *e, const char *error)
{
	TAILQ_REMOVE(&box->delivery->sent, e, at);
	box->delivery->n_sent--;
	delivery_failed(box, e, error);
}

void delivery_line_closed(struct box *box, unsigned line)
{
	if (box->stopping)
		return;
	for (struct envelope *e = TAILQ_FIRST(&box->delivery->sent), *next; e != NULL; e = next) {
		next = TAILQ_NEXT(e, at);
		if (e->line == line)
			delivery_unsend(box, e, "operation_timeout");
	}
}

void delivery_tick(struct box *box, int64_t now_ms)
{
	struct delivery *d = box->delivery;
	struct envelope *e, *next;
	long due = d->n_waiting; /* what fails now is for the next tick */

	while ((e = TAILQ_FIRST(&d->sent)) != NULL && e->due_at <= now_ms)
		delivery_unsend(box, e, "operation_timeout");
	for (e = TAILQ_FIRST(&d->waiting); e != NULL && due-- > 0; e = next) {
		next = TAILQ_NEXT(e, at);
		if (e->due_at > now_ms)
			continue;
		TAILQ_REMOVE(&d->waiting, e, at);
		d->n_waiting--;
		delivery_post(box, e);
	}
}

long delivery_pending(const struct delivery *d)
{
	return d->n_sent + d->n_waiting;
}

long delivery_outstanding(const struct delivery *d)
{
	return d->n_sent;
}

static cJSON *envelope_dump(const struct envelope *e, const char *state)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "envelope_id", e->id);
	cJSON_AddStringToObject(o, "type", KIND_NAMES[e->kind]);
	cJSON_AddStringToObject(o, "event_id", e->event_id);
	tree_set_text(o, "what", e->what);
	tree_set_text(o, "channel", e->channel);
	tree_set_text(o, "ts", e->ts);
	cJSON_AddStringToObject(o, "state", state);
	cJSON_AddNumberToObject(o, "retry_attempt", e->attempt);
	cJSON_AddNumberToObject(o, "connection", e->line);
	return o;
}

static void envelopes_dump(const struct envelopes *list, const char *state, cJSON *out)
{
	const struct envelope *e;

	TAILQ_FOREACH(e, list, at)
	cJSON_AddItemToArray(out, envelope_dump(e, state));
}

cJSON *delivery_journal(const struct delivery *d, long since, long *next_out)
{
	cJSON *list = cJSON_CreateArray();
	const struct envelope *e = TAILQ_LAST(&d->over, envelopes);

	*next_out = d->ended;
	while (e != NULL && e->ended > since + 1 && TAILQ_PREV(e, envelopes, at) != NULL)
		e = TAILQ_PREV(e, envelopes, at);
	for (; e != NULL; e = TAILQ_NEXT(e, at)) {
		if (e->ended > since)
			cJSON_AddItemToArray(
				list, envelope_dump(e, e->state == STATE_ACKED ? "acked" : "late"));
	}
	return list;
}

cJSON *delivery_dump(const struct delivery *d)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *pending = cJSON_AddArrayToObject(o, "pending");

	envelopes_dump(&d->sent, "sent", pending);
	envelopes_dump(&d->waiting, "waiting", pending);
	cJSON_AddNumberToObject(o, "sent", (double)d->count_sent);
	cJSON_AddNumberToObject(o, "acked", (double)d->count_acked);
	cJSON_AddNumberToObject(o, "late", (double)d->count_late);
	cJSON_AddNumberToObject(o, "retried", (double)d->count_retried);
	cJSON_AddNumberToObject(o, "lost", (double)d->count_lost);
	cJSON_AddNumberToObject(o, "duplicates", (double)d->count_duplicates);
	cJSON_AddBoolToObject(o, "enabled", !d->tally.off);
	return o;
}

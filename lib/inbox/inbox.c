#include "inbox.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "alarms.h"
#include "clock.h"
#include "contact.h"
#include "desk.h"
#include "log.h"
#include "queue.h"
#include "regime.h"
#include "sweep.h"
#include "troubles.h"
#include "watch.h"

/* A group is small enough to commit in a moment; the queue holds some seconds of a storm. */
enum {
	GROUP_MOST = 256,
	QUEUE_MOST = 8192,
	AIR_MOST = 16, /* calls without an answer: fewer than api sends at once */
	BUSY_MS = 200,
	SWEEP_MS = 20,
	ALIVE_GAP_MS = 1000,
	ALARMS_GAP_MS = 1000,
	APART_MS = 10000,
	IDLE_MS = 1000,
	REST_MS = 500,
	PRUNE_MS = 60000 /* 1000 rows a time: more than comes */
};
/* What the desk does besides its groups. */
enum chore {
	CHORE_LEVELS,
	CHORE_ALIVE,
	CHORE_WATCH,
	CHORE_ALARMS,
	CHORE_SEND,
	CHORE_SWEEP,
	CHORE_TROUBLES,
	CHORES
};
static const size_t QUEUE_BYTES = 16u << 20; /* of frames; read, they are some times that */
static const int64_t LATE_US = 3000000;
/* So long before that an acknowledgement may be overtaken: a turn and its commit take their time. */
static const int64_t HURRY_US = 1500000;

enum phase { WORKING, DRAINING, STOPPING };

struct inbox {
	char *conninfo;
	struct house house;
	struct inbox_needs needs;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t more;
	/* under the lock */
	enum phase phase;
	bool live;
	const char *
		gap; /* why something may have been missed since it was last asked; NULL: nothing */
	int64_t busy_since; /* ms; 0: no group is being run */
	struct items waiting, acks;
	struct parcel *parcels, **parcels_end;
	struct paper *paper;
	struct inbox_state state;
	/* Changed by the desk alone, which reads them without the lock. Apart: those that let others go first. */
	struct items group, apart;
	/* the desk's own */
	struct contact contact;
	bool has_more;
	int in_vain[CHORES];                   /* how often in a row */
	int64_t apart_at;                      /* ms: when those apart are tried again */
	int64_t prune_at, alive_at, alarms_at; /* ms */
	int under_way;                         /* calls that were taken and are not settled */
	struct watch watch;
	struct troubles troubles;
	struct regime regime;
	int64_t asked_for; /* the regime whose channels Slack was asked for */
	struct sweeping sweeping;
};

static char *copied(const char *text)
{
	char *copy = text == NULL ? NULL : strdup(text);

	if (text != NULL && copy == NULL)
		abort();
	return copy;
}

struct inbox *inbox_new(
	const char *conninfo, const struct house *house, const struct inbox_needs *needs)
{
	struct inbox *b = calloc(1, sizeof(*b));
	pthread_condattr_t attr;

	if (b == NULL)
		abort();
	b->conninfo = copied(conninfo);
	b->house = *house;
	b->needs = *needs;
	b->parcels_end = &b->parcels;
	contact_init(&b->contact, b->conninfo, &b->house);
	troubles_init(&b->troubles);
	b->watch.desk = b->contact.desk;
	regime_init(&b->regime, needs->read_levels, needs->severities_file, b->contact.desk);
	(void)pthread_mutex_init(&b->lock, NULL); /* these cannot fail on Linux */
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&b->more, &attr);
	(void)pthread_condattr_destroy(&attr);
	return b;
}

void inbox_free(struct inbox *b)
{
	if (b == NULL)
		return;
	contact_drop(&b->contact);
	troubles_done(&b->troubles);
	items_done(&b->waiting);
	items_done(&b->acks);
	items_done(&b->group);
	items_done(&b->apart);
	parcels_free(b->parcels);
	paper_free(b->paper);
	regime_done(&b->regime);
	(void)pthread_mutex_destroy(&b->lock);
	(void)pthread_cond_destroy(&b->more);
	free(b->conninfo);
	free(b);
}

static bool put(struct inbox *b, struct item *it)
{
	bool room;

	pthread_mutex_lock(&b->lock);
	room = it->is_answer || (b->waiting.count < QUEUE_MOST && b->waiting.bytes < QUEUE_BYTES);
	if (room)
		items_put(&b->waiting, it);
	else {
		b->state.dropped++;
		b->gap = "no room";
	}
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
	return room;
}

/*
 * Slack tells who typed a command or sent a form after 3 seconds that it failed, and does not send it again: they
 * have tried again since, or gone another way.
 */
static int64_t too_late_at(const struct event *ev)
{
	bool is_theirs =
		ev->kind == EVENT_SLASH || ev->kind == EVENT_SUBMIT || ev->kind == EVENT_PRESS;

	return is_theirs ? ev->received_us + LATE_US : 0;
}

bool inbox_put(struct inbox *b, int64_t socket, struct event *ev)
{
	struct item *it = calloc(1, sizeof(*it));

	if (it == NULL)
		abort();
	it->socket = socket;
	it->ev = *ev;
	it->too_late_us = too_late_at(ev);
	if (it->too_late_us != 0)
		it->hurry_us = it->too_late_us - HURRY_US;
	if (put(b, it))
		return true;
	free(it);
	log_warn("no room for an event type=%.40s: slack will come again",
		ev->type != NULL ? ev->type : "none");
	return false;
}

void inbox_answer(struct inbox *b, const struct outbox_reply *r)
{
	struct item *it = calloc(1, sizeof(*it));

	if (it == NULL)
		abort();
	it->is_answer = true;
	it->reply = *r;
	it->reply.body = copied(r->body);
	it->reply.error = copied(r->error);
	it->reply.scopes = copied(r->scopes);
	it->ev.received_us = clock_wall_us();
	(void)put(b, it); /* there is always room for an answer */
}

void inbox_collect(struct inbox *b, const struct inbox_out *out)
{
	struct items acks;
	struct parcel *parcels;

	pthread_mutex_lock(&b->lock);
	acks = b->acks;
	b->acks = (struct items){ 0 };
	parcels = b->parcels;
	b->parcels = NULL;
	b->parcels_end = &b->parcels;
	pthread_mutex_unlock(&b->lock);
	for (struct item *it = acks.first; it != NULL; it = it->next)
		out->ack(out->ctx, it->socket, it->ev.envelope, it->payload);
	for (struct parcel *p = parcels; p != NULL; p = p->next)
		out->send(out->ctx, &p->send);
	items_done(&acks);
	parcels_free(parcels);
}

struct inbox_state inbox_state(struct inbox *b)
{
	struct inbox_state s;

	pthread_mutex_lock(&b->lock);
	s = b->state;
	s.waiting = b->waiting.count + b->group.count + b->apart.count;
	s.busy_ms = b->busy_since != 0 ? clock_ms() - b->busy_since : 0;
	pthread_mutex_unlock(&b->lock);
	return s;
}

bool inbox_untroubled(struct inbox *b, struct buf *reasons)
{
	return troubles_tell(&b->troubles, reasons);
}

/* --- the desk's thread --------------------------------------------------------------------------- */

static enum phase phase_of(struct inbox *b)
{
	enum phase p;

	pthread_mutex_lock(&b->lock);
	p = b->phase;
	pthread_mutex_unlock(&b->lock);
	return p;
}

static void set_database(struct inbox *b, bool there, const struct fail *why)
{
	bool was, told;

	pthread_mutex_lock(&b->lock);
	was = b->state.has_database;
	told = b->state.why[0] != '\0' && !was;
	b->state.has_database = there;
	b->state.why[0] = '\0';
	if (why != NULL)
		memcpy(b->state.why, why->text, sizeof(b->state.why));
	pthread_mutex_unlock(&b->lock);
	if (there && !was)
		log_info("postgres is there");
	if (!there && !told)
		log_error("postgres is away, nothing is acknowledged: %s", why->text);
}

static void cannot_start(struct inbox *b, const char *reason, const char *why)
{
	bool was;

	pthread_mutex_lock(&b->lock);
	was = b->state.cannot_start != NULL;
	b->state.cannot_start = reason;
	pthread_mutex_unlock(&b->lock);
	if (!was)
		log_error("%s: %s", reason, why);
	b->needs.wake(b->needs.ctx);
}

static bool connected(struct inbox *b)
{
	struct fail why;

	if (contact_make(&b->contact, &why)) {
		/* As long as a group waits, its commit shows that Postgres is there. */
		if (b->group.count == 0)
			set_database(b, true, NULL);
		return true;
	}
	if (why.kind == FAIL_BROKEN)
		cannot_start(b, "the database does not fit", why.text);
	set_database(b, false, &why);
	return false;
}

static void disconnect(struct inbox *b, const struct fail *why)
{
	contact_drop(&b->contact);
	if (phase_of(b) != STOPPING)
		set_database(b, false, why);
}

static void wait_for_more(struct inbox *b, int64_t ms)
{
	struct timespec until = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &until); /* cannot fail on Linux */
	until.tv_sec += ms / 1000;
	until.tv_nsec += ms % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	(void)pthread_cond_timedwait(&b->more, &b->lock, &until); /* a time-out is fine */
}

/* Fills the group with what waits. False: it is time to stop, and nothing is left to do. */
static bool gather(struct inbox *b)
{
	bool go_on;

	pthread_mutex_lock(&b->lock);
	if (b->waiting.count == 0 && b->group.count == 0 && b->phase != STOPPING)
		wait_for_more(b, b->sweeping.busy ? SWEEP_MS : b->has_more ? BUSY_MS : IDLE_MS);
	while (b->group.count < GROUP_MOST && b->waiting.count > 0)
		items_put(&b->group, items_take(&b->waiting));
	while (b->apart.count > 0 && clock_ms() >= b->apart_at)
		items_put(&b->group, items_take(&b->apart));
	go_on = b->phase != STOPPING || b->group.count > 0;
	if (b->group.count > 0 && b->busy_since == 0)
		b->busy_since = clock_ms();
	pthread_mutex_unlock(&b->lock);
	return go_on;
}

/* What was committed is acknowledged; what waits for another try stays. */
static void hand_over(struct inbox *b, const struct tally *t)
{
	pthread_mutex_lock(&b->lock);
	b->state.committed += t->committed;
	b->state.duplicates += t->duplicates;
	b->state.refused += t->refused;
	b->state.failed += t->failed;
	b->busy_since = 0;
	for (struct item *it = items_take(&b->group); it != NULL; it = items_take(&b->group)) {
		if (it->waits) {
			items_put(&b->apart, it);
			b->apart_at = clock_ms() + APART_MS;
			continue;
		}
		b->under_way -= it->is_answer;
		if (it->is_answer || it->lost)
			item_free(it);
		else
			items_put(&b->acks, it);
	}
	pthread_mutex_unlock(&b->lock);
	b->needs.wake(b->needs.ctx);
}

/* As long as we live, nobody else takes what we have under way. */
static bool say_alive(struct inbox *b, struct fail *why)
{
	if (b->under_way == 0 || clock_ms() < b->alive_at)
		return true;
	b->alive_at = clock_ms() + ALIVE_GAP_MS;
	return outbox_alive(b->contact.store, b->contact.desk, why);
}

static bool between(void *ctx, struct fail *why)
{
	struct inbox *b = ctx;

	if (phase_of(b) == STOPPING)
		return fail_set(why, FAIL_LATER, "asked to end");
	return say_alive(b, why);
}

static bool run_group(struct inbox *b)
{
	struct desk_needs needs = {
		.store = b->contact.store, .house = &b->house, .ctx = b, .between = between
	};
	struct tally t = { 0 };
	struct fail why;

	if (b->group.count == 0)
		return true;
	if (!desk_run(&needs, &b->group, &t, &why)) {
		disconnect(b, &why);
		return false;
	}
	if (t.committed + t.failed > 0)
		set_database(b, true, NULL);
	hand_over(b, &t);
	return true;
}

static void hand_out(struct inbox *b, const struct outbox_due *due)
{
	for (int i = 0; i < due->count; i++)
		if (due->list[i].too_late)
			inbox_answer(b,
				&(struct outbox_reply){ .id = due->list[i].id,
					.attempt = due->list[i].attempt,
					.too_late = true,
					.body = "{}" });
	pthread_mutex_lock(&b->lock);
	for (int i = 0; i < due->count; i++) {
		if (due->list[i].too_late)
			continue;
		*b->parcels_end = parcel_new(&due->list[i]);
		b->parcels_end = &(*b->parcels_end)->next;
	}
	pthread_mutex_unlock(&b->lock);
	b->needs.wake(b->needs.ctx);
}

static bool send_due(struct inbox *b, struct fail *why)
{
	struct arena *a;
	struct outbox_due due = { 0 };
	bool ok;

	if (b->under_way >= AIR_MOST)
		return true;
	a = arena_new();
	ok = outbox_due(b->contact.store, a, b->contact.desk, AIR_MOST - b->under_way, &due, why);
	if (ok)
		b->has_more = due.has_more;
	if (due.count > 0) {
		b->under_way += due.count;
		b->alive_at = clock_ms() + ALIVE_GAP_MS;
		hand_out(b, &due);
	}
	arena_free(a);
	return ok;
}

static void prune(struct inbox *b)
{
	if (clock_ms() < b->prune_at)
		return;
	b->prune_at = clock_ms() + PRUNE_MS;
	desk_prune(b->contact.store, &b->needs.keep);
}

void inbox_drain(struct inbox *b)
{
	pthread_mutex_lock(&b->lock);
	b->phase = DRAINING;
	pthread_mutex_unlock(&b->lock);
}

void inbox_live(struct inbox *b, bool live)
{
	pthread_mutex_lock(&b->lock);
	b->live = live;
	if (!live)
		b->gap = "no connection";
	pthread_mutex_unlock(&b->lock);
}

/* It was written down; another one may have come since. */
static void forget_gap(struct inbox *b, const char *gap)
{
	pthread_mutex_lock(&b->lock);
	if (b->gap == gap && b->live)
		b->gap = NULL;
	pthread_mutex_unlock(&b->lock);
}

/* Writes down that we watch. What cannot be written now is tried again. */
static bool keep_watch(struct inbox *b, struct fail *why)
{
	const char *gap;
	bool live;

	pthread_mutex_lock(&b->lock);
	live = b->live;
	gap = b->gap;
	pthread_mutex_unlock(&b->lock);
	if ((gap != NULL && !watch_break(&b->watch, b->contact.store, gap, why)) ||
		!watch_tick(&b->watch, b->contact.store, &b->house, live, why))
		return false;
	forget_gap(b, gap);
	return true;
}

static bool see_troubles(struct inbox *b, struct fail *why)
{
	return troubles_look(&b->troubles, b->contact.store, &b->house, why);
}

void inbox_levels(
	struct inbox *b, const char *cause, const char *text, size_t len, const char *error)
{
	struct paper *p = paper_new(cause, text, len, error);

	pthread_mutex_lock(&b->lock);
	paper_free(b->paper);
	b->paper = p;
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
}

static bool keep_levels(struct inbox *b, struct fail *why)
{
	struct paper *p;

	pthread_mutex_lock(&b->lock);
	p = b->paper;
	b->paper = NULL;
	pthread_mutex_unlock(&b->lock);
	if (p != NULL)
		regime_put(&b->regime, p);
	if (!regime_tick(&b->regime, b->contact.store, &b->house, why))
		return false;
	if (regime_is_void(&b->regime, &b->house))
		cannot_start(b, "there are no severity levels to start with",
			"their file cannot be used, and none are on record");
	if (b->asked_for == b->regime.number)
		return true;
	if (!troubles_ask(b->contact.store, &b->house, why))
		return false;
	b->asked_for = b->regime.number;
	return true;
}

static bool ring_alarms(struct inbox *b, struct fail *why)
{
	if (clock_ms() < b->alarms_at)
		return true;
	b->alarms_at = clock_ms() + ALARMS_GAP_MS;
	return alarms_ring(b->contact.store, &b->house, 0, why);
}

static bool sweep(struct inbox *b, struct fail *why)
{
	return sweeping_tick(&b->sweeping, b->contact.store, &b->house, why);
}

static bool (*const CHORE[CHORES])(struct inbox *, struct fail *) = {
	[CHORE_LEVELS] = keep_levels,
	[CHORE_ALIVE] = say_alive,
	[CHORE_WATCH] = keep_watch,
	[CHORE_ALARMS] = ring_alarms,
	[CHORE_SEND] = send_due,
	[CHORE_SWEEP] = sweep,
	[CHORE_TROUBLES] = see_troubles,
};
static const char *const CHORE_NAME[CHORES] = { "levels", "alive", "watch", "alarms", "outbox",
	"sweep", "troubles" };

/* A lost race passes; what fails again shows that Postgres takes nothing now: false. Our own fault is said once. */
static bool did(struct inbox *b, enum chore which)
{
	struct fail why;

	if (CHORE[which](b, &why)) {
		b->in_vain[which] = 0;
		return true;
	}
	b->in_vain[which]++;
	if (why.kind == FAIL_LATER) {
		if (b->in_vain[which] == 1 && store_alive(b->contact.store))
			return true;
		disconnect(b, &why);
		return false;
	}
	if (b->in_vain[which] == 1)
		log_error("%s: %s", CHORE_NAME[which], why.text);
	return true;
}

static bool turn(struct inbox *b)
{
	if (!connected(b) || !did(b, CHORE_LEVELS) || b->house.levels.count == 0 || !run_group(b) ||
		!did(b, CHORE_ALIVE))
		return false;
	if (phase_of(b) != WORKING)
		return true;
	if (!did(b, CHORE_WATCH) || !did(b, CHORE_ALARMS) || !did(b, CHORE_SEND) ||
		!did(b, CHORE_SWEEP) || !did(b, CHORE_TROUBLES))
		return false;
	prune(b);
	return true;
}

static void *desk(void *ctx)
{
	struct inbox *b = ctx;
	struct timespec rest = { .tv_nsec = REST_MS * 1000000L };
	struct fail why;

	while (gather(b)) {
		bool taken = turn(b);

		if (!taken && phase_of(b) == STOPPING)
			break;
		if (!taken)
			(void)nanosleep(&rest, NULL); /* shorter is fine */
	}
	if (b->contact.store != NULL && !watch_end(&b->watch, b->contact.store, &why))
		log_warn("watch: %s", why.text);
	return NULL;
}

void inbox_start(struct inbox *b)
{
	if (pthread_create(&b->thread, NULL, desk, b) != 0)
		abort();
}

void inbox_stop(struct inbox *b)
{
	pthread_mutex_lock(&b->lock);
	b->phase = STOPPING;
	pthread_cond_signal(&b->more);
	pthread_mutex_unlock(&b->lock);
	(void)pthread_join(b->thread, NULL); /* it ends: its statements have deadlines */
}

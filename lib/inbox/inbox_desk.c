#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "alarms.h"
#include "clock.h"
#include "desk.h"
#include "inbox_parts.h"
#include "log.h"

/* A group is small enough to commit in a moment. */
enum {
	GROUP_MOST = 256,
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

static struct desk_needs needs_of(struct inbox *b)
{
	return (struct desk_needs){
		.store = b->contact.store, .house = &b->house, .ctx = b, .between = between
	};
}

static bool run_group(struct inbox *b)
{
	struct desk_needs needs = needs_of(b);
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

/* It was written down; another one may have come since. */
static void forget_gap(struct inbox *b, const char *gap)
{
	pthread_mutex_lock(&b->lock);
	if (b->gap == gap && b->live_since != 0)
		b->gap = NULL;
	pthread_mutex_unlock(&b->lock);
}

/* Writes down that we watch. What cannot be written now is tried again. */
static bool keep_watch(struct inbox *b, struct fail *why)
{
	const char *gap;
	int64_t live_since;

	pthread_mutex_lock(&b->lock);
	live_since = b->live_since;
	gap = b->gap;
	pthread_mutex_unlock(&b->lock);
	if ((gap != NULL && !watch_break(&b->watch, b->contact.store, gap, why)) ||
		!watch_tick(&b->watch, b->contact.store, &b->house, live_since, why))
		return false;
	forget_gap(b, gap);
	return true;
}

static bool see_troubles(struct inbox *b, struct fail *why)
{
	return troubles_look(&b->troubles, b->contact.store, &b->house, why);
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
	struct desk_needs needs = needs_of(b);

	if (clock_ms() < b->alarms_at)
		return true;
	b->alarms_at = clock_ms() + ALARMS_GAP_MS;
	return alarms_ring(&needs, 0, why);
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

void *inbox_desk(void *ctx)
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

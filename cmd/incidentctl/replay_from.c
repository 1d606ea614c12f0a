#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "ctl.h"
#include "dispatch.h"
#include "kept.h"
#include "replay_levels.h"
#include "store_replay.h"
#include "store_sweep.h"

/* What was kept in one database is run again, in its order, into another. Nothing is sent. */
struct replay_from {
	struct store *from, *to;
	struct house house;
	struct replay_levels levels;
	struct arena *arena; /* of all that is read first, and of the levels */
	const struct birth *births;
	int birth_count, next_birth;
	int64_t done, all, failed, told_at;
};

enum { TELL_MS = 2000 };

static const char LATE[] = "came too late"; /* as the desk has it */

/* It had no effect then, so it has none now. */
static bool had_no_effect(const struct kept *k)
{
	bool refused = strcmp(k->state, "refused") == 0;

	return strcmp(k->state, "failed") == 0 ||
		(k->error != NULL && strcmp(k->error, DISPATCH_WAITS) == 0) ||
		(refused && k->error != NULL && strcmp(k->error, LATE) == 0) ||
		/* A form was refused for what was gone by then: from what came this can not be told. */
		(refused && strcmp(k->row.kind, "view_submission") == 0);
}

/* Numbers are those that people know, also when the frames of the first incidents are gone. */
static bool number_as_then(struct replay_from *r, int64_t at, struct fail *why)
{
	while (r->next_birth < r->birth_count && r->births[r->next_birth].at < at)
		r->next_birth++;
	return r->next_birth == r->birth_count || r->births[r->next_birth].at != at ||
		store_number_next(r->to, r->births[r->next_birth].incident, why);
}

static bool turn(struct replay_from *r, struct arena *a, const struct event *ev, struct fail *why)
{
	const char *reply;
	bool refused;

	return number_as_then(r, ev->received_us, why) &&
		dispatch_turn(&r->house, r->to, a, ev, &reply, &refused, why) &&
		store_outbox_discard(r->to, why);
}

static bool run_frame(
	struct replay_from *r, struct arena *a, const struct inbox_row *row, struct fail *why)
{
	struct event ev;
	bool ok;

	if (!event_read(row->frame, strlen(row->frame), &ev, why))
		return false;
	ev.received_us = row->received_us;
	ok = turn(r, a, &ev, why);
	event_done(&ev);
	return ok;
}

static bool run_answer(
	struct replay_from *r, struct arena *a, const struct inbox_row *row, struct fail *why)
{
	struct event ev;

	if (!answer_unpack(a, row->frame, &ev, why))
		return false;
	ev.received_us = row->received_us;
	return turn(r, a, &ev, why) && store_inbox_answer(r->to, row, ev.as.answer.incident, why);
}

static bool run_kept(struct replay_from *r, struct arena *a, const struct kept *k, struct fail *why)
{
	const char *reply;
	bool is_new;

	if (strcmp(k->row.kind, "answer") == 0)
		return run_answer(r, a, &k->row, why);
	return store_inbox_put(r->to, a, &k->row, &is_new, &reply, why) &&
		(had_no_effect(k) || run_frame(r, a, &k->row, why)) &&
		store_inbox_close(r->to, k->row.key, k->state, k->reply, k->error, why);
}

/* What cannot be run again is kept as failed, and told. */
static bool keep_failed(struct replay_from *r, struct arena *a, const struct kept *k,
	const struct fail *failed, struct fail *why)
{
	const char *reply;
	bool is_new;

	(void)fprintf(stderr, "incidentctl replay: %s of number %" PRId64 ": %s\n", k->row.kind,
		k->id, failed->text); /* nowhere else */
	r->failed++;
	return store_begin(r->to, why) && store_recorded_at(r->to, k->recorded_at, why) &&
		store_inbox_put(r->to, a, &k->row, &is_new, &reply, why) &&
		store_inbox_close(r->to, k->row.key, "failed", NULL, failed->text, why) &&
		store_commit(r->to, why);
}

static bool run_one(struct replay_from *r, struct arena *a, const struct kept *k, struct fail *why)
{
	struct fail failed;

	if (!replay_levels_until(&r->levels, r->to, r->arena, &r->house, k->recorded_us, why))
		return false;
	if (store_begin(r->to, &failed) && store_recorded_at(r->to, k->recorded_at, &failed) &&
		run_kept(r, a, k, &failed) && store_commit(r->to, &failed))
		return true;
	store_abandon(r->to);
	if (!store_alive(r->to)) {
		*why = failed;
		return false;
	}
	return keep_failed(r, a, k, &failed, why);
}

static void tell(struct replay_from *r)
{
	if (clock_ms() - r->told_at < TELL_MS)
		return;
	r->told_at = clock_ms();
	(void)fprintf(stderr, "%" PRId64 " of %" PRId64 "\n", r->done, r->all); /* a courtesy */
}

static bool run_page(
	struct replay_from *r, struct arena *a, int64_t *id, bool *more, struct fail *why)
{
	const struct kept *list;
	int count;

	if (!store_kept_after(r->from, a, *id, &list, &count, why))
		return false;
	for (int i = 0; i < count; i++) {
		struct arena *one = arena_new();
		bool ok = run_one(r, one, &list[i], why);

		arena_free(one);
		if (!ok)
			return false;
		*id = list[i].id;
		r->done++;
		tell(r);
	}
	*more = count > 0;
	return true;
}

static bool run_all(struct replay_from *r, struct arena *a, struct fail *why)
{
	bool more = true, empty, waiting;
	int64_t id = 0;

	if (!store_sweeps_waiting(r->from, &waiting, why))
		return false;
	if (waiting)
		return fail_set(why, FAIL_REFUSED,
			"what was redacted there is not gone from all that was kept yet: start its daemon, and wait until it is");
	if (!store_replay_begin(r->to, &empty, why) || !store_kept_count(r->from, &r->all, why) ||
		!store_births(r->from, a, &r->births, &r->birth_count, why) ||
		!replay_levels_open(&r->levels, r->from, a, &r->house, why))
		return false;
	if (!empty)
		return fail_set(why, FAIL_REFUSED,
			"there are incidents here already: an empty database is wanted");
	r->told_at = clock_ms();
	while (more) {
		struct arena *page = arena_new();
		bool ok = run_page(r, page, &id, &more, why);

		arena_free(page);
		if (!ok)
			return false;
	}
	return replay_levels_until(&r->levels, r->to, a, &r->house, INT64_MAX, why) &&
		store_begin(r->to, why) && store_redactions_copy(r->from, r->to, why) &&
		store_watches_copy(r->from, r->to, why) && store_commit(r->to, why);
}

static bool replay_from(const char *conninfo, const struct ctl_place *p, struct fail *why)
{
	struct replay_from r = { .house = ctl_house(&p->settings) };
	struct arena *a = arena_new();
	int made;
	bool ok;

	r.arena = a;
	r.house.runs_again = true;
	ok = store_migrate(p->conninfo, MIGRATE_PATIENT, &made, why);

	if (ok)
		r.to = store_open_for_reading(p->conninfo, why); /* with patience */
	if (r.to != NULL)
		r.from = store_open_for_reading(conninfo, why);
	ok = r.from != NULL && ctl_levels(p, r.from, a, &r.house.levels, why) &&
		run_all(&r, a, why);
	if (ok)
		(void)printf("ok: %" PRId64 " were run, %" PRId64 " failed\n", r.done,
			r.failed); /* the exit code says it too */
	store_close(r.from);
	store_close(r.to);
	arena_free(a);
	return ok && (r.failed == 0 || fail_set(why, FAIL_REFUSED, "the record is not the same"));
}

int ctl_replay_from(const char *conninfo)
{
	struct ctl_place p;
	struct fail why;
	bool ok;

	/* Its words are about the setting. */
	if (!store_check_address(conninfo, &why)) {
		(void)fail_set(&why, FAIL_REFUSED,
			"--from wants the address of the other database: "
			"postgresql://user:password@host:5432/name, or host=... dbname=...");
		return ctl_fail("replay", &why);
	}
	if (!ctl_place_open(&p))
		return CTL_FAILED;
	ok = replay_from(conninfo, &p, &why);
	ctl_place_close(&p);
	return ok ? CTL_DONE : ctl_fail("replay", &why);
}

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "ctl.h"
#include "dispatch.h"
#include "outbox.h"

/* Where and with what things are run again. */
struct replay {
	struct store *store;
	struct house house;
	struct arena *arena;
};

static bool run_again(const struct replay *r, const struct inbox_row *row, struct fail *why)
{
	struct event ev;
	const char *reply = NULL;
	bool refused, ok;

	if (!event_read(row->frame, strlen(row->frame), &ev, why))
		return false;
	ev.received_us = row->received_us;
	ok = ev.kind == EVENT_UNREADABLE
		? fail_set(why, FAIL_BROKEN, "still unreadable: %s", ev.wrong.text)
		: dispatch_turn(&r->house, r->store, r->arena, &ev, &reply, &refused, why) &&
			store_inbox_close(
				r->store, row->key, refused ? "refused" : "done", reply, NULL, why);
	event_done(&ev);
	return ok;
}

static bool none(const char *what, int64_t id, struct fail *why)
{
	return fail_set(why, FAIL_REFUSED, "no failed %s has the number %" PRId64, what, id);
}

static bool replay_event(const struct replay *r, int64_t id, struct fail *why)
{
	struct inbox_row row;
	bool found;

	if (!store_inbox_failed(r->store, r->arena, id, &row, &found, why))
		return false;
	return found ? run_again(r, &row, why) : none("event", id, why);
}

static bool replay_call(const struct replay *r, int64_t id, struct fail *why)
{
	struct event ev;
	const char *reply;
	bool found, refused;

	if (!outbox_replay(r->store, r->arena, id, &ev, &found, why))
		return false;
	if (!found)
		return none("call", id, why);
	ev.received_us = clock_wall_us();
	return dispatch_turn(&r->house, r->store, r->arena, &ev, &reply, &refused, why);
}

typedef bool replay_one(const struct replay *, int64_t id, struct fail *why);

/* What can be run again: each line begins with the words that do it. */
static bool show_failures(const struct replay *r, struct fail *why)
{
	const struct failure *list;
	int count;

	if (!store_failures(r->store, r->arena, &list, &count, why))
		return false;
	for (int i = 0; i < count; i++)
		(void)printf("%s%" PRId64 "  %s  %s  %s\n", list[i].is_call ? "call " : "",
			list[i].id, ctl_time(r->arena, list[i].at_us), list[i].what,
			list[i].error != NULL ? list[i].error : ""); /* lost with the pipe */
	return true;
}

static bool run(const struct replay *r, replay_one *one, int64_t id, struct fail *why)
{
	if (one == NULL)
		return show_failures(r, why);
	return store_begin(r->store, why) && one(r, id, why) && store_commit(r->store, why);
}

static int replay(replay_one *one, int64_t id)
{
	struct ctl_place p;
	struct fail why;
	struct replay r = { .arena = arena_new() };
	bool ok = false;

	if (ctl_place_open(&p)) {
		r.house = ctl_house(&p.settings);
		r.store = store_open(p.conninfo, &why);
		ok = r.store != NULL && ctl_levels(&p, r.store, r.arena, &r.house.levels, &why) &&
			run(&r, one, id, &why);
		if (!ok)
			(void)ctl_fail("replay", &why); /* its code is given below */
		else if (one != NULL)
			(void)printf(
				"ok: %" PRId64 " is done\n", id); /* the exit code says it too */
		store_close(r.store);
		ctl_place_close(&p);
	}
	arena_free(r.arena);
	return ok ? CTL_DONE : CTL_FAILED;
}

/*
 * replay: shows what failed; replay ID: runs an event again; replay call ID: the answer to a call; replay --from
 * CONNINFO: all that another database has kept
 */
int ctl_replay(int argc, char **argv)
{
	int64_t id;

	if (argc == 1)
		return replay(NULL, 0);
	if (argc == 2 && ctl_number(argv[1], &id))
		return replay(replay_event, id);
	if (argc == 3 && strcmp(argv[1], "call") == 0 && ctl_number(argv[2], &id))
		return replay(replay_call, id);
	if (argc == 3 && strcmp(argv[1], "--from") == 0)
		return ctl_replay_from(argv[2]);
	return CTL_MISUSED;
}

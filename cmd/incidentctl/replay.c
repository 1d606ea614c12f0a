#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"
#include "dispatch.h"

static bool run_again(struct store *s, const struct house *house, struct arena *a,
	const struct inbox_row *row, struct fail *why)
{
	struct event ev;
	const char *reply = NULL;
	bool refused, ok;

	if (!event_read(row->frame, strlen(row->frame), &ev, why))
		return false;
	ev.received_us = row->received_us;
	ok = ev.kind == EVENT_UNREADABLE
		? fail_set(why, FAIL_BROKEN, "still unreadable: %s", ev.wrong.text)
		: dispatch_turn(house, s, a, &ev, &reply, &refused, why) &&
			store_inbox_close(
				s, row->key, refused ? "refused" : "done", reply, NULL, why);
	event_done(&ev);
	return ok;
}

static bool replay_in_turn(
	struct store *s, const struct house *house, struct arena *a, int64_t id, struct fail *why)
{
	struct inbox_row row;
	bool found;

	if (!store_begin(s, why) || !store_inbox_failed(s, a, id, &row, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED, "no failed event has the number %" PRId64, id);
	return run_again(s, house, a, &row, why) && store_commit(s, why);
}

static int replay(int64_t id)
{
	struct ctl_place p;
	struct fail why;
	struct store *s;
	struct arena *a;
	bool ok;

	if (!ctl_place_open(&p))
		return CTL_FAILED;
	s = store_open(p.conninfo, &why);
	a = arena_new();
	ok = s != NULL &&
		replay_in_turn(s,
			&(struct house){
				p.settings.levels, p.settings.slash_command, p.settings.announce },
			a, id, &why);
	if (ok)
		(void)printf("ok: event %" PRId64 " is done\n", id); /* the exit code says it too */
	arena_free(a);
	store_close(s);
	ctl_place_close(&p);
	return ok ? CTL_DONE : ctl_fail("replay", &why);
}

/* replay ID: runs an event that failed again; its id is in the inbox */
int ctl_replay(int argc, char **argv)
{
	char *end = NULL;
	int64_t id = argc == 2 ? strtoll(argv[1], &end, 10) : 0;

	if (id > 0 && *end == '\0')
		return replay(id);
	(void)fputs("usage: incidentctl replay ID\n", stderr); /* nowhere else to say it */
	return CTL_MISUSED;
}

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "clock.h"
#include "ctl.h"
#include "dispatch.h"
#include "store_recovery.h"

static bool has_channel(struct store *s, struct arena *a, int64_t id, struct fail *why)
{
	struct incident i;
	bool found;

	if (!store_incident_get(s, a, id, &i, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED, "there is no incident %" PRId64, id);
	return i.channel != NULL ||
		fail_set(why, FAIL_REFUSED, "incident %" PRId64 " has no channel to read", id);
}

/* An event like any other: what it asks for is a row of the outbox, which the daemon sends. */
static bool ask(
	struct store *s, const struct house *house, struct arena *a, int64_t id, struct fail *why)
{
	const struct due due = { .what = DUE_ASKED, .incident = id };

	return store_begin(s, why) && has_channel(s, a, id, why) &&
		dispatch_due(house, s, &due, clock_wall_us(), why) && store_commit(s, why);
}

static int recover(int64_t id)
{
	struct ctl_place p;
	struct fail why;
	struct house house;
	struct store *s;
	struct arena *a;
	bool ok;

	if (!ctl_place_open(&p))
		return CTL_FAILED;
	s = store_open(p.conninfo, &why);
	a = arena_new();
	house = ctl_house(&p.settings);
	ok = s != NULL && ask(s, &house, a, id, &why);
	if (ok)
		(void)printf("ok: the channel of incident %" PRId64
			     " will be read again; incidentctl status shows how far it is\n",
			id); /* the exit code says it too */
	arena_free(a);
	store_close(s);
	ctl_place_close(&p);
	return ok ? CTL_DONE : ctl_fail("recover", &why);
}

/* recover N: compares the incident's channel with Slack's history, from its newest message to its first */
int ctl_recover(int argc, char **argv)
{
	int64_t id;

	if (argc == 2 && ctl_number(argv[1], &id))
		return recover(id);
	return CTL_MISUSED;
}

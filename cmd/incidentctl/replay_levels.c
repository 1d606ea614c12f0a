#include "replay_levels.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "ctl.h"
#include "dispatch.h"
#include "store_replay.h"

/* False: another version recorded them, and this one cannot read them. */
static bool read_levels(struct arena *a, const struct levels_revision *r, struct house *house)
{
	struct buf mistakes = { 0 };
	bool good =
		settings_levels(a, r->file, r->text, strlen(r->text), &house->levels, &mistakes);

	buf_done(&mistakes);
	if (!good)
		(void)fprintf(stderr,
			"incidentctl replay: the levels of revision %" PRId64
			" cannot be read, and those before stay in force\n",
			r->number); /* nowhere else */
	return good;
}

bool replay_levels_open(struct replay_levels *l, struct store *from, struct arena *a,
	struct house *house, struct fail *why)
{
	*l = (struct replay_levels){ 0 };
	if (!store_levels_list(from, a, &l->list, &l->count, why))
		return false;
	if (l->count > 0)
		(void)read_levels(a, &l->list[0], house); /* told */
	return true;
}

/* As the desk did when it adopted them. */
static bool carry_over(struct store *to, struct arena *a, const struct house *house,
	const struct levels_revision *r, struct fail *why)
{
	struct event ev = {
		.kind = EVENT_LEVELS,
		.type = "levels",
		.received_us = r->recorded_at,
		.as.levels = { .in_force = true },
	};
	const char *reply;
	bool refused;

	return dispatch_turn(house, to, a, &ev, &reply, &refused, why) &&
		store_outbox_discard(to, why);
}

static bool adopt(struct store *to, struct arena *a, struct house *house,
	const struct levels_revision *r, struct fail *why)
{
	bool good = read_levels(a, r, house);

	if (store_begin(to, why) && store_levels_put(to, r, why) &&
		(!good || carry_over(to, a, house, r, why)) && store_commit(to, why))
		return true;
	store_abandon(to);
	return false;
}

bool replay_levels_until(struct replay_levels *l, struct store *to, struct arena *a,
	struct house *house, int64_t at_us, struct fail *why)
{
	for (; l->next < l->count && l->list[l->next].recorded_at <= at_us; l->next++)
		if (!adopt(to, a, house, &l->list[l->next], why))
			return false;
	return true;
}

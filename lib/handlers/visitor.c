#include <inttypes.h>

#include "handler.h"
#include "may.h"

/*
 * Of who is not known no more is thought than of a guest; where that matters Slack is asked first. What was kept is run
 * again with what is left of it: who was known then, and may not be now, was a member.
 */
static bool is_member(struct turn *t, const char *user, bool *member, struct fail *why)
{
	struct person_known known = { 0 };
	bool found;

	if (!store_person_facts(t->store, t->arena, user, &known, &found, why))
		return false;
	if (!known.placed && !t->house->runs_again && !t->has_asked) {
		t->unknown = user;
		return fail_set(why, FAIL_REFUSED,
			"I am asking Slack who you are: please try again in a moment.");
	}
	*member = known.placed ? known.member : t->house->runs_again;
	return true;
}

bool turn_reaches(struct turn *t, const struct incident *i, const char *user, const char *channel,
	bool *reaches, struct fail *why)
{
	struct visitor v = { user, channel, false };
	bool member = false, as_member = may_reach(i, &v), as_guest;

	v.guest = true;
	as_guest = may_reach(i, &v);
	if (as_member != as_guest) {
		if (!is_member(t, user, &member, why))
			return false;
		*reaches = member ? as_member : as_guest;
		return true;
	}
	*reaches = as_guest;
	return true;
}

const char *turn_out_of_reach(struct turn *t, const struct incident *i)
{
	return i->private
		? arena_printf(t->arena, "Incident %" PRId64 " is private.", i->id)
		: arena_printf(t->arena, "There is no incident %" PRId64 " that I could show you.",
			  i->id);
}

bool turn_must_reach(struct turn *t, const struct incident *i, const char *user,
	const char *channel, struct fail *why)
{
	bool reaches;

	return turn_reaches(t, i, user, channel, &reaches, why) &&
		(reaches || fail_set(why, FAIL_REFUSED, "%s", turn_out_of_reach(t, i)));
}

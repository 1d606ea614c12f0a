#include <inttypes.h>

#include "handler.h"
#include "may.h"

bool turn_reaches(struct turn *t, const struct incident *i, const char *user, const char *channel,
	bool *reaches, struct fail *why)
{
	struct person_facts facts = { 0 };
	bool known;

	if (!store_person_facts(t->store, t->arena, user, &facts, &known, why))
		return false;
	*reaches = may_reach(i, &(struct visitor){ user, channel, known && facts.restricted });
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

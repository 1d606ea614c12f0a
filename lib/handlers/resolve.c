#include "handler.h"
#include "status_form.h"

/* resolve WHAT FIXED IT; nothing: a form asks for it */
bool verb_resolve(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	if (i->status.kind == STATUS_RESOLVED)
		return fail_set(why, FAIL_REFUSED,
			"Incident %lld is %s already. Open it again with `%.45s reopen REASON`.",
			(long long)i->id, slack_escaped(t, i->status.label), t->slash);
	return status_set(
		t, c, i, statuses_first(&t->house->levels.statuses, STATUS_RESOLVED), why);
}

/* reopen REASON */
bool verb_reopen(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	if (!incident_is_over(i))
		return fail_set(why, FAIL_REFUSED, "Incident %lld is not over: it is %s.",
			(long long)i->id, slack_escaped(t, i->status.label));
	return status_set(t, c, i, statuses_first(&t->house->levels.statuses, STATUS_OPEN), why);
}

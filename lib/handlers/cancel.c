#include "handler.h"
#include "status_form.h"

/* cancel REASON: it was none; nothing: a form asks why */
bool verb_cancel(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	if (incident_is_over(i))
		return fail_set(why, FAIL_REFUSED,
			"Incident %lld is %s already. Open it again with `%.45s reopen REASON`.",
			(long long)i->id, slack_escaped(t, i->status.label), t->slash);
	return status_set(
		t, c, i, statuses_first(&t->house->levels.statuses, STATUS_CANCELLED), why);
}

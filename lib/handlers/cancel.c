#include "handler.h"

/* cancel REASON: it was none */
bool verb_cancel(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	if (incident_is_over(i->status))
		return fail_set(why, FAIL_REFUSED,
			"Incident %lld is %s already. Open it again with `%.30s reopen REASON`.",
			(long long)i->id, incident_status_name(i->status), t->house->slash);
	if (*c->rest == '\0')
		return fail_set(
			why, FAIL_REFUSED, "Say why: `%.30s cancel REASON`.", t->house->slash);
	if (!incident_move(i, INCIDENT_CANCELLED, why))
		return false;
	i->cancelled_at = t->now_us;
	return incident_change(t, i, c->user, "cancelled", c->rest, why);
}

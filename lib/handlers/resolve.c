#include "asker.h"
#include "handler.h"

/* resolve WHAT FIXED IT */
bool verb_resolve(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	if (i->status == INCIDENT_RESOLVED)
		return fail_set(why, FAIL_REFUSED,
			"Incident %lld is resolved already. Open it again with `%.30s reopen REASON`.",
			(long long)i->id, t->house->slash);
	if (*c->rest == '\0')
		return fail_set(why, FAIL_REFUSED,
			"Say what fixed it: `%.30s resolve WHAT FIXED IT`.", t->house->slash);
	if (!incident_move(i, INCIDENT_RESOLVED, why))
		return false;
	i->fixed_by = c->rest;
	i->resolved_at = t->now_us;
	return incident_change(t, i, c->user, "resolved", i->fixed_by, why);
}

/* reopen REASON */
bool verb_reopen(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	if (!incident_is_over(i->status))
		return fail_set(why, FAIL_REFUSED, "Incident %lld is not over: it is %s.",
			(long long)i->id, incident_status_name(i->status));
	if (i->report_only)
		return fail_set(why, FAIL_REFUSED,
			"Incident %lld was recorded afterwards, so there is nothing to open again.",
			(long long)i->id);
	if (!incident_move(i, INCIDENT_OPEN, why))
		return false;
	i->resolved_at = i->cancelled_at = 0;
	i->fixed_by = NULL;
	if (!incident_change(t, i, c->user, "reopened",
		    *c->rest != '\0' ? c->rest : "no reason given", why) ||
		!incident_follow_level(t, i, why))
		return false;
	/* It is not asked first whether it is archived: nobody may have told us. */
	if (i->channel != NULL)
		turn_say_for(t, call_unarchive(t->arena, i),
			&(struct asker){
				.user = c->user, .channel = c->channel, .respond = c->respond });
	return true;
}

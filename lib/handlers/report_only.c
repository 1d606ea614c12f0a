#include "handler.h"

/* report-only TITLE: it is over; there is no channel, only the record and its headline */
bool verb_report_only(
	struct turn *t, const struct command *c, struct incident *none, struct fail *why)
{
	struct incident i = { .reporter = c->user,
		.report_only = true,
		.status = *statuses_first(&t->house->levels.statuses, STATUS_RESOLVED),
		.resolved_at = t->now_us };

	(void)none;
	if (!declare_titled(t, &i, c->rest))
		return fail_set(why, FAIL_REFUSED, "Say what was wrong: `report-only TITLE`.");
	incident_set_level(&i, levels_default(&t->house->levels));
	if (!incident_declare(t, &i, why))
		return false;
	turn_tell(t, c,
		arena_printf(t->arena,
			"Incident %lld is recorded, at %s. It has no channel; `incidentctl report "
			"%lld` prints its report.",
			(long long)i.id, slack_escaped(t, i.severity_label), (long long)i.id));
	return true;
}

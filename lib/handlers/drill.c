#include "handler.h"

/* drill TITLE: an exercise. Who meant a real one that begins with that word is told what to send. */
bool verb_drill(struct turn *t, const struct command *c, struct incident *none, struct fail *why)
{
	struct incident i = { .reporter = c->user, .drill = true };

	(void)none;
	if (!declare_titled(t, &i, c->rest))
		return fail_set(why, FAIL_REFUSED, "Say what is practised: `drill TITLE`.");
	incident_set_level(&i, levels_default(&t->house->levels));
	if (!incident_declare(t, &i, why))
		return false;
	turn_tell(t, c,
		arena_printf(t->arena,
			"Incident %lld is declared, as a drill, at %s. Its channel is being made; "
			"you will be invited.\nIf it is real, and that word part of its title:%s",
			(long long)i.id, slack_escaped(t, i.severity_label),
			turn_sendable(t, c, arena_printf(t->arena, "declare %s", c->typed))));
	return true;
}

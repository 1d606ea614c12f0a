#include <inttypes.h>
#include <stddef.h>

#include "buf.h"
#include "handler.h"

/* list: the open incidents */
bool verb_list(struct turn *t, const struct command *c, struct incident *none, struct fail *why)
{
	const char *text;

	(void)none;
	if (!incidents_as_text(t, c->user, c->channel, &text, why))
		return false;
	turn_tell(t, c, text);
	return true;
}

static void tell_facts(
	struct turn *t, const struct command *c, const struct incident *i, const char *more)
{
	struct buf b = { 0 };

	buf_printf(&b, "*%sIncident %" PRId64 ": %s*\n%s, %s, lead ", incident_mark(i), i->id,
		i->title, slack_escaped(t, i->severity_label), slack_escaped(t, i->status.label));
	if (i->lead != NULL)
		buf_printf(&b, "<@%s>", i->lead);
	else
		buf_add(&b, "nobody yet");
	buf_add(&b, more);
	turn_tell(t, c, arena_copy(t->arena, b.text));
	buf_done(&b);
}

/* nothing, in an incident's channel: its card, for the asker alone */
bool verb_card(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const struct shown s = incident_shown(t, i);

	(void)why;
	turn_answer(t, c,
		reply_card(t->arena, &s,
			arena_printf(
				t->arena, "`%s help` lists what you can do.", t->house->slash)));
	return true;
}

/* report: where it is, and how it stands */
bool verb_report(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	int entries, actions;

	if (!store_counts(t->store, i->id, &entries, &actions, why))
		return false;
	tell_facts(t, c, i,
		arena_printf(t->arena,
			"\nEntries in the report so far: %d; actions: %d. Print it with `incidentctl "
			"report %" PRId64 "`.",
			entries, actions, i->id));
	return true;
}

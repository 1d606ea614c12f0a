#include "buf.h"
#include "handler.h"
#include "store_alarm.h"
#include "typed.h"
#include "verb_form.h"

enum { WORD_SHOWN = 80 }; /* all of it is repeated below */

static const char *levels_text(struct turn *t, const struct incident *i)
{
	const struct levels *l = &t->house->levels;
	struct buf b = { 0 };
	const char *text;

	buf_printf(&b, "This incident is %s. The levels are:", slack_escaped(t, i->severity_label));
	for (int n = 0; n < l->count; n++)
		buf_printf(&b, "\n- *%s* %s%s%s", l->list[n].id, slack_escaped(t, l->list[n].label),
			l->list[n].description != NULL ? ": " : "",
			l->list[n].description != NULL ? slack_escaped(t, l->list[n].description)
						       : "");
	buf_printf(&b, "\nSet one with `%s severity LEVEL`.", t->slash);
	text = arena_copy(t->arena, b.text);
	buf_done(&b);
	return text;
}

static bool tell_levels(struct turn *t, const struct command *c, const struct incident *i)
{
	turn_tell(t, c, levels_text(t, i));
	return true;
}

static const char *level_ids(struct turn *t)
{
	const char *ids = "";

	for (int n = 0; n < t->house->levels.count; n++)
		ids = arena_printf(
			t->arena, "%s%s%s", ids, n > 0 ? ", " : "", t->house->levels.list[n].id);
	return ids;
}

/* severity LEVEL: an id, a label or an alias, whole; nothing: what the levels mean */
bool verb_severity(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *word = typed_meant(t->arena, plain_text(t, c->rest));
	const struct level *l = levels_find(&t->house->levels, word);
	const char *before = slack_escaped(t, i->severity_label), *label;
	struct alarm_facts facts;
	bool same = l != NULL && incident_has_level(i, l);

	if (*word == '\0') {
		return c->trigger != NULL
			? verb_form(t, c, i, "severity", levels_text(t, i), &same, why)
			: tell_levels(t, c, i);
	}
	if (l == NULL)
		return turn_refuse(t,
			arena_printf(t->arena,
				"`%s` is not a severity level. The levels are %s; `%s severity` says what "
				"they mean.",
				turn_cut(t, slack_escaped(t, word), WORD_SHOWN), level_ids(t),
				t->slash),
			why);
	if (!store_alarm_facts(t->store, i->id, &facts, why))
		return false;
	label = slack_escaped(t, l->label);
	/* Who says it of the default has chosen it. */
	if (same && facts.severity_chosen)
		return fail_set(
			why, FAIL_REFUSED, "Incident %lld is %s already.", (long long)i->id, label);
	incident_set_level(i, l);
	return store_severity_chosen(t->store, i->id, c->user, why) &&
		incident_change(t, i, c->user, "severity",
			same ? arena_printf(t->arena, "%s, as it was", label)
			     : arena_printf(t->arena, "%s, was %s", label, before),
			why) &&
		incident_announce(t, i, why) && incident_call_in(t, i, why);
}

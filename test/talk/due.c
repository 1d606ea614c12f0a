/* What nobody says: time passes, and alarms ring. */
#include "alarms.h"
#include "stage.h"

static bool go_on(void *ctx, struct fail *why)
{
	(void)ctx;
	(void)why;
	return true;
}

/* Each that is due by now */
void alarms_are_rung(struct stage *s, const char *rest)
{
	const struct desk_needs needs = { .store = s->store, .house = &s->house, .between = go_on };
	struct fail why;

	(void)rest;
	if (!alarms_ring(&needs, s->now_us, &why))
		stage_wrong(s, why.text, "alarms");
}

/* no_lead 10m 30m 3 any: after, every, times, hours */
void rule_is(struct stage *s, const char *rest)
{
	const char *name = stage_word(s, &rest);
	enum reminder what;
	struct reminder_words *rule;

	if (name == NULL || !reminder_find(name, &what))
		stage_wrong(s, name, "a rule");
	rule = &s->house.reminders.rules[what];
	rule->after = stage_word(s, &rest);
	rule->every = stage_word(s, &rest);
	rule->times = stage_word(s, &rest);
	rule->hours = stage_word(s, &rest);
}

/* mon,tue 09:00-17:30 */
void working_hours_are(struct stage *s, const char *rest)
{
	s->house.reminders.days = stage_word(s, &rest);
	s->house.reminders.hours = stage_word(s, &rest);
}

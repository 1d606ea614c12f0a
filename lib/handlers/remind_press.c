#include <stdlib.h>
#include <string.h>

#include "asker.h"
#include "forms.h"
#include "remind.h"

/* What somebody presses is written down: who will not hear of it again knows whom to ask. */
static bool note(struct remind *r, const struct alarm *one, const char *by, const char *what,
	struct fail *why)
{
	return incident_write_down(r->turn, r->incident, by, "reminder",
		arena_printf(r->turn->arena, "%s: %s", what, remind_words(r, one)), why);
}

static void show(struct remind *r, struct alarm *one, const struct press *p, const char *what)
{
	const char *ts = p->message_ts != NULL ? p->message_ts : one->post_ts;

	if (ts != NULL)
		remind_show(r, one, ts, arena_printf(r->turn->arena, "%s <@%s>", what, p->user),
			one->stopped_by != NULL);
	/* Its buttons are gone. */
	if (ts != NULL && one->post_ts != NULL && strcmp(ts, one->post_ts) == 0)
		one->post_ts = NULL;
}

static bool snooze(struct remind *r, struct alarm *one, const struct press *p, struct fail *why)
{
	const char *span = strrchr(p->action, '_') + 1, *until;
	struct turn *t = r->turn;

	one->stopped_by = NULL;
	one->state.stopped = false;
	one->state.snoozed_until = t->now_us + reminder_span_us(span);
	if (!turn_show_time(t, one->state.snoozed_until, &until, why))
		return false;
	show(r, one, p, arena_printf(t->arena, "Snoozed until %s by", until));
	return remind_save(r, one, why) &&
		note(r, one, p->user, arena_printf(t->arena, "snoozed until %s", until), why);
}

static bool stop(struct remind *r, struct alarm *one, const struct press *p, struct fail *why)
{
	if (one->stopped_by != NULL)
		return fail_set(why, FAIL_REFUSED, "<@%.30s> has stopped this reminder already.",
			one->stopped_by);
	one->stopped_by = p->user;
	one->state.stopped = true;
	show(r, one, p, "Stopped by");
	return remind_save(r, one, why) && note(r, one, p->user, "stopped", why);
}

/* Not at once: who wants it again has just seen it. */
static bool begin_again(
	struct remind *r, struct alarm *one, const struct press *p, struct fail *why)
{
	if (one->stopped_by == NULL)
		return fail_set(why, FAIL_REFUSED, "This reminder is on already.");
	one->stopped_by = NULL;
	one->state = (struct reminder_state){ .since = one->state.since,
		.snoozed_until = r->turn->now_us + reminder_span_us("30m") };
	show(r, one, p, "On again, says");
	return remind_save(r, one, why) && note(r, one, p->user, "on again", why);
}

/* Its value: "1 update_due 0" */
static bool change(
	struct turn *t, const struct press *p, const struct incident *i, struct fail *why)
{
	const char *rule = p->value + strcspn(p->value, " "), *item;
	struct remind r;
	struct alarm *one;

	rule += strspn(rule, " ");
	item = rule + strcspn(rule, " ");
	rule = arena_printf(t->arena, "%.*s", (int)(item - rule), rule);
	if (!remind_open(&r, t, i, why))
		return false;
	one = remind_find(&r, rule, strtoll(item, NULL, 10));
	if (one == NULL)
		return fail_set(
			why, FAIL_REFUSED, "That is settled: there is nothing to remind of.");
	if (strcmp(p->action, "remind_stop") == 0)
		return stop(&r, one, p, why);
	return strcmp(p->action, "remind_on") == 0 ? begin_again(&r, one, p, why)
						   : snooze(&r, one, p, why);
}

static bool ask(struct turn *t, const struct press *p, const struct incident *i, struct form *f,
	const char *words)
{
	const struct command c = {
		.user = p->user, .channel = p->channel, .trigger = p->trigger, .respond = p->respond
	};

	f->callback = p->action;
	if (c.trigger != NULL)
		form_open(t, &c, i, f, words);
	return true;
}

static bool ask_for_update(struct turn *t, const struct press *p, const struct incident *i)
{
	static const struct form_field TEXT[] = {
		{ .id = "text", .label = "What should stakeholders know?" },
	};
	struct form f = {
		.title = "Send an update", .submit = "Send", .fields = TEXT, .field_count = 1
	};

	return ask(t, p, i, &f, "update TEXT");
}

static bool ask_what_fixed_it(struct turn *t, const struct press *p, const struct incident *i)
{
	static const struct form_field TEXT[] = { { .id = "text", .label = "What fixed it?" } };
	struct form f = {
		.title = "Resolve", .submit = "Resolve", .fields = TEXT, .field_count = 1
	};

	return ask(t, p, i, &f, "resolve WHAT FIXED IT");
}

/* What is written already is not asked for. */
static bool ask_for_report(
	struct turn *t, const struct press *p, const struct incident *i, struct fail *why)
{
	struct form_field fields[2] = { 0 };
	struct form f = { .title = "Finish the report", .submit = "Save", .fields = fields };

	if (i->summary == NULL)
		fields[f.field_count++] = (struct form_field){
			.id = "summary", .label = "What happened?", .optional = true
		};
	if (i->impact == NULL)
		fields[f.field_count++] = (struct form_field){
			.id = "impact", .label = "Who was affected, and how?", .optional = true
		};
	if (f.field_count == 0)
		return fail_set(why, FAIL_REFUSED, "That is settled: the report has both.");
	return ask(t, p, i, &f, i->summary == NULL ? "summary TEXT" : "impact TEXT");
}

/* As if they had typed it: "done 3", "p1". What is to be told is whispered: what was pressed has no answer. */
static struct command as_typed(const char *user, const struct incident *i, const char *rest)
{
	return (struct command){
		.user = user, .channel = i->channel, .ts = "", .typed = rest, .rest = rest
	};
}

static bool run(struct turn *t, const struct press *p, struct incident *i, verb_handler *verb,
	const char *rest, struct fail *why)
{
	const struct command c = as_typed(p->user, i, rest);

	return verb(t, &c, i, why);
}

bool remind_press(struct turn *t, const struct press *p, struct incident *i, struct fail *why)
{
	const char *what = p->action + strlen(REMIND_PREFIX), *last = strrchr(p->value, ' ');

	if (last == NULL || i->channel == NULL)
		return true;
	if (strcmp(what, "update") == 0)
		return ask_for_update(t, p, i);
	if (strcmp(what, "resolve") == 0)
		return ask_what_fixed_it(t, p, i);
	if (strcmp(what, "report") == 0)
		return ask_for_report(t, p, i, why);
	if (strcmp(what, "done") == 0)
		return run(t, p, i, verb_action, arena_printf(t->arena, "done%s", last), why);
	if (strcmp(what, "severity") == 0)
		return run(t, p, i, verb_severity, last + 1, why);
	return change(t, p, i, why);
}

/* --- forms ----------------------------------------------------------------------------------------- */

static const struct {
	const char *form, *field;
	verb_handler *verb;
} FIELDS[] = {
	{ REMIND_UPDATE, "text", verb_update },
	{ REMIND_RESOLVE, "text", verb_resolve },
	{ REMIND_REPORT, "summary", verb_summary },
	{ REMIND_REPORT, "impact", verb_impact },
};

/* *field: the last one, for what is to be said at it. */
static bool fill_in(struct turn *t, const struct submit *s, struct incident *i, const char **field,
	int *filled, struct fail *why)
{
	for (size_t n = 0; n < sizeof(FIELDS) / sizeof(FIELDS[0]); n++) {
		const struct command c =
			as_typed(s->user, i, slack_escaped(t, submit_value(s, FIELDS[n].field)));

		if (strcmp(FIELDS[n].form, s->callback) != 0)
			continue;
		*field = FIELDS[n].field;
		if (*c.rest == '\0')
			continue;
		if (!FIELDS[n].verb(t, &c, i, why))
			return false;
		++*filled;
	}
	return true;
}

bool remind_submitted(struct turn *t, const struct submit *s, struct incident *i, struct fail *why)
{
	const char *field = s->count > 0 ? s->fields[0].block : "";
	int filled = 0;
	struct fail no;

	if (!fill_in(t, s, i, &field, &filled, &no))
		return form_refuse_for(t, field, &no, why);
	return filled > 0 || field == NULL || form_refuse(t, field, "Say something.");
}

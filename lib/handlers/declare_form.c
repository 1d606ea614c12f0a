#include "declare_form.h"

#include <inttypes.h>
#include <string.h>

#include "asker.h"
#include "forms.h"
#include "store_alarm.h"
#include "text.h"
#include "timeline_form.h"

static const char WHEN_OVER[] = "over";

/* It may be one of these: who declares it twice has two channels. */
enum { OFFERED_MOST = 5, OFFERED_TITLE_MOST = 150, RECENT_MIN = 30 };
static const int64_t MINUTE_US = 60000000;

struct opening {
	const char *callback, *metadata;
	const char *title, *summary; /* plain; summary may be NULL */
	const char *otherwise;       /* what to send instead */
};

static struct form_offer offer(struct turn *t, const struct incident *i)
{
	int64_t ago = (t->now_us - i->reported_at) / MINUTE_US;

	return (struct form_offer){
		.text = arena_printf(t->arena,
			"*%" PRId64 "* [%s] %s (%s), declared %s by <@%s>%s%s%s", i->id,
			slack_escaped(t, i->severity_label),
			turn_cut(t, i->title, OFFERED_TITLE_MOST),
			slack_escaped(t, i->status.label),
			ago > 0 ? arena_printf(t->arena, "%" PRId64 " min ago", ago) : "just now",
			i->reporter, i->channel != NULL ? ": <#" : "",
			i->channel != NULL ? i->channel : "", i->channel != NULL ? ">" : ""),
		.action = "join",
		.label = "Join",
		.value = arena_printf(t->arena, "%" PRId64, i->id),
	};
}

/* Who is not known yet is offered none: the form does not wait for Slack to say who that is. */
static bool find_offers(struct turn *t, const struct command *c, struct form_offer *offers,
	int *count, struct fail *why)
{
	const struct incident *list;
	struct fail no;
	int open = 0;

	*count = 0;
	if (!incidents_reached(t, c->user, c->channel, &list, &open, &no) &&
		(t->unknown == NULL || no.kind != FAIL_REFUSED)) {
		*why = no;
		return false;
	}
	t->unknown = NULL;
	for (int n = 0; n < open && *count < OFFERED_MOST; n++)
		if (t->now_us - list[n].reported_at < RECENT_MIN * MINUTE_US)
			offers[(*count)++] = offer(t, &list[n]);
	return true;
}

static bool open_form(
	struct turn *t, const struct command *c, const struct opening *o, struct fail *why)
{
	static const struct choice WHEN[] = {
		{ "It goes on: a channel is made for it", "now" },
		{ "It is over: it is only recorded", WHEN_OVER },
	};
	struct form_offer offers[OFFERED_MOST];
	struct form_field fields[] = {
		{ .id = "title",
			.label = "What is wrong?",
			.initial = o->title,
			.kind = FIELD_LINE },
		{ .id = "severity",
			.label = "Severity",
			.initial = levels_default(&t->house->levels)->id,
			.kind = FIELD_CHOICE },
		{ .id = "summary",
			.label = "What do we know so far?",
			.initial = o->summary,
			.optional = true },
		{ .id = "impact", .label = "Who is affected, and how?", .optional = true },
		{ .id = "lead", .label = "Who leads?", .optional = true, .kind = FIELD_PERSON },
		{ .id = "when",
			.label = "Does it go on?",
			.initial = WHEN[0].value,
			.kind = FIELD_CHOICE,
			.choices = WHEN,
			.choice_count = sizeof(WHEN) / sizeof(WHEN[0]) },
		{ .id = "private",
			.label = "Private: announced nowhere, and in a private channel",
			.kind = FIELD_TICK },
	};
	struct form form = { .callback = o->callback,
		.metadata = o->metadata,
		.title = "Declare an incident",
		.submit = "Declare",
		.offers = offers,
		.fields = fields,
		.field_count = sizeof(fields) / sizeof(fields[0]) };

	fields[1].choices = choices_of_levels(t, &fields[1].choice_count);
	if (!find_offers(t, c, offers, &form.offer_count, why))
		return false;
	if (form.offer_count > 0)
		form.intro = "Is it one of these? *Join* brings you into its channel: then close "
			     "this form.";
	turn_open(t, call_form(t->arena, c->trigger, &form),
		&(struct asker){ .user = c->user,
			.channel = c->channel,
			.respond = c->respond,
			.text = o->otherwise });
	return true;
}

bool declare_form(struct turn *t, const struct command *c, const char *plain, struct fail *why)
{
	struct opening o = { .callback = DECLARE_CALLBACK, .metadata = c->channel };

	(void)declare_split(t, plain, &o.title, &o.summary); /* nothing: an empty form */
	if (o.summary != NULL && o.summary[text_fit(o.summary, FORM_TEXT_MOST)] != '\0') {
		turn_tell(t, c,
			arena_printf(t->arena,
				"That is more than a form can hold. To declare it, send it with "
				"`declare`:\n%s declare %s",
				t->house->slash, slack_escaped(t, plain)));
		return true;
	}
	o.otherwise = arena_printf(
		t->arena, "declare %s", *plain != '\0' ? slack_escaped(t, plain) : "TITLE");
	return open_form(t, c, &o, why);
}

bool declare_ask(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct shortcut *s = &ev->as.shortcut;
	const struct command c = {
		.user = s->user, .channel = s->channel, .trigger = s->trigger, .respond = s->respond
	};
	struct opening o = {
		.callback = DECLARE_MESSAGE, .metadata = ev->key, .otherwise = "declare TITLE"
	};

	if (s->message.ts == NULL)
		return declare_form(t, &c, "", why);
	if (!timeline_may_put(t, s->channel, s->message.ts, why))
		return false;
	/* What does not fit into the form is on the timeline, with the rest of the message. */
	(void)declare_split(t, form_text(t, s->message.text != NULL ? s->message.text : ""),
		&o.title, &o.summary);
	return open_form(t, &c, &o, why);
}

/* --- what was sent ------------------------------------------------------------------------------------ */

static const char *or_null(const char *text)
{
	return *text != '\0' ? text : NULL;
}

/* As if they had typed it behind the verb. */
static bool give_lead(
	struct turn *t, struct incident *i, const char *by, const char *who, struct fail *why)
{
	const struct command c = { .user = by,
		.channel = by,
		.ts = "",
		.typed = "",
		.rest = arena_printf(t->arena, "<@%s>", who) };

	return *who == '\0' || verb_lead(t, &c, i, why);
}

static void tell_recorded(struct turn *t, const struct submit *s, const struct incident *i)
{
	turn_whisper(t,
		&(struct asker){ .user = s->user,
			.channel = s->user,
			.text = arena_printf(t->arena,
				"Incident %" PRId64 " is recorded, at %s. It has no channel; "
				"`incidentctl report %" PRId64 "` prints its report.",
				i->id, slack_escaped(t, i->severity_label), i->id) });
}

static bool declare(struct turn *t, const struct submit *s, struct incident *i,
	const struct event *was, struct fail *why)
{
	bool added;

	if (!incident_declare(t, i, why) || !store_severity_chosen(t->store, i->id, s->user, why) ||
		!give_lead(t, i, s->user, submit_value(s, "lead"), why))
		return false;
	if (i->report_only)
		tell_recorded(t, s, i);
	return was == NULL || timeline_put(t, i, was, s, &added, why);
}

/* was: the message that it was made of, or NULL. What is wrong is said at its field, and nothing typed is lost. */
static bool submitted_of(
	struct turn *t, const struct submit *s, const struct event *was, struct fail *why)
{
	const struct level *l = levels_find(&t->house->levels, submit_value(s, "severity"));
	struct incident i = { .title = slack_escaped(t, submit_value(s, "title")),
		.reporter = s->user,
		.summary = or_null(slack_escaped(t, submit_value(s, "summary"))),
		.impact = or_null(slack_escaped(t, submit_value(s, "impact"))),
		.private = strcmp(submit_value(s, "private"), FORM_TICKED) == 0,
		.report_only = strcmp(submit_value(s, "when"), WHEN_OVER) == 0 };
	const char *lead = submit_value(s, "lead");
	struct fail no;

	if (*i.title == '\0')
		return form_refuse(t, "title", "Say what is wrong.");
	if (l == NULL)
		return form_refuse(
			t, "severity", "This level is not in use any more: choose another.");
	if (*lead != '\0' && !turn_may_act(t, lead, &no))
		return form_refuse_for(t, "lead", &no, why);
	if (was != NULL &&
		!timeline_may_put(t, was->as.shortcut.channel, was->as.shortcut.message.ts, &no))
		return form_refuse_for(t, "title", &no, why);
	incident_set_level(&i, l);
	if (i.report_only) {
		i.status = *statuses_first(&t->house->levels.statuses, STATUS_RESOLVED);
		i.resolved_at = t->now_us;
	}
	return declare(t, s, &i, was, why);
}

bool declare_submitted(struct turn *t, const struct submit *s, struct fail *why)
{
	return strcmp(s->callback, DECLARE_MESSAGE) == 0 ? form_of_message(t, s, submitted_of, why)
							 : submitted_of(t, s, NULL, why);
}

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "asker.h"
#include "forms.h"
#include "store_alarm.h"
#include "text.h"

static bool only_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

/* A title is one line, and not a long one: what is more is the summary, so that nothing typed is lost. */
static void split(struct turn *t, const char *text, const char **title, const char **summary)
{
	const char *begin = text + strspn(text, " \t\r\n");
	size_t line = strcspn(begin, "\r\n");
	size_t len = text_fit(begin, FORM_TITLE_MOST);

	if (len >= line)
		len = line;
	else
		len = text_fit(begin, FORM_TITLE_MOST - strlen("..."));
	*summary = begin[len] != '\0' ? text : NULL;
	*title = arena_printf(t->arena, "%.*s%s", (int)len, begin, len < line ? "..." : "");
}

bool declare_titled(struct turn *t, struct incident *i, const char *text)
{
	if (only_blank(text))
		return false;
	split(t, text, &i->title, &i->summary);
	return true;
}

static struct call *form_call(
	struct turn *t, const struct command *c, const char *title, const char *summary)
{
	struct form_field fields[] = {
		{ .id = "title", .label = "What is wrong?", .initial = title, .kind = FIELD_LINE },
		{ .id = "severity",
			.label = "Severity",
			.initial = levels_default(&t->house->levels)->id,
			.kind = FIELD_CHOICE },
		{ .id = "summary",
			.label = "What do we know so far?",
			.initial = summary,
			.optional = true },
		{ .id = "impact", .label = "Who is affected, and how?", .optional = true },
	};
	const struct form form = { .callback = DECLARE_CALLBACK,
		.metadata = c->channel,
		.title = "Declare an incident",
		.submit = "Declare",
		.fields = fields,
		.field_count = sizeof(fields) / sizeof(fields[0]) };

	fields[1].choices = choices_of_levels(t, &fields[1].choice_count);
	return call_form(t->arena, c->trigger, &form);
}

bool declare_form(struct turn *t, const struct command *c, const char *plain, struct fail *why)
{
	const char *title, *summary;

	(void)why;
	split(t, plain, &title, &summary);
	if (summary != NULL && summary[text_fit(summary, FORM_TEXT_MOST)] != '\0') {
		turn_tell(t, c,
			arena_printf(t->arena,
				"That is more than a form can hold. To declare it, send it with "
				"`declare`:\n%s declare %s",
				t->house->slash, slack_escaped(t, plain)));
		return true;
	}
	turn_open(t, form_call(t, c, title, summary),
		&(struct asker){ .user = c->user,
			.channel = c->channel,
			.respond = c->respond,
			.text = arena_printf(t->arena, "declare %s",
				*plain != '\0' ? slack_escaped(t, plain) : "TITLE") });
	return true;
}

/* "Open banking is down": the word that declared it may have been meant as part of the title. */
static const char *or_title(struct turn *t, const struct command *c, const struct incident *i)
{
	if (strncasecmp(c->typed, "declare", strlen("declare")) == 0)
		return "";
	return arena_printf(t->arena,
		"\nThe first word declared it, and is not in its title. To have it there:%s",
		turn_sendable(
			t, c, arena_printf(t->arena, "#%" PRId64 " title %s", i->id, c->typed)));
}

/* declare TITLE; without a title: the form, where there is a trigger for it */
bool verb_declare(struct turn *t, const struct command *c, struct incident *none, struct fail *why)
{
	struct incident i = { .reporter = c->user };

	(void)none;
	if (*c->rest == '\0' && c->trigger != NULL)
		return declare_form(t, c, "", why);
	if (!declare_titled(t, &i, c->rest))
		return fail_set(why, FAIL_REFUSED, "Say what is wrong: `declare TITLE`.");
	incident_set_level(&i, levels_default(&t->house->levels));
	if (!incident_declare(t, &i, why))
		return false;
	turn_tell(t, c,
		arena_printf(t->arena,
			"Incident %" PRId64 " is declared, at %s. Its channel is being made; you "
			"will be invited.%s",
			i.id, slack_escaped(t, i.severity_label), or_title(t, c, &i)));
	return true;
}

static const char *or_null(const char *text)
{
	return *text != '\0' ? text : NULL;
}

/* The declare form was sent. What is wrong is said at its field, and nothing typed is lost. */
bool declare_submitted(struct turn *t, const struct submit *s, struct fail *why)
{
	const struct level *l = levels_find(&t->house->levels, submit_value(s, "severity"));
	struct incident i = { .title = slack_escaped(t, submit_value(s, "title")),
		.reporter = s->user,
		.summary = or_null(slack_escaped(t, submit_value(s, "summary"))),
		.impact = or_null(slack_escaped(t, submit_value(s, "impact"))) };

	if (*i.title == '\0')
		return form_refuse(t, "title", "Say what is wrong.");
	if (l == NULL)
		return form_refuse(
			t, "severity", "This level is not in use any more: choose another.");
	incident_set_level(&i, l);
	return incident_declare(t, &i, why) && store_severity_chosen(t->store, i.id, s->user, why);
}

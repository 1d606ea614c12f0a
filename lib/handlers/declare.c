#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "action.h"
#include "asker.h"
#include "call_action.h"
#include "handler.h"
#include "redact.h"
#include "remind.h"
#include "role_form.h"
#include "status_form.h"
#include "text.h"
#include "timeline_form.h"

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

bool declare_form(struct turn *t, const struct command *c, const char *plain, struct fail *why)
{
	struct form form = { 0 };

	(void)why;
	split(t, plain, &form.title, &form.summary);
	if (form.summary != NULL && form.summary[text_fit(form.summary, FORM_TEXT_MOST)] != '\0') {
		turn_tell(t, c,
			arena_printf(t->arena,
				"That is more than a form can hold. To declare it, send it with "
				"`declare`:\n%s declare %s",
				t->house->slash, slack_escaped(t, plain)));
		return true;
	}
	turn_open(t, call_declare_form(t->arena, c->trigger, c->channel, &form, &t->house->levels),
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

static const char *field(const struct submit *s, const char *block)
{
	for (int n = 0; n < s->count; n++)
		if (strcmp(s->fields[n].block, block) == 0)
			return s->fields[n].value != NULL && *s->fields[n].value != '\0'
				? s->fields[n].value
				: NULL;
	return NULL;
}

/* The declare form was sent. What is wrong is said at its field, and nothing typed is lost. */
bool handle_submit(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct submit *s = &ev->as.submit;
	const char *severity = field(s, "severity");
	const struct level *l = severity != NULL ? levels_find(&t->house->levels, severity) : NULL;
	struct incident i = { .title = slack_escaped(t, field(s, "title")),
		.reporter = s->user,
		.summary = slack_escaped(t, field(s, "summary")),
		.impact = slack_escaped(t, field(s, "impact")) };

	if (s->callback != NULL && strcmp(s->callback, REDACT_CALLBACK) == 0)
		return redact_submitted(t, s, why);
	if (s->callback != NULL && strcmp(s->callback, STATUS_CALLBACK) == 0)
		return status_submitted(t, s, why);
	if (s->callback != NULL && strcmp(s->callback, ROLE_CALLBACK) == 0)
		return role_submitted(t, s, why);
	if (s->callback != NULL && strcmp(s->callback, TIMELINE_CALLBACK) == 0)
		return timeline_submitted(t, s, why);
	if (s->callback != NULL && strncmp(s->callback, REMIND_PREFIX, strlen(REMIND_PREFIX)) == 0)
		return remind_submitted(t, s, why);
	if (s->callback != NULL && strncmp(s->callback, ACTION_PREFIX, strlen(ACTION_PREFIX)) == 0)
		return action_submitted(t, s, why);
	if (s->callback == NULL || strcmp(s->callback, "declare") != 0)
		return true;
	if (only_blank(i.title)) {
		t->reply = reply_form_error(t->arena, "title", "Say what is wrong.");
		return true;
	}
	if (l == NULL) {
		t->reply = reply_form_error(
			t->arena, "severity", "This level is not in use any more: choose another.");
		return true;
	}
	incident_set_level(&i, l);
	return incident_declare(t, &i, why) && store_severity_chosen(t->store, i.id, s->user, why);
}

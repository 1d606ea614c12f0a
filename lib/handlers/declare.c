#include <inttypes.h>
#include <string.h>

#include "handler.h"

enum { TITLE_MOST = 150 };

static bool only_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \t\r\n")] == '\0';
}

/* A title is one line, and not a long one: what is more is the summary, so that nothing typed is lost. */
static void fit_title(struct turn *t, struct incident *i)
{
	const char *begin = i->title + strspn(i->title, " \t\r\n");
	size_t line = strcspn(begin, "\r\n");
	size_t len = line < TITLE_MOST ? line : TITLE_MOST;

	if (begin[len] == '\0') {
		i->title = begin;
		return;
	}
	while (len > 0 && ((unsigned char)begin[len] & 0xc0) == 0x80)
		len--;
	i->summary = i->title;
	i->title = arena_printf(t->arena, "%.*s%s", (int)len, begin, len < line ? "..." : "");
}

/* declare TITLE; without a title: the form, where there is a trigger for it */
bool verb_declare(struct turn *t, const struct command *c, struct incident *none, struct fail *why)
{
	struct incident i = { .title = plain_text(t, c->rest), .reporter = c->user };

	(void)none;
	if (*c->rest == '\0' && c->trigger == NULL)
		return fail_set(why, FAIL_REFUSED, "Say what is wrong: `declare TITLE`.");
	if (*c->rest == '\0') {
		turn_say(t,
			call_declare_form(
				t->arena, c->trigger, c->channel, NULL, &t->house->levels));
		return true;
	}
	if (only_blank(i.title))
		return fail_set(why, FAIL_REFUSED, "Say what is wrong: `declare TITLE`.");
	fit_title(t, &i);
	incident_set_level(&i, levels_default(&t->house->levels));
	if (!incident_declare(t, &i, why))
		return false;
	turn_tell(t, c,
		arena_printf(t->arena,
			"Incident %" PRId64 " is declared, at %s. Its channel is being made; you "
			"will be invited.",
			i.id, i.severity_label));
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
	struct incident i = { .title = field(s, "title"),
		.reporter = s->user,
		.summary = field(s, "summary"),
		.impact = field(s, "impact") };

	if (s->callback == NULL || strcmp(s->callback, "declare") != 0)
		return true;
	if (only_blank(i.title)) {
		t->reply = reply_form_error(t->arena, "title", "Say what is wrong.");
		return true;
	}
	if (strlen(i.title) > (size_t)TITLE_MOST * 4) {
		t->reply = reply_form_error(t->arena, "title", "Use at most 150 characters.");
		return true;
	}
	if (l == NULL) {
		t->reply = reply_form_error(
			t->arena, "severity", "This level is not in use any more: choose another.");
		return true;
	}
	incident_set_level(&i, l);
	return incident_declare(t, &i, why);
}

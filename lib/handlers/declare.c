#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "declare_form.h"
#include "forms.h"
#include "text.h"

bool declare_split(struct turn *t, const char *text, const char **title, const char **summary)
{
	const char *begin = text != NULL ? text + strspn(text, " \t\r\n") : "";
	size_t line = strcspn(begin, "\r\n");
	size_t len = text_fit(begin, FORM_TITLE_MOST);

	if (len >= line)
		len = line;
	else
		len = text_fit(begin, FORM_TITLE_MOST - strlen("..."));
	*summary = begin[len] != '\0' ? text : NULL;
	*title = arena_printf(t->arena, "%.*s%s", (int)len, begin, len < line ? "..." : "");
	return *begin != '\0';
}

bool declare_titled(struct turn *t, struct incident *i, const char *text)
{
	return declare_split(t, text, &i->title, &i->summary);
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
	bool asked;

	(void)none;
	if (*c->rest == '\0' && c->trigger != NULL)
		return declare_form(t, c, "", why);
	if (!declare_in_channel(t, c, &asked, why))
		return false;
	if (asked)
		return true;
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

#include <string.h>

#include "handler.h"
#include "text.h"

enum { TITLE_MOST = 500 }; /* as much as the headline shows */

static const char *one_line(struct turn *t, const char *text)
{
	char *line = arena_copy(t->arena, text);

	for (char *p = line; *p != '\0'; p++)
		if (*p == '\n' || *p == '\r')
			*p = ' ';
	return line;
}

/* title TEXT; nothing: what it is */
bool verb_title(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *before = i->title, *title = one_line(t, c->rest);

	if (*title == '\0') {
		turn_tell_change(t, c, i,
			arena_printf(t->arena, "Incident %lld: %s\nChange it with `%s title TEXT`.",
				(long long)i->id, i->title, t->slash),
			"Change", "title");
		return true;
	}
	if (title[text_fit(title, TITLE_MOST)] != '\0')
		return fail_set(why, FAIL_REFUSED,
			"A title has at most %d characters. `%.45s summary TEXT` takes as many as "
			"you like.",
			(int)TITLE_MOST, t->slash);
	if (strcmp(title, before) == 0)
		return fail_set(why, FAIL_REFUSED, "That is the title already.");
	i->title = title;
	return incident_change(
		t, i, c->user, "title", arena_printf(t->arena, "%s, was %s", title, before), why);
}

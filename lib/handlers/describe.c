#include "handler.h"
#include "verb_form.h"

static bool describe(struct turn *t, const struct command *c, struct incident *i, const char *what,
	const char **text, struct fail *why)
{
	if (*c->rest == '\0') {
		turn_tell_change(t, c, i,
			arena_printf(t->arena, "The %s is: %s\n%s it with `%s %s TEXT`.", what,
				*text != NULL ? *text : "not written yet",
				*text != NULL ? "Change" : "Write", t->slash, what),
			*text != NULL ? "Change" : "Write", what);
		return true;
	}
	*text = c->rest;
	return incident_change(t, i, c->user, what, c->rest, why);
}

/* summary TEXT; nothing: what it is */
bool verb_summary(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	return describe(t, c, i, "summary", &i->summary, why);
}

/* impact TEXT; nothing: what it is */
bool verb_impact(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	return describe(t, c, i, "impact", &i->impact, why);
}

static bool empty(struct turn *t, const struct command *c, struct incident *i, const char *what,
	const char **text, struct fail *why)
{
	*text = NULL;
	return incident_change(t, i, c->user, what, VERB_FORM_EMPTY, why);
}

bool summary_empty(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	return empty(t, c, i, "summary", &i->summary, why);
}

bool impact_empty(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	return empty(t, c, i, "impact", &i->impact, why);
}

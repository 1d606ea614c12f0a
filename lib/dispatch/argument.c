#include "argument.h"

#include <string.h>

#include "typed.h"

/* The first word of it, and what follows. */
static const char *first_word(struct turn *t, const char *text)
{
	size_t len = 0;

	while (text[len] != '\0' && typed_blanks(text + len) == 0)
		len++;
	return arena_printf(t->arena, "%.*s", (int)len, text);
}

int argument_words(const char *text)
{
	int words = 0;

	for (const char *at = text + typed_blanks(text); *at != '\0' && words < 2; words++) {
		while (*at != '\0' && typed_blanks(at) == 0)
			at++;
		at += typed_blanks(at);
	}
	return words;
}

static bool is_level(struct turn *t, const char *rest)
{
	const struct levels *l = &t->house->levels;
	const char *whole = typed_meant(t->arena, plain_text(t, rest));

	return levels_find(l, whole) != NULL || levels_find(l, first_word(t, whole)) != NULL;
}

static bool is_status(struct turn *t, const char *rest)
{
	const struct statuses *s = &t->house->levels.statuses;
	const char *whole = typed_meant(t->arena, plain_text(t, rest));

	return statuses_find(s, whole) != NULL || statuses_find(s, first_word(t, whole)) != NULL;
}

/* It names somebody, or begins with a role. */
static bool is_role(struct turn *t, const char *rest)
{
	const char *behind;

	return role_at(t, typed_meant(t->arena, rest), &behind) != NULL ||
		strstr(rest, "<@") != NULL;
}

/* Also a time that is refused for what it is: nobody begins a title with one behind "started". */
static bool is_time(struct turn *t, const char *rest, bool *fits, struct fail *why)
{
	const char *behind;
	int64_t at;

	if (turn_time(t, rest, &at, &behind, why)) {
		*fits = at != 0;
		return true;
	}
	*fits = why->kind == FAIL_REFUSED;
	return *fits;
}

static bool is_incident(struct turn *t, const char *rest, bool *fits, struct fail *why)
{
	int64_t number;

	*fits = duplicate_is_none(t, rest);
	if (*fits)
		return true;
	if (!duplicate_named(t, rest, &number, why))
		return false;
	*fits = number != 0;
	return true;
}

bool argument_fits(
	struct turn *t, const struct verb *v, const char *rest, bool *fits, struct fail *why)
{
	const char *behind;

	*fits = true;
	if (argument_words(rest) < 2)
		return true;
	switch (v->takes) {
	case TAKES_NOTHING:
	case TAKES_VERB: *fits = false; return true;
	case TAKES_LEVEL: *fits = is_level(t, rest); return true;
	case TAKES_STATUS: *fits = is_status(t, rest); return true;
	case TAKES_PERSON: *fits = mention_of(t->arena, rest, &behind) != NULL; return true;
	case TAKES_ROLE: *fits = is_role(t, rest); return true;
	case TAKES_TIME: return is_time(t, rest, fits, why);
	case TAKES_INCIDENT: return is_incident(t, rest, fits, why);
	case TAKES_TEXT: return true;
	}
	return true;
}

const char *argument_wanted(const struct verb *v)
{
	static const char *const WANTED[] = {
		[TAKES_TEXT] = "a text",
		[TAKES_NOTHING] = "nothing behind it",
		[TAKES_VERB] = "the name of a verb",
		[TAKES_LEVEL] = "one of the severity levels",
		[TAKES_STATUS] = "a status",
		[TAKES_PERSON] = "one @name",
		[TAKES_ROLE] = "a role and one @name",
		[TAKES_TIME] = "a time",
		[TAKES_INCIDENT] = "the number of an incident",
	};

	return WANTED[v->takes];
}

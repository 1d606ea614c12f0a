#include "target.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "typed.h"

int64_t target_number(const char *text, const char **behind)
{
	enum { DIGITS_MOST = 9 };
	const char *digits = text + (*text == '#');
	size_t len = strspn(digits, "0123456789");
	size_t blanks = typed_blanks(digits + len);

	if (len == 0 || len > DIGITS_MOST || (blanks == 0 && digits[len] != '\0'))
		return 0;
	*behind = digits + len + blanks;
	return strtoll(digits, NULL, 10);
}

/* One that this person may not know of is not there. */
static bool find_number(
	struct turn *t, const struct command *c, struct target *to, struct fail *why)
{
	to->elsewhere = true;
	if (!store_incident_get(t->store, t->arena, to->number, &to->incident, &to->found, why) ||
		(to->found &&
			!turn_reaches(t, &to->incident, c->user, c->channel, &to->found, why)))
		return false;
	if (to->found)
		t->slash = arena_printf(t->arena, "%s #%" PRId64, t->house->slash, to->number);
	return true;
}

bool target_find(struct turn *t, struct command *c, struct target *to, struct fail *why)
{
	const char *behind = c->rest;

	*to = (struct target){ .number = c->named };
	if (!store_incident_in_channel(
		    t->store, t->arena, c->channel, &to->incident, &to->found, why))
		return false;
	if (to->found && (c->named == 0 || c->named == to->incident.id))
		return true;
	if (to->number == 0) {
		to->number = target_number(c->rest, &behind);
		to->number_may_be_a_word = true;
	}
	if (to->number == 0)
		return true;
	if (!find_number(t, c, to, why))
		return false;
	if (to->found && to->number_may_be_a_word)
		c->rest = behind;
	return true;
}

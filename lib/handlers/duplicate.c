#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "handler.h"
#include "status_form.h"
#include "typed.h"

enum { WORD_SHOWN = 80 }; /* all of it is repeated below */

/* "duplicate of 3" is meant as "duplicate-of 3". */
static const char *behind_of(const char *rest)
{
	size_t blanks = strncasecmp(rest, "of", 2) == 0 ? typed_blanks(rest + 2) : 0;

	return blanks > 0 ? rest + 2 + blanks : rest;
}

static int64_t number_of(const char *text)
{
	enum { DIGITS_MOST = 9 };
	int64_t number = 0;
	size_t len;

	text += *text == '#';
	len = strspn(text, "0123456789");
	if (len == 0 || len > DIGITS_MOST || text[len] != '\0')
		return 0;
	for (; *text != '\0'; text++)
		number = number * 10 + (*text - '0');
	return number;
}

bool duplicate_named(struct turn *t, const char *rest, int64_t *number, struct fail *why)
{
	const char *text = behind_of(rest);
	size_t len = strlen(text);

	*number = number_of(text);
	if (*number != 0 || len < 3 || strncmp(text, "<#", 2) != 0 || text[len - 1] != '>')
		return true;
	return store_incident_of_channel(t->store,
		arena_printf(t->arena, "%.*s", (int)strcspn(text + 2, "|>"), text + 2), number,
		why);
}

bool duplicate_is_none(struct turn *t, const char *rest)
{
	return strcasecmp(typed_meant(t->arena, behind_of(rest)), "none") == 0;
}

/* Of what is private not even the number is said to others. */
static const char *named(struct turn *t, const struct incident *i)
{
	if (i->private)
		return "a private incident";
	return i->channel != NULL
		? arena_printf(t->arena, "incident %" PRId64 ", <#%s>,", i->id, i->channel)
		: arena_printf(t->arena, "incident %" PRId64, i->id);
}

/* The same, at the end of what is said. */
static const char *named_last(struct turn *t, const struct incident *i)
{
	const char *name = named(t, i);
	size_t len = strlen(name);

	return arena_printf(t->arena, "%.*s", (int)(len - (name[len - 1] == ',')), name);
}

/* The other one, which is there: the link is a foreign key. */
static bool other_of(struct turn *t, int64_t id, struct incident *other, struct fail *why)
{
	bool found;

	if (!store_incident_get(t->store, t->arena, id, other, &found, why))
		return false;
	return found || fail_set(why, FAIL_BROKEN, "incident %" PRId64 " is not there", id);
}

/* The one that it is a duplicate of is told, and shows it; where that is public and this one is not, nothing is said. */
static bool tell_other(struct turn *t, const struct incident *i, struct incident *other,
	const char *by, const char *what, struct fail *why)
{
	if (i->private && !other->private)
		return true;
	return incident_change(
		t, other, by, "duplicate", arena_printf(t->arena, "%s %s", named(t, i), what), why);
}

bool duplicate_ended(
	struct turn *t, const struct incident *i, const char *by, int64_t was, struct fail *why)
{
	struct incident other = { 0 };

	if (was == 0)
		return true;
	return other_of(t, was, &other, why) &&
		tell_other(t, i, &other, by, "is no duplicate of this one any more", why);
}

/* What was cancelled for it goes on. */
static bool take_back(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	int64_t was = i->duplicate_of;
	bool ended_it = i->cancelled_at != 0 && i->cancelled_at == i->duplicate_at;
	struct command said = *c;
	struct incident other = { 0 };

	if (was == 0)
		return fail_set(why, FAIL_REFUSED,
			"Incident %" PRId64 " is no duplicate of another one.", i->id);
	if (!other_of(t, was, &other, why))
		return false;
	if (ended_it) {
		said.rest = arena_printf(t->arena, "no duplicate of %s", named_last(t, &other));
		return status_set(
			t, &said, i, statuses_first(&t->house->levels.statuses, STATUS_OPEN), why);
	}
	i->duplicate_of = i->duplicate_at = 0;
	return incident_change(t, i, c->user, "duplicate",
		       arena_printf(t->arena, "none of %s any more", named(t, &other)), why) &&
		duplicate_ended(t, i, c->user, was, why);
}

static bool tell_which(
	struct turn *t, const struct command *c, const struct incident *i, struct fail *why)
{
	struct incident other = { 0 };

	if (i->duplicate_of == 0) {
		turn_tell(t, c,
			arena_printf(t->arena,
				"Incident %" PRId64 " is no duplicate of another one. `%s "
				"duplicate-of N` says of which it is one.",
				i->id, t->slash));
		return true;
	}
	if (!other_of(t, i->duplicate_of, &other, why))
		return false;
	turn_tell(t, c,
		arena_printf(t->arena,
			"Incident %" PRId64 " is a duplicate of %s. `%s duplicate-of none` takes "
			"that back.",
			i->id, named_last(t, &other), t->slash));
	return true;
}

/* Refuses what leads round in a ring, or on to a third one: a duplicate's duplicates would be found nowhere. */
static bool may_link(
	struct turn *t, const struct incident *i, const struct incident *to, struct fail *why)
{
	struct incident other = { 0 };

	if (to->duplicate_of == 0)
		return true;
	if (to->duplicate_of == i->id)
		return fail_set(why, FAIL_REFUSED,
			"Incident %" PRId64
			" is a duplicate of this one: that would go round in a ring.",
			to->id);
	return other_of(t, to->duplicate_of, &other, why) &&
		fail_set(why, FAIL_REFUSED,
			"Incident %" PRId64 " is itself a duplicate of %s: say that one.", to->id,
			named_last(t, &other));
}

static bool is_linked(
	struct turn *t, const struct incident *i, const struct incident *to, struct fail *why)
{
	struct incident other = { 0 };

	if (!other_of(t, i->duplicate_of, &other, why))
		return false;
	return fail_set(why, FAIL_REFUSED, "Incident %" PRId64 " is a duplicate of %s already.%s",
		i->id, named(t, &other),
		to->id == other.id
			? ""
			: arena_printf(t->arena, " `%.45s duplicate-of none` takes that back.",
				  t->slash));
}

/* It ends, where it has not: as cancelled, for what is done is done in the other one. */
static bool link_to(struct turn *t, const struct command *c, struct incident *i,
	struct incident *to, struct fail *why)
{
	const struct status *end = statuses_first(&t->house->levels.statuses, STATUS_CANCELLED);
	bool ends = !incident_is_over(i);

	if (ends && !incident_move(i, end, why))
		return false;
	i->duplicate_of = to->id;
	i->duplicate_at = t->now_us;
	i->duplicate_hidden = to->private;
	if (ends)
		i->cancelled_at = t->now_us;
	return incident_change(t, i, c->user, ends ? "cancelled" : "duplicate",
		       arena_printf(t->arena, "%s %s", ends ? "a duplicate of" : "of",
			       named_last(t, to)),
		       why) &&
		other_of(t, to->id, to, why) &&
		tell_other(t, i, to, c->user, "is a duplicate of this one", why);
}

static bool no_incident(struct turn *t, const struct command *c, struct fail *why)
{
	return turn_refuse(t,
		arena_printf(t->arena,
			"`%s` is no incident: `%s duplicate-of N`, with its number or its channel.",
			turn_cut(t, c->rest, WORD_SHOWN), t->slash),
		why);
}

static bool find_other(struct turn *t, const struct command *c, const struct incident *i,
	struct incident *to, struct fail *why)
{
	int64_t number;
	bool found;

	if (!duplicate_named(t, c->rest, &number, why))
		return false;
	if (number == 0)
		return no_incident(t, c, why);
	if (number == i->id)
		return fail_set(why, FAIL_REFUSED,
			"Incident %" PRId64 " cannot be a duplicate of itself.", number);
	if (!store_incident_get(t->store, t->arena, number, to, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED, "%s",
			turn_out_of_reach(t, &(const struct incident){ .id = number }));
	return turn_must_reach(t, to, c->user, c->channel, why);
}

/* duplicate-of N: it is the same as incident N; none: it is not; nothing: of which it is */
bool verb_duplicate(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	struct incident to = { 0 };

	if (*c->rest == '\0')
		return tell_which(t, c, i, why);
	if (duplicate_is_none(t, c->rest))
		return take_back(t, c, i, why);
	if (!find_other(t, c, i, &to, why))
		return false;
	if (i->duplicate_of != 0)
		return is_linked(t, i, &to, why);
	return may_link(t, i, &to, why) && link_to(t, c, i, &to, why);
}

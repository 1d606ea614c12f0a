#include "action.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "deadline.h"
#include "store_action.h"
#include "typed.h"

/* What is typed of an action, and how it is read. */

static const char *const DEEDS[DEED_COUNT] = { "done", "reopen", "drop", "assign", "due", "edit" };
/* What stands behind the number. */
static const char *const TAKES[DEED_COUNT] = { "", "", "", " @name", " WHEN", ": TEXT" };

enum order_read { ORDER_NONE, ORDER_READ, ORDER_WRONG };

/* The deed that the text begins with; DEED_COUNT: none. *behind is what follows it. */
static enum deed deed_of(const char *text, const char **behind)
{
	size_t len = strcspn(text, " \t\r\n");
	int deed = 0;

	while (deed < DEED_COUNT &&
		(strlen(DEEDS[deed]) != len || strncasecmp(DEEDS[deed], text, len) != 0))
		deed++;
	*behind = text + len + strspn(text + len, " \t\r\n");
	return (enum deed)deed;
}

/* No order for want of a number: "done the first half", "drop the index". One word, or a person, was meant as one. */
static bool is_text(const char *behind)
{
	bool has_more = strpbrk(behind, " \t\r\n") != NULL;

	return has_more && strchr("#0123456789", *behind) == NULL && strncmp(behind, "<@", 2) != 0;
}

static bool is_nothing(const char *word)
{
	return strcasecmp(word, "nobody") == 0 || strcasecmp(word, "none") == 0 ||
		strcasecmp(word, "never") == 0;
}

/* "3 nobody", "3 <@U2>" */
static bool read_whom(struct turn *t, const char *behind, struct order *out)
{
	const char *rest = "";

	if (is_nothing(behind))
		return true;
	out->whom = mention_of(t->arena, behind, &rest);
	return out->whom != NULL && *rest == '\0';
}

static bool no_such_time(struct turn *t, const char *typed, struct fail *why)
{
	return turn_refuse(t,
		arena_printf(t->arena,
			"There is no such day or time as at the end of \u201c%s\u201d. Write for example "
			"`due tomorrow 10:00`, `due fri`, `due 2026-12-01 17:00` or `due in 2h`.",
			turn_cut(t, typed, 80)),
		why);
}

/* "3 fri": *fits is false where that is no time. A time that is past is refused. */
static bool read_due(
	struct turn *t, const char *behind, struct order *out, bool *fits, struct fail *why)
{
	struct deadline d = { 0 };
	enum deadline_read how;
	int64_t now;

	*fits = true;
	if (is_nothing(behind))
		return true;
	if (!turn_clock(t, &now, why))
		return false;
	how = deadline_read(behind, now, &d);
	if (how == DEADLINE_WRONG)
		return no_such_time(t, behind, why);
	*fits = how == DEADLINE_READ;
	return !*fits || turn_due(t, &d, &out->due_at, why);
}

/* What stands behind the number. typed: the same as it was typed. */
static bool read_rest(struct turn *t, const char *behind, const char *typed, struct order *out,
	bool *fits, struct fail *why)
{
	*fits = true;
	switch (out->deed) {
	case DEED_ASSIGN: *fits = read_whom(t, behind, out); return true;
	case DEED_DUE: return read_due(t, behind, out, fits, why);
	case DEED_EDIT:
		if (*behind == ':')
			out->text = typed + 1 + typed_blanks(typed + 1);
		*fits = *behind == '\0' || (out->text != NULL && *out->text != '\0');
		return true;
	default: *fits = *behind == '\0'; return true;
	}
}

/* A deed, a number, and what that deed takes. */
static bool read_order(
	struct turn *t, const char *text, struct order *out, enum order_read *how, struct fail *why)
{
	const char *meant = typed_meant(t->arena, text), *number;
	size_t digits;
	bool fits;

	*out = (struct order){ .deed = deed_of(meant, &number) };
	*how = ORDER_NONE;
	if (out->deed == DEED_COUNT || is_text(number))
		return true;
	*how = ORDER_WRONG;
	number += *number == '#';
	digits = strspn(number, "0123456789");
	if (digits == 0 || digits > 9)
		return true;
	out->id = strtoll(number, NULL, 10);
	number += digits + strspn(number + digits, " \t\r\n");
	if (!read_rest(
		    t, number, text + typed_len(text, (size_t)(number - meant)), out, &fits, why))
		return false;
	*how = fits ? ORDER_READ : ORDER_WRONG;
	return true;
}

static bool refuse_order(
	struct turn *t, const struct incident *i, const struct order *o, struct fail *why)
{
	const char *list;
	int count;

	if (!action_list_text(t, i, &list, &count, why))
		return false;
	return turn_refuse(t,
		arena_printf(t->arena,
			"Say which one, by its number: `%s action %s NUMBER%s`, and nothing behind that. To log a "
			"new action, begin it with another word than `%s`.\n%s",
			t->slash, DEEDS[o->deed], TAKES[o->deed], DEEDS[o->deed], list),
		why);
}

static bool follow(struct turn *t, const struct command *c, const struct incident *i,
	const struct order *o, struct fail *why)
{
	struct action one;

	if (!action_find(t, i, o->id, &one, why))
		return false;
	if (o->deed == DEED_EDIT && o->text == NULL && c->trigger != NULL)
		return action_ask_change(t, c, i, &one, o->deed, why);
	if (o->deed == DEED_EDIT && o->text == NULL)
		return fail_set(why, FAIL_REFUSED,
			"Say what it is to read: `%.45s action edit %" PRId64 ": TEXT`.", t->slash,
			o->id);
	return action_follow(t, i, c->user, &one, o, why);
}

/* --- a new one ------------------------------------------------------------------------------------- */

/* So many bytes of it, without the blanks and the comma at their end. */
static const char *first_part(struct arena *a, const char *text, size_t len)
{
	while (len > 0 && strchr(" \t\r\n,", text[len - 1]) != NULL)
		len--;
	return arena_printf(a, "%.*s", (int)len, text);
}

/* A mention at the end of the text is the assignee, and no longer part of the text. */
static const char *take_last(struct arena *a, const char **text)
{
	const char *last = strrchr(*text, '<'), *rest = "x";
	const char *who = last != NULL ? mention_of(a, last, &rest) : NULL;

	if (who == NULL || *rest != '\0')
		return NULL;
	*text = first_part(a, *text, (size_t)(last - *text));
	return who;
}

static const char *take_first(struct arena *a, const char **text)
{
	const char *rest, *who = mention_of(a, *text, &rest);

	*text = who != NULL ? rest : *text;
	return who;
}

static bool take_due(struct turn *t, const char **text, int64_t *due_at, struct fail *why)
{
	const char *meant = typed_meant(t->arena, *text);
	struct deadline d = { 0 };
	int64_t now;
	size_t len;

	if (!turn_clock(t, &now, why))
		return false;
	switch (deadline_at_end(meant, now, &d, &len)) {
	case DEADLINE_NONE: return true;
	case DEADLINE_WRONG: return no_such_time(t, *text, why);
	case DEADLINE_READ: break;
	}
	*text = first_part(t->arena, *text, typed_len(*text, len));
	return turn_due(t, &d, due_at, why);
}

/* Who and when stand at the end, in any order; who may stand at the beginning. */
static bool take_ends(struct turn *t, struct action *new, struct fail *why)
{
	new->assignee.id = take_last(t->arena, &new->text);
	if (!take_due(t, &new->text, &new->due_at, why))
		return false;
	if (new->assignee.id == NULL)
		new->assignee.id = take_last(t->arena, &new->text);
	if (new->assignee.id == NULL)
		new->assignee.id = take_first(t->arena, &new->text);
	return true;
}

/* How it was understood: whom it was typed for sees it at once, and how to mend it. */
static bool tell(struct turn *t, const struct command *c, const struct incident *i,
	const struct action *new, struct fail *why)
{
	const char *due = NULL, *slash = t->slash;

	if (c->ts != NULL || i->channel == NULL || strcmp(c->channel, i->channel) != 0)
		return true;
	if (new->due_at != 0 && !turn_show_due(t, new->due_at, &due, why))
		return false;
	turn_tell(t, c,
		arena_printf(t->arena,
			"Action %" PRId64 " is logged, for %s%s%s, %s%s. `%s action edit %" PRId64
			"`, `assign`, `due`, `done` or `drop` changes it.",
			new->id, new->assignee.id != NULL ? "<@" : "nobody yet",
			new->assignee.id != NULL ? new->assignee.id : "",
			new->assignee.id != NULL ? ">" : "",
			due != NULL ? "due " : "without a due date", due != NULL ? due : "", slash,
			new->id));
	return true;
}

/* action TEXT [@assignee] [WHEN]: logs a follow-up; action done N: what became of one */
bool verb_action(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	struct action new = { .author.id = c->user, .text = c->rest, .text_by = c->user };
	enum order_read how;
	struct order order;

	if (!read_order(t, c->rest, &order, &how, why))
		return false;
	switch (how) {
	case ORDER_READ: return follow(t, c, i, &order, why);
	case ORDER_WRONG: return refuse_order(t, i, &order, why);
	case ORDER_NONE: break;
	}
	if (*c->rest == '\0' && c->trigger != NULL)
		return action_ask_new(t, c, i, why);
	if (!take_ends(t, &new, why))
		return false;
	if (*new.text == '\0')
		return fail_set(
			why, FAIL_REFUSED, "Say what is to be done: `action TEXT @name due WHEN`.");
	return action_log(t, i, &new, c->user, why) && tell(t, c, i, &new, why);
}

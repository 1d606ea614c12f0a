#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "handler.h"
#include "store_action.h"
#include "typed.h"

/* A list is to be read at a glance; the report has the whole. */
enum { LISTED_MOST = 30, LISTED_TEXT_MOST = 200 };

/* A mention at the end of the text, or at its beginning, is the assignee, and no longer part of the text. */
static const char *take_assignee(struct arena *a, const char **text)
{
	const char *last = strrchr(*text, '<');
	const char *rest = "x";
	const char *who = last != NULL ? mention_of(a, last, &rest) : NULL;
	size_t len;

	if (who == NULL || *rest != '\0') {
		who = mention_of(a, *text, &rest);
		*text = who != NULL ? rest : *text;
		return who;
	}
	len = (size_t)(last - *text);
	while (len > 0 && strchr(" \t\n", (*text)[len - 1]) != NULL)
		len--;
	*text = arena_printf(a, "%.*s", (int)len, *text);
	return who;
}

static bool find_action(
	struct turn *t, const struct incident *i, int64_t id, struct action *out, struct fail *why)
{
	const struct action *list;
	int count;

	if (!store_actions(t->store, t->arena, i->id, &list, &count, why))
		return false;
	for (int n = 0; n < count; n++) {
		if (list[n].id != id)
			continue;
		*out = list[n];
		return true;
	}
	return fail_set(why, FAIL_REFUSED,
		"There is no action %" PRId64 " here: `%.30s actions` lists them.", id,
		t->house->slash);
}

/* What may be done with one: `action done 2`. */
enum deed { DEED_DONE, DEED_REOPEN, DEED_DROP, DEED_ASSIGN, DEED_COUNT };
static const char *const DEEDS[DEED_COUNT] = { "done", "reopen", "drop", "assign" };

struct order {
	enum deed deed;
	int64_t id;
	const char *whom; /* to assign */
};

/* A deed, a number, and for assign a person: else it is the text of a new action. */
static bool read_order(struct turn *t, const char *text, struct order *out)
{
	const char *number = text + strcspn(text, " \t\n");
	size_t len = (size_t)(number - text), digits;
	int deed = 0;

	while (deed < DEED_COUNT &&
		(strlen(DEEDS[deed]) != len || strncasecmp(DEEDS[deed], text, len) != 0))
		deed++;
	number += strspn(number, " \t\n#");
	digits = strspn(number, "0123456789");
	if (deed == DEED_COUNT || digits == 0 || digits > 9)
		return false;
	*out = (struct order){ .deed = (enum deed)deed, .id = strtoll(number, NULL, 10) };
	number += digits + strspn(number + digits, " \t\n");
	if (deed == DEED_ASSIGN)
		out->whom = mention_of(t->arena, number, &number);
	return *number == '\0' && (deed != DEED_ASSIGN || out->whom != NULL);
}

static bool is_so_already(const struct order *o, const struct action *one)
{
	if (o->deed == DEED_ASSIGN)
		return one->assignee.id != NULL && strcmp(one->assignee.id, o->whom) == 0;
	return (o->deed == DEED_DONE && one->done) || (o->deed == DEED_REOPEN && !one->done);
}

static bool follow(struct turn *t, const struct command *c, const struct incident *i,
	const struct order *o, struct fail *why)
{
	static const char *const NOW[DEED_COUNT] = { "is done", "is open again", "is dropped",
		"is assigned to" };
	struct action one = { 0 };

	if (!find_action(t, i, o->id, &one, why))
		return false;
	if (is_so_already(o, &one))
		return fail_set(why, FAIL_REFUSED, "Action %" PRId64 " %s%s%.30s%s already.", o->id,
			NOW[o->deed], o->whom != NULL ? " <@" : "", o->whom != NULL ? o->whom : "",
			o->whom != NULL ? ">" : "");
	if (o->whom != NULL && !turn_may_act(t, o->whom, why))
		return false;
	one.done = o->deed == DEED_DONE || (one.done && o->deed != DEED_REOPEN);
	one.dropped = o->deed == DEED_DROP;
	one.assignee.id = o->whom != NULL ? o->whom : one.assignee.id;
	return store_action_save(t->store, i->id, &one, why) && turn_meet(t, o->whom, why) &&
		incident_note(t, i, c->user, "action",
			arena_printf(t->arena, "%" PRId64 " %s%s%s%s: %s", o->id, NOW[o->deed],
				o->whom != NULL ? " <@" : "", o->whom != NULL ? o->whom : "",
				o->whom != NULL ? ">" : "", one.text),
			why);
}

/* action TEXT [@assignee]: logs a follow-up; action done N: what became of one */
bool verb_action(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *text = c->rest;
	struct order order;
	struct action new = { .author.id = c->user };
	int64_t id;

	if (read_order(t, typed_meant(t->arena, text), &order))
		return follow(t, c, i, &order, why);
	new.assignee.id = take_assignee(t->arena, &text);
	new.text = text;
	if (*text == '\0')
		return fail_set(
			why, FAIL_REFUSED, "Say what is to be done: `action TEXT @assignee`.");
	if (new.assignee.id != NULL && !turn_may_act(t, new.assignee.id, why))
		return false;
	if (!store_action_add(t->store, i->id, &new, t->now_us, &id, why))
		return false;
	return incident_note(t, i, c->user, "action",
		arena_printf(t->arena, "%" PRId64 ": %s%s%s%s", id, text,
			new.assignee.id != NULL ? " <@" : "",
			new.assignee.id != NULL ? new.assignee.id : "",
			new.assignee.id != NULL ? ">" : ""),
		why);
}

/* actions: the list of them */
bool verb_actions(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const struct action *list;
	int count;
	struct buf b = { 0 };
	int first;

	if (!store_actions(t->store, t->arena, i->id, &list, &count, why))
		return false;
	buf_add(&b, count == 0 ? "No action is logged." : "Actions:");
	first = count > LISTED_MOST ? count - LISTED_MOST : 0;
	if (first > 0)
		buf_printf(&b, " (the report has %d earlier ones)", first);
	for (int n = first; n < count; n++) {
		buf_printf(&b, "\n- %" PRId64 " %s%s", list[n].id, list[n].done ? "(done) " : "",
			turn_cut(t, list[n].text, LISTED_TEXT_MOST));
		if (list[n].assignee.id != NULL)
			buf_printf(&b, " <@%s>", list[n].assignee.id);
	}
	if (count > 0)
		buf_printf(&b,
			"\n`%s action done NUMBER` when one is done; also `reopen`, `drop`, `assign NUMBER @name`.",
			t->house->slash);
	turn_tell(t, c, arena_copy(t->arena, b.text));
	buf_done(&b);
	return true;
}

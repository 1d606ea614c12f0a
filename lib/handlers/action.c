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
		"There is no action %" PRId64 " here: `%.45s actions` lists them.", id, t->slash);
}

/* What may be done with one: `action done 2`. */
enum deed { DEED_DONE, DEED_REOPEN, DEED_DROP, DEED_ASSIGN, DEED_COUNT };
static const char *const DEEDS[DEED_COUNT] = { "done", "reopen", "drop", "assign" };

struct order {
	enum deed deed;
	int64_t id;
	const char *whom; /* to assign */
};

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

/* A deed, a number, and for assign a person. */
static enum order_read read_order(struct turn *t, const char *text, struct order *out)
{
	const char *number;
	size_t digits;

	*out = (struct order){ .deed = deed_of(text, &number) };
	if (out->deed == DEED_COUNT || is_text(number))
		return ORDER_NONE;
	number += *number == '#';
	digits = strspn(number, "0123456789");
	if (digits == 0 || digits > 9)
		return ORDER_WRONG;
	out->id = strtoll(number, NULL, 10);
	number += digits + strspn(number + digits, " \t\r\n");
	if (out->deed == DEED_ASSIGN)
		out->whom = mention_of(t->arena, number, &number);
	return *number == '\0' && (out->deed != DEED_ASSIGN || out->whom != NULL) ? ORDER_READ
										  : ORDER_WRONG;
}

static void put_actions(struct turn *t, struct buf *b, const struct action *list, int count)
{
	int first = count > LISTED_MOST ? count - LISTED_MOST : 0;

	if (first > 0)
		buf_printf(b, " (the report has %d earlier ones)", first);
	for (int n = first; n < count; n++) {
		buf_printf(b, "\n- %" PRId64 " %s%s", list[n].id, list[n].done ? "(done) " : "",
			turn_cut(t, list[n].text, LISTED_TEXT_MOST));
		if (list[n].assignee.id != NULL)
			buf_printf(b, " <@%s>", list[n].assignee.id);
	}
}

static bool refuse_order(
	struct turn *t, const struct incident *i, const struct order *o, struct fail *why)
{
	const struct action *list;
	struct buf b = { 0 };
	int count;

	if (!store_actions(t->store, t->arena, i->id, &list, &count, why))
		return false;
	buf_printf(&b,
		"Say which one, by its number: `%s action %s NUMBER%s`, and nothing behind that. To log a "
		"new action, begin it with another word than `%s`.\n%s",
		t->slash, DEEDS[o->deed], o->deed == DEED_ASSIGN ? " @name" : "", DEEDS[o->deed],
		count == 0 ? "No action is logged." : "Actions:");
	put_actions(t, &b, list, count);
	(void)turn_refuse(t, arena_copy(t->arena, b.text), why); /* it is false, as we are */
	buf_done(&b);
	return false;
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

	switch (read_order(t, typed_meant(t->arena, text), &order)) {
	case ORDER_READ: return follow(t, c, i, &order, why);
	case ORDER_WRONG: return refuse_order(t, i, &order, why);
	case ORDER_NONE: break;
	}
	new.assignee.id = take_assignee(t->arena, &text);
	new.text = text;
	if (*text == '\0')
		return fail_set(why, FAIL_REFUSED, "Say what is to be done: `action TEXT @name`.");
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

	if (!store_actions(t->store, t->arena, i->id, &list, &count, why))
		return false;
	buf_add(&b, count == 0 ? "No action is logged." : "Actions:");
	put_actions(t, &b, list, count);
	if (count > 0)
		buf_printf(&b,
			"\n`%s action done NUMBER` when one is done; also `reopen`, `drop`, `assign NUMBER @name`.",
			t->slash);
	turn_tell(t, c, arena_copy(t->arena, b.text));
	buf_done(&b);
	return true;
}

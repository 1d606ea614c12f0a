#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "asker.h"
#include "buf.h"
#include "call_action.h"
#include "store_action.h"

/* The list of actions: what is open first, a page at a time, each with a menu. */

/* A list is to be read at a glance; the report has the whole. */
enum { LISTED_MOST = 30, LISTED_TEXT_MOST = 200 };

static bool put_one(struct turn *t, struct buf *b, const struct action *one, struct fail *why)
{
	const char *tail;

	if (!action_tail(t, one, &tail, why))
		return false;
	buf_printf(b, "\n- %" PRId64 " %s%s%s", one->id, one->done ? "(done) " : "",
		turn_cut(t, one->text, LISTED_TEXT_MOST), tail);
	return true;
}

/* Those that are not dropped, the open ones first. */
static bool load(struct turn *t, const struct incident *i, const struct action ***out, int *count,
	struct fail *why)
{
	const struct action *list, **sorted;
	int all, n = 0;

	if (!store_actions(t->store, t->arena, i->id, &list, &all, why))
		return false;
	sorted = arena_zeroed(t->arena, sizeof(const struct action *) * (size_t)(all + 1));
	for (int done = 0; done < 2; done++)
		for (int k = 0; k < all; k++)
			if (!list[k].dropped && list[k].done == (done == 1))
				sorted[n++] = &list[k];
	*out = sorted;
	*count = n;
	return true;
}

static bool put_list(struct turn *t, struct buf *b, const struct action *const *list, int count,
	struct fail *why)
{
	buf_add(b, count == 0 ? "No action is logged." : "Actions:");
	for (int n = 0; n < count && n < LISTED_MOST; n++)
		if (!put_one(t, b, list[n], why))
			return false;
	if (count > LISTED_MOST)
		buf_printf(b, "\nand %d more: the report has them all", count - LISTED_MOST);
	return true;
}

bool action_list_text(
	struct turn *t, const struct incident *i, const char **text, int *count, struct fail *why)
{
	const struct action **list;
	struct buf b = { 0 };
	bool ok;

	if (!load(t, i, &list, count, why))
		return false;
	ok = put_list(t, &b, list, *count, why);
	*text = arena_copy(t->arena, b.text);
	buf_done(&b);
	return ok;
}

/* --- pages ----------------------------------------------------------------------------------------- */

static bool put_row(struct turn *t, const struct incident *i, const struct action *one, int from,
	struct action_row *out, struct fail *why)
{
	const char *tail, *text = turn_cut(t, one->text, LISTED_TEXT_MOST);

	if (!action_tail(t, one, &tail, why))
		return false;
	out->done = one->done;
	out->text = arena_printf(
		t->arena, "*%" PRId64 "* %s%s%s", one->id, one->done ? "(done) " : "", text, tail);
	out->value = arena_printf(t->arena, "%" PRId64 " %" PRId64 " %" PRId64 " %d", i->id,
		one->id, one->version, from);
	return true;
}

static const char *page_value(struct turn *t, const struct incident *i, int from)
{
	return arena_printf(t->arena, "%" PRId64 " %d", i->id, from);
}

static const char *heading(struct turn *t, const struct incident *i, int from, int shown, int count)
{
	if (count == 0)
		return arena_printf(
			t->arena, "*Actions of incident %" PRId64 "*: none is logged.", i->id);
	return arena_printf(t->arena, "*Actions of incident %" PRId64 "*: %d to %d of %d", i->id,
		from + 1, from + shown, count);
}

/* From that one on; where it has become shorter, the last page. */
static bool fill_page(struct turn *t, const struct incident *i, int from, struct action_page *out,
	struct fail *why)
{
	const struct action **list;
	struct action_row *rows;
	struct buf b = { 0 };
	int count, shown;
	bool ok;

	if (!load(t, i, &list, &count, why))
		return false;
	if (from < 0 || from >= count)
		from = count > 0 ? (count - 1) / ACTION_PAGE * ACTION_PAGE : 0;
	shown = count - from < ACTION_PAGE ? count - from : ACTION_PAGE;
	rows = arena_zeroed(t->arena, sizeof(*rows) * ACTION_PAGE);
	for (int n = 0; n < shown; n++)
		if (!put_row(t, i, list[from + n], from, &rows[n], why))
			return false;
	ok = put_list(t, &b, list + from, shown, why);
	*out = (struct action_page){
		.text = arena_printf(t->arena, "%s%s", b.text,
			from + shown < count
				? arena_printf(t->arena, "\nand %d more", count - from - shown)
				: ""),
		.heading = heading(t, i, from, shown, count),
		.foot = arena_printf(t->arena,
			"`%s action done NUMBER` does the same; also `reopen`, `drop`, `assign NUMBER @name`, "
			"`due NUMBER WHEN`, `edit NUMBER: TEXT`.",
			t->slash),
		.rows = rows,
		.count = shown,
		.earlier = from > 0 ? page_value(t, i, from - ACTION_PAGE) : NULL,
		.later = from + shown < count ? page_value(t, i, from + shown) : NULL,
		.more = page_value(t, i, 0),
	};
	buf_done(&b);
	return ok;
}

/* actions: the list of them */
bool verb_actions(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	struct action_page page;

	if (!fill_page(t, i, 0, &page, why))
		return false;
	turn_answer(t, c, reply_actions(t->arena, &page));
	return true;
}

/* --- what is pressed in it ---------------------------------------------------------------------------- */

/* The list that was pressed shows what has become of it. */
static bool show_again(
	struct turn *t, const struct press *p, const struct incident *i, int from, struct fail *why)
{
	const struct asker who = { .user = p->user, .channel = p->channel, .text = "" };
	struct action_page page;

	if (p->respond == NULL)
		return true;
	if (!fill_page(t, i, from, &page, why))
		return false;
	turn_say_for(t,
		call_reply_respond(
			t->arena, reply_actions(t->arena, &page), p->respond, p->user, true),
		&who);
	return true;
}

static enum deed deed_named(const char *word)
{
	static const struct {
		const char *word;
		enum deed deed;
	} DEEDS[] = {
		{ "done", DEED_DONE },
		{ "reopen", DEED_REOPEN },
		{ "assign", DEED_ASSIGN },
		{ "edit", DEED_EDIT },
		{ "drop", DEED_DROP },
	};

	for (size_t n = 0; n < sizeof(DEEDS) / sizeof(DEEDS[0]); n++)
		if (strcmp(DEEDS[n].word, word) == 0)
			return DEEDS[n].deed;
	return DEED_COUNT;
}

/* "1 3 7 0 done": incident, action, its version, where the page begins, what is to be done */
static bool press_menu(
	struct turn *t, const struct press *p, const struct incident *i, struct fail *why)
{
	const struct command c = { .user = p->user,
		.channel = p->channel,
		.trigger = p->trigger,
		.respond = p->respond,
		.typed = "",
		.rest = "" };
	struct order o = { .is_press = true };
	struct action one;
	char *at;
	int from;

	(void)strtoll(p->value, &at, 10); /* the incident: it was read already */
	o.id = strtoll(at, &at, 10);
	o.version = strtoll(at, &at, 10);
	from = (int)strtol(at, &at, 10);
	o.deed = deed_named(at + strspn(at, " "));
	if (o.deed == DEED_COUNT)
		return true;
	if (!action_find(t, i, o.id, &one, why))
		return false;
	if (o.deed == DEED_ASSIGN || o.deed == DEED_EDIT)
		return action_ask_change(t, &c, i, &one, o.deed, why);
	return action_follow(t, i, p->user, &one, &o, why) && show_again(t, p, i, from, why);
}

bool action_press(struct turn *t, const struct press *p, struct incident *i, struct fail *why)
{
	const struct command c = { .user = p->user,
		.channel = p->channel,
		.trigger = p->trigger,
		.respond = p->respond,
		.typed = "",
		.rest = "" };
	char *at;

	if (strcmp(p->action, ACTION_MENU) == 0)
		return press_menu(t, p, i, why);
	if (strcmp(p->action, ACTION_NEW) == 0)
		return action_ask_new(t, &c, i, why);
	if (strncmp(p->action, ACTION_TURN, strlen(ACTION_TURN)) != 0)
		return true;
	(void)strtoll(p->value, &at, 10); /* the incident: it was read already */
	return show_again(t, p, i, (int)strtol(at, NULL, 10), why);
}

#include <inttypes.h>

#include "action.h"
#include "buf.h"
#include "store_action.h"

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

bool action_list_text(
	struct turn *t, const struct incident *i, const char **text, int *count, struct fail *why)
{
	const struct action *list;
	struct buf b = { 0 };
	int all, left = 0;
	bool ok = true;

	if (!store_actions(t->store, t->arena, i->id, &list, &all, why))
		return false;
	*count = 0;
	for (int n = 0; n < all; n++)
		*count += !list[n].dropped;
	left = *count - LISTED_MOST;
	buf_add(&b, *count == 0 ? "No action is logged." : "Actions:");
	if (left > 0)
		buf_printf(&b, " (the report has %d earlier ones)", left);
	for (int n = 0; ok && n < all; n++)
		if (!list[n].dropped && left-- <= 0)
			ok = put_one(t, &b, &list[n], why);
	*text = arena_copy(t->arena, b.text);
	buf_done(&b);
	return ok;
}

/* actions: the list of them */
bool verb_actions(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *text;
	int count;

	if (!action_list_text(t, i, &text, &count, why))
		return false;
	if (count > 0)
		text = arena_printf(t->arena,
			"%s\n`%s action done NUMBER` when one is done; also `reopen`, `drop`, "
			"`assign NUMBER @name`, `due NUMBER WHEN`, `edit NUMBER: TEXT`.",
			text, t->house->slash);
	turn_tell(t, c, text);
	return true;
}

#include <inttypes.h>
#include <string.h>

#include "buf.h"
#include "handler.h"

/* An answer to a command is at most 20,000 bytes. */
enum { LISTED_MOST = 30 };

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

/* action TEXT [@assignee]: logs a follow-up */
bool verb_action(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *text = c->rest;
	const char *assignee = take_assignee(t->arena, &text);
	struct action new = { .text = text, .author.id = c->user, .assignee.id = assignee };
	int64_t id;

	if (*text == '\0')
		return fail_set(
			why, FAIL_REFUSED, "Say what is to be done: `action TEXT @assignee`.");
	if (!store_action_add(t->store, i->id, &new, t->now_us, &id, why))
		return false;
	if (!turn_meet(t, assignee, why))
		return false;
	return incident_note(t, i, c->user, "action",
		arena_printf(t->arena, "%" PRId64 ": %s%s%s%s", id, text,
			assignee != NULL ? " <@" : "", assignee != NULL ? assignee : "",
			assignee != NULL ? ">" : ""),
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
			list[n].text);
		if (list[n].assignee.id != NULL)
			buf_printf(&b, " <@%s>", list[n].assignee.id);
	}
	turn_tell(t, c, arena_copy(t->arena, b.text));
	buf_done(&b);
	return true;
}

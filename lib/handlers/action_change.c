#include <inttypes.h>
#include <string.h>

#include "action.h"
#include "remind.h"
#include "store_action.h"

/* What becomes of actions, whoever asks for it and how. */

bool action_find(
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

static const char *mention(struct turn *t, const char *user)
{
	return user != NULL ? arena_printf(t->arena, "<@%s>", user) : "nobody";
}

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool action_tail(struct turn *t, const struct action *one, const char **tail, struct fail *why)
{
	const char *who = one->assignee.id, *due = "";

	if (one->due_at != 0 && !turn_show_due(t, one->due_at, &due, why))
		return false;
	*tail = arena_printf(t->arena, "%s%s%s%s%s", who != NULL ? " " : "",
		who != NULL ? mention(t, who) : "", *due != '\0' ? " (due " : "", due,
		*due != '\0' ? ")" : "");
	return true;
}

bool action_log(struct turn *t, const struct incident *i, struct action *new, const char *said_by,
	struct fail *why)
{
	const char *tail;

	if (new->assignee.id != NULL && !turn_may_act(t, new->assignee.id, why))
		return false;
	if (!action_tail(t, new, &tail, why) ||
		!store_action_add(t->store, i->id, new, t->now_us, &new->id, why))
		return false;
	return turn_meet(t, new->assignee.id, why) &&
		incident_note_of(t, i,
			&(struct noted){ said_by, new->author.id, "action",
				arena_printf(
					t->arena, "%" PRId64 ": %s%s", new->id, new->text, tail),
				0 },
			why) &&
		remind_follow(t, i, why);
}

/* "3 is done: order a fuse" */
static bool note(struct turn *t, const struct incident *i, const char *by, const struct action *one,
	const char *what, struct fail *why)
{
	return incident_note(t, i, by, "action",
		arena_printf(t->arena, "%" PRId64 " %s: %s", one->id, what, one->text), why);
}

/* Redactions read these lines: see redact_words.h. */
static bool note_text(struct turn *t, const struct incident *i, const char *by,
	const struct action *was, const struct action *now, struct fail *why)
{
	if (same(was->text, now->text))
		return true;
	return incident_note(t, i, by, "action",
		arena_printf(t->arena, "%" PRId64 " reads now: %s, was %s", now->id, now->text,
			was->text),
		why);
}

static bool note_state(struct turn *t, const struct incident *i, const char *by,
	const struct action *was, const struct action *now, struct fail *why)
{
	if (was->done == now->done && was->dropped == now->dropped)
		return true;
	return note(t, i, by, now,
		now->done              ? "is done"
			: now->dropped ? "is dropped"
				       : "is open again",
		why);
}

static bool note_assignee(struct turn *t, const struct incident *i, const char *by,
	const struct action *was, const struct action *now, struct fail *why)
{
	const char *before = was->assignee.id;

	if (same(before, now->assignee.id))
		return true;
	return note(t, i, by, now,
		arena_printf(t->arena, "is assigned to %s%s%s", mention(t, now->assignee.id),
			before != NULL ? ", was " : "", before != NULL ? mention(t, before) : ""),
		why);
}

static bool note_due(struct turn *t, const struct incident *i, const char *by,
	const struct action *was, const struct action *now, struct fail *why)
{
	const char *before = NULL, *due = NULL;

	if (was->due_at == now->due_at)
		return true;
	if ((was->due_at != 0 && !turn_show_due(t, was->due_at, &before, why)) ||
		(now->due_at != 0 && !turn_show_due(t, now->due_at, &due, why)))
		return false;
	return note(t, i, by, now,
		arena_printf(t->arena, "%s%s%s%s", due != NULL ? "is due " : "has no due date",
			due != NULL ? due : "", before != NULL ? ", was " : "",
			before != NULL ? before : ""),
		why);
}

bool action_save(struct turn *t, const struct incident *i, const char *by, const struct action *was,
	const struct action *now, struct fail *why)
{
	const char *whom = same(was->assignee.id, now->assignee.id) ? NULL : now->assignee.id;

	if (whom != NULL && !turn_may_act(t, whom, why))
		return false;
	return store_action_save(t->store, i->id, now, why) && turn_meet(t, whom, why) &&
		note_text(t, i, by, was, now, why) && note_assignee(t, i, by, was, now, why) &&
		note_due(t, i, by, was, now, why) && note_state(t, i, by, was, now, why);
}

/* What was pressed was another one then: nobody does what they do not see. */
static bool is_as_seen(
	struct turn *t, const struct order *o, const struct action *one, struct fail *why)
{
	const char *tail;

	if (!o->is_press || o->version == one->version)
		return true;
	return action_tail(t, one, &tail, why) &&
		turn_refuse(t,
			arena_printf(t->arena,
				"Action %" PRId64
				" was changed after that list was made: now it is %s\u201c%s\u201d%s. "
				"Look at it again with `%s actions`, and choose there.",
				one->id, one->done ? "done, " : "", turn_cut(t, one->text, 500),
				tail, t->slash),
			why);
}

static bool is_so_already(
	struct turn *t, const struct order *o, const struct action *one, struct fail *why)
{
	const char *due;

	if (one->dropped && o->deed != DEED_REOPEN)
		return fail_set(why, FAIL_REFUSED,
			"Action %" PRId64 " is dropped%s: `%.45s action reopen %" PRId64
			"` takes it up again.",
			one->id, o->deed == DEED_DROP ? " already" : "", t->slash, one->id);
	if (o->deed == DEED_DONE && one->done)
		return fail_set(why, FAIL_REFUSED, "Action %" PRId64 " is done already.", one->id);
	if (o->deed == DEED_REOPEN && !one->done && !one->dropped)
		return fail_set(
			why, FAIL_REFUSED, "Action %" PRId64 " is open again already.", one->id);
	if (o->deed == DEED_ASSIGN && same(o->whom, one->assignee.id))
		return fail_set(why, FAIL_REFUSED,
			"Action %" PRId64 " is assigned to %.30s already.", one->id,
			mention(t, o->whom));
	if (o->deed == DEED_EDIT && same(o->text, one->text))
		return fail_set(why, FAIL_REFUSED, "Action %" PRId64 " reads so already.", one->id);
	if (o->deed != DEED_DUE || o->due_at != one->due_at)
		return true;
	if (o->due_at == 0)
		return fail_set(
			why, FAIL_REFUSED, "Action %" PRId64 " has no due date already.", one->id);
	return turn_show_due(t, o->due_at, &due, why) &&
		fail_set(why, FAIL_REFUSED, "Action %" PRId64 " is due %.80s already.", one->id,
			due);
}

bool action_follow(struct turn *t, const struct incident *i, const char *by,
	const struct action *was, const struct order *o, struct fail *why)
{
	struct action now = *was;

	if (!is_so_already(t, o, was, why) || !is_as_seen(t, o, was, why))
		return false;
	switch (o->deed) {
	case DEED_DONE: now.done = true; break;
	case DEED_REOPEN: now.done = now.dropped = false; break;
	case DEED_DROP: now.done = false, now.dropped = true; break;
	case DEED_ASSIGN: now.assignee.id = o->whom; break;
	case DEED_DUE: now.due_at = o->due_at; break;
	case DEED_EDIT: now.text = o->text, now.text_by = by; break;
	default: break;
	}
	return action_save(t, i, by, was, &now, why);
}

#include "handler.h"

/* note TEXT: a line on the timeline */
bool verb_note(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	struct entry e = {
		.kind = "note",
		.said_at = t->now_us,
		.received_at = t->now_us,
		.author = { c->user, NULL },
		.text = c->rest,
		.provenance = "note",
	};

	if (*c->rest == '\0')
		return fail_set(why, FAIL_REFUSED, "Say what to note: `note TEXT`.");
	if (!store_entry_add(t->store, i->id, &e, why))
		return false;
	turn_say(t,
		call_post(t->arena, c->channel, c->thread,
			arena_printf(t->arena, "<@%s> noted: %s", c->user, c->rest)));
	return true;
}

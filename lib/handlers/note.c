#include <string.h>

#include "handler.h"

static bool write_note(struct turn *t, const struct command *c, const struct incident *i,
	int64_t at, const char *text, struct fail *why)
{
	struct entry e = {
		.kind = "note",
		.said_at = at != 0 ? at : t->now_us,
		.received_at = t->now_us,
		.author = { c->user, NULL },
		.text = text,
		.provenance = "note",
	};

	return store_entry_add(t->store, i->id, &e, why) && turn_meet_named(t, text, NULL, why);
}

/* note [TIME] TEXT: a line on the timeline, at that time */
bool verb_note(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *text, *when = NULL;
	int64_t at;

	if (!turn_time(t, c->rest, &at, &text, why))
		return false;
	if (*text == '\0')
		return fail_set(why, FAIL_REFUSED,
			"Say what to note: `%.45s note TEXT`, or `note 14:05 TEXT`.", t->slash);
	if (at != 0 && !turn_show_time(t, at, &when, why))
		return false;
	if (!write_note(t, c, i, at, text, why))
		return false;
	if (!incident_can_say(i))
		return true;
	turn_say(t,
		call_post(t->arena, i->channel,
			strcmp(i->channel, c->channel) == 0 ? c->thread : NULL,
			arena_printf(t->arena, "<@%s> noted%s%s: %s", c->user,
				when != NULL ? " for " : "", when != NULL ? when : "", text)));
	return true;
}

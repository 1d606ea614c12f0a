#include "handler.h"
#include "remind.h"
#include "store_headline.h"
#include "verb_form.h"

static bool tell_last(
	struct turn *t, const struct command *c, const struct incident *i, struct fail *why)
{
	const char *last;
	bool opened;

	if (!store_entry_last(t->store, t->arena, i->id, "update", &last, NULL, why))
		return false;
	if (c->trigger != NULL)
		return verb_form(t, c, i, "update",
			last != NULL ? arena_printf(t->arena, "The last update was: %s", last)
				     : "There was no update yet.",
			&opened, why);
	turn_tell(t, c,
		arena_printf(t->arena, "%s%s\nSend one with `%s update TEXT`.",
			last != NULL ? "The last update was: " : "There was no update yet.",
			last != NULL ? last : "", t->slash));
	return true;
}

void incident_tell_update(struct turn *t, const struct incident *i, const struct headline *h,
	const char *author, const char *text)
{
	const char *shown = arena_printf(t->arena, "%s<@%s> *update* (%s, %s): %s",
		incident_mark(i), author, slack_escaped(t, i->severity_label),
		slack_escaped(t, i->status.label), text);

	turn_say(t, call_update(t->arena, h->channel, h->ts, shown, i->update_due_at));
}

bool incident_update(
	struct turn *t, struct incident *i, const struct noted *u, bool *told, struct fail *why)
{
	const struct headline *list;
	int count;
	bool anew;

	if (!incident_note_of(t, i, u, why) || !remind_follow(t, i, why) ||
		!incident_promise(t, i, &anew, why) ||
		!incident_headlines(t, i, &list, &count, why) ||
		!store_headlines_wanted(t->store, i->id, told, why))
		return false;
	for (int n = 0; n < count; n++)
		incident_tell_update(
			t, i, &list[n], u->author != NULL ? u->author : u->by, u->text);
	return !anew || incident_show_promise(t, i, why);
}

/* update TEXT: what stakeholders are told, below each headline; nothing: the last one */
bool verb_update(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	struct noted update = { c->user, c->user, "update", c->rest, 0 };
	bool told;

	if (*c->rest == '\0')
		return tell_last(t, c, i, why);
	if (!incident_update(t, i, &update, &told, why))
		return false;
	if (i->private)
		turn_tell(t, c,
			"Stakeholders were not told: this incident is private, and announced in no "
			"channel any more.");
	else if (!told)
		turn_tell(t, c,
			"Stakeholders were not told: this incident is announced in no channel. The "
			"settings say where, by `channels.announce`, or a level's `announce`.");
	return true;
}

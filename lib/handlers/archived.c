#include <string.h>

#include "asker.h"
#include "handler.h"

/* Buttons of an incident whose channel was archived meanwhile: who presses them is told what is to be done. */

static bool is(const struct answer *a, const char *error)
{
	return a->error != NULL && strcmp(a->error, error) == 0;
}

/* The answer to conversations.invite, for who wanted to join. */
bool handle_join_answered(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct asker who = asker_of(t, a->argument);
	struct incident i;

	if (a->ok)
		return true;
	if (!answer_incident(t, a, &i, why))
		return false;
	who.text = is(a, "is_archived")
		? arena_printf(t->arena,
			  "The channel <#%s> of incident %lld is archived: nobody can join it as long as it is. "
			  "You can read it there, and unarchive it from its menu.",
			  i.channel, (long long)i.id)
		: arena_printf(t->arena, "Slack does not let me bring you into <#%s>: %s.",
			  i.channel, a->error != NULL ? a->error : "no reason given");
	turn_whisper(t, &who);
	return true;
}

/* The answer to conversations.unarchive. Slack may leave that to people; then they do it, and we come back by ourselves. */
bool handle_unarchived(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct asker who = asker_of(t, a->argument);
	struct incident i;

	if (a->ok)
		return true;
	if (!answer_incident(t, a, &i, why))
		return false;
	who.text = arena_printf(t->arena,
		"Incident %lld is open again. Its channel <#%s> is archived, and Slack does not let me "
		"unarchive it (%s): open it and unarchive it from its menu.%s",
		(long long)i.id, i.channel, a->error != NULL ? a->error : "no reason given",
		i.private ? " Then invite me." : "");
	turn_whisper(t, &who);
	return true;
}

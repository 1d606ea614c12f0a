#include <string.h>
#include <strings.h>

#include "handler.h"

/* "#inc-12-lift", "inc-12-lift" and "lift" are the same name. */
static const char *without_prefix(struct turn *t, const struct incident *i, const char *name)
{
	const char *prefix = arena_printf(t->arena, "inc-%lld-", (long long)i->id);

	name += strspn(name, "#");
	return strncasecmp(name, prefix, strlen(prefix)) == 0 ? name + strlen(prefix) : name;
}

/* rename NAME: the channel's; its number stays in it */
bool verb_rename(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	char name[81], bare[81];

	if (i->channel == NULL)
		return fail_set(why, FAIL_REFUSED, "Incident %lld has no channel to rename.",
			(long long)i->id);
	if (i->channel_closed != NULL)
		return fail_set(why, FAIL_REFUSED,
			"The channel of incident %lld is %s: it keeps its name.", (long long)i->id,
			i->channel_closed);
	if (i->adopted)
		return fail_set(why, FAIL_REFUSED,
			"The channel of incident %lld was there before it: it keeps its name.",
			(long long)i->id);
	if (*c->rest == '\0')
		return fail_set(why, FAIL_REFUSED,
			"This channel is %.80s. Change that with `%.45s rename NAME`.",
			i->channel_name != NULL ? i->channel_name : i->channel, t->slash);
	incident_channel_name(i->id, "", 1, bare);
	incident_channel_name(i->id, without_prefix(t, i, plain_text(t, c->rest)), 1, name);
	if (strcmp(name, bare) == 0)
		return fail_set(why, FAIL_REFUSED,
			"Slack allows letters from a to z, digits and dashes in a channel's name: "
			"nothing is left of `%.60s`.",
			slack_escaped(t, plain_text(t, c->rest)));
	if (i->channel_name != NULL && strcmp(name, i->channel_name) == 0)
		return fail_set(why, FAIL_REFUSED, "This channel is %.80s already.", name);
	if (!incident_note(t, i, c->user, "rename", arena_copy(t->arena, name), why))
		return false;
	turn_say(t, call_rename_channel(t->arena, i, name));
	return true;
}

/* Only now it has that name; Slack may have made another one of it. */
bool handle_renamed(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (!answer_incident(t, a, &i, why))
		return false;
	if (!a->ok)
		return answer_problem(t, &i, a, why);
	i.channel_name = a->channel_name != NULL ? a->channel_name : a->argument;
	return store_incident_save(t->store, &i, why);
}

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "asker.h"
#include "handler.h"
#include "typed.h"

/* An incident in a channel that is there already. Only Slack knows what it is: it is asked before anything is declared. */

/* "in <#C1|lifts> stuck" is C1, and what is stuck; NULL: it does not begin so. */
static const char *channel_at(struct turn *t, const char *text, const char **title)
{
	const char *at = text, *id;
	size_t blanks;

	if (strncasecmp(at, "in", 2) != 0 || (blanks = typed_blanks(at + 2)) == 0)
		return NULL;
	at += 2 + blanks;
	if (strncmp(at, "<#", 2) != 0 || strchr(at, '>') == NULL)
		return NULL;
	id = arena_printf(t->arena, "%.*s", (int)strcspn(at + 2, "|>"), at + 2);
	at = strchr(at, '>') + 1;
	*title = at + typed_blanks(at);
	return id;
}

/* What can be told without asking Slack. NULL: nothing is against it. */
static bool why_not_here(struct turn *t, const struct asker *who, const char *channel,
	const char **reason, struct fail *why)
{
	struct incident other;
	bool found, reaches;

	*reason = NULL;
	if (house_announces_in(t->arena, t->house, channel)) {
		*reason = arena_printf(t->arena,
			"<#%s> is where incidents are announced: run it in another one.", channel);
		return true;
	}
	if (!store_incident_in_channel(t->store, t->arena, channel, &other, &found, why))
		return false;
	if (!found)
		return true;
	if (!turn_reaches(t, &other, who->user, who->channel, &reaches, why))
		return false;
	*reason = reaches
		? arena_printf(t->arena,
			  "<#%s> is the channel of incident %" PRId64 " already: each has its own.",
			  channel, other.id)
		: arena_printf(t->arena, "<#%s> is the channel of another incident.", channel);
	return true;
}

bool declare_in_channel(struct turn *t, const struct command *c, bool *asked, struct fail *why)
{
	const char *title = "", *reason;
	const char *channel = channel_at(t, c->rest, &title);
	struct asker who = { .user = c->user, .channel = c->channel, .respond = c->respond };

	*asked = channel != NULL;
	if (channel == NULL)
		return true;
	who.text = arena_printf(t->arena, "%s %s", channel, title);
	if (*title == '\0')
		return fail_set(
			why, FAIL_REFUSED, "Say what is wrong: `declare in #channel TITLE`.");
	if (!why_not_here(t, &who, channel, &reason, why))
		return false;
	if (reason != NULL)
		return turn_refuse(t, reason, why);
	turn_say_for(t, call_channel_to_take(t->arena, channel), &who);
	turn_tell(t, c,
		arena_printf(t->arena,
			"I am looking whether it can be run in <#%s>. You will hear from me.",
			channel));
	return true;
}

/* What Slack says of it. NULL: nothing is against it. */
static const char *why_not_there(struct turn *t, const struct answer *a, const char *channel)
{
	const char *is = NULL;

	if (!a->ok)
		is = "cannot be seen by me: it is private, of elsewhere, or not there";
	else if (a->about.is_archived)
		is = "is archived";
	else if (a->about.is_shared)
		is = "is shared with another organisation, by Slack Connect: they would read it all";
	else if (a->about.is_private)
		is = "is private: what is said of an incident would leave it";
	else if (!a->about.is_member)
		is = "has not me in it: `/invite` me there, and send it again";
	return is != NULL ? arena_printf(t->arena, "<#%s> %s.", channel, is) : NULL;
}

static bool declare_there(struct turn *t, struct asker *who, const struct answer *a,
	const char *channel, const char *title, struct fail *why)
{
	struct incident i = { .reporter = who->user, .adopted = true };

	if (!declare_titled(t, &i, title))
		return true; /* there was one when it was asked for */
	incident_set_level(&i, levels_default(&t->house->levels));
	i.channel = channel;
	i.channel_name = a->channel_name;
	if (!incident_declare(t, &i, why) ||
		!incident_move_in(t, &i, channel, a->channel_name, why))
		return false;
	who->text = arena_printf(t->arena, "Incident %" PRId64 " is declared, at %s, in <#%s>.",
		i.id, slack_escaped(t, i.severity_label), channel);
	turn_whisper(t, who);
	return true;
}

/* The answer to conversations.info of a channel that an incident is to be run in. */
bool handle_channel_to_take(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct asker who = asker_of(t, a->argument);
	size_t len = strcspn(who.text, " ");
	const char *channel = arena_printf(t->arena, "%.*s", (int)len, who.text);
	const char *title = who.text + len + (who.text[len] == ' '), *reason;

	if (!why_not_here(t, &who, channel, &reason, why))
		return false;
	if (reason == NULL)
		reason = why_not_there(t, a, channel);
	if (reason == NULL)
		return declare_there(t, &who, a, channel, title, why);
	who.text = arena_printf(t->arena,
		"%s Nothing was declared. You typed:\n%s declare in <#%s> %s", reason,
		t->house->slash, channel, title);
	turn_whisper(t, &who);
	return true;
}

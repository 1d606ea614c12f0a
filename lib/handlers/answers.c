#include <string.h>

#include "handler.h"

enum { TRIES_MOST = 50, MICROSECONDS = 1000000 };

/* Slack's clock and ours may differ by so much. */
enum { CLOCKS_DIFFER_S = 60 };

/* A step that Slack refuses for good is told in the channel and on the report, and blocks nothing else. */
static bool tell_problem(
	struct turn *t, const struct incident *i, const struct answer *a, struct fail *why)
{
	const char *error = a->error != NULL ? a->error : "no reason given";
	const char *text = arena_printf(t->arena, "Slack refused %s%s%s%s: %s%s%s", a->method,
		a->argument != NULL ? " (" : "", a->argument != NULL ? a->argument : "",
		a->argument != NULL ? ")" : "", error, a->needed != NULL ? ", needed: " : "",
		a->needed != NULL ? a->needed : "");

	return incident_note(t, i, NULL, "problem", text, why);
}

static bool incident_of(
	struct turn *t, const struct answer *a, struct incident *i, struct fail *why)
{
	bool found;

	if (!store_incident_get(t->store, t->arena, a->incident, i, &found, why))
		return false;
	return found ||
		fail_set(why, FAIL_BROKEN, "call %lld names incident %lld, which is not there",
			(long long)a->call, (long long)a->incident);
}

/* The reporter, the lead, and the people whom the level names. (Its user groups are not people.) */
static void invite_all(struct turn *t, const struct incident *i)
{
	const struct level *l = levels_find(&t->house->levels, i->severity_id);

	turn_say(t, call_invite(t->arena, i, i->reporter));
	if (i->lead != NULL && strcmp(i->lead, i->reporter) != 0)
		turn_say(t, call_invite(t->arena, i, i->lead));
	for (int n = 0; l != NULL && l->invite != NULL && l->invite[n] != NULL; n++)
		if (l->invite[n][0] != 'S' && strcmp(l->invite[n], i->reporter) != 0)
			turn_say(t, call_invite(t->arena, i, l->invite[n]));
}

/* The channel is there: set it up, and let the headline name it. */
static bool move_in(
	struct turn *t, struct incident *i, const char *channel, const char *name, struct fail *why)
{
	struct shown s;

	i->channel = channel;
	i->channel_name = name;
	if (!store_incident_save(t->store, i, why))
		return false;
	s = incident_shown(t, i);
	incident_show(t, i);
	turn_say(t, call_purpose(t->arena, i, s.reporter, t->house->slash));
	turn_say(t, call_card(t->arena, &s));
	invite_all(t, i);
	return true;
}

/* The answer to conversations.create. A taken name may be our own work of before a crash. */
bool handle_channel_made(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (!incident_of(t, a, &i, why))
		return false;
	if (i.channel != NULL)
		return true;
	if (a->ok && a->channel != NULL)
		return move_in(t, &i, a->channel,
			a->channel_name != NULL ? a->channel_name : a->argument, why);
	if (a->error != NULL && strcmp(a->error, "name_taken") == 0) {
		turn_say(t, call_find_channel(t->arena, &i, a->argument, NULL));
		return true;
	}
	return tell_problem(t, &i, a, why);
}

/* Which try made this name? The names themselves remember it. */
static int tries_of(const struct incident *i, const char *name)
{
	char tried[81];

	for (int tries = 1; tries <= TRIES_MOST; tries++) {
		incident_channel_name(i->id, i->title, tries, tried);
		if (strcmp(tried, name) == 0)
			return tries;
	}
	return TRIES_MOST;
}

/* Made by us, for this incident: after it was declared, and no other incident's. Anything else is not to be taken. */
static bool is_ours(struct turn *t, const struct answer *a, const struct incident *i, bool *ours,
	struct fail *why)
{
	const char *self = NULL;
	int64_t owner = 0;

	*ours = false;
	if (!a->ok || a->found_channel == NULL)
		return true;
	if (!store_workspace_self(t->store, t->arena, &self, why) ||
		!store_incident_of_channel(t->store, a->found_channel, &owner, why))
		return false;
	*ours = owner == 0 && self != NULL && a->found_creator != NULL &&
		strcmp(a->found_creator, self) == 0 &&
		a->found_created_s >= i->reported_at / MICROSECONDS - CLOCKS_DIFFER_S;
	return true;
}

/* The answer to users.conversations: is the taken name ours? Else the next name is tried. */
bool handle_channel_looked_for(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;
	bool ours;
	int tries;

	if (!incident_of(t, a, &i, why))
		return false;
	if (i.channel != NULL)
		return true;
	if (!is_ours(t, a, &i, &ours, why))
		return false;
	if (ours)
		return move_in(t, &i, a->found_channel, a->argument, why);
	if (a->ok && a->found_channel == NULL && a->cursor != NULL) {
		turn_say(t, call_find_channel(t->arena, &i, a->argument, a->cursor));
		return true;
	}
	tries = tries_of(&i, a->argument);
	if (tries >= TRIES_MOST)
		return tell_problem(t, &i, a, why);
	turn_say(t, call_create_channel(t->arena, &i, tries + 1));
	return true;
}

static bool posted(struct turn *t, const struct answer *a, struct incident *i, struct fail *why)
{
	if (!store_incident_save(t->store, i, why))
		return false;
	/* What changed since the post was written is shown now. */
	if (i->version > a->version + 1)
		incident_show(t, i);
	return true;
}

bool handle_headline_posted(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (!incident_of(t, a, &i, why))
		return false;
	if (!a->ok)
		return tell_problem(t, &i, a, why);
	i.headline_channel = a->channel != NULL ? a->channel : a->argument;
	i.headline_ts = a->ts;
	return posted(t, a, &i, why);
}

bool handle_card_posted(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (!incident_of(t, a, &i, why))
		return false;
	if (!a->ok)
		return tell_problem(t, &i, a, why);
	i.card_ts = a->ts;
	turn_say(t, call_pin(t->arena, &i, a->ts));
	return posted(t, a, &i, why);
}

/* Every other step: only a refusal is worth a word, and only where there is an incident. */
bool handle_step_done(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (a->ok || a->incident == 0)
		return true;
	return incident_of(t, a, &i, why) && tell_problem(t, &i, a, why);
}

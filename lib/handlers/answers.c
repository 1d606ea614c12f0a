#include <inttypes.h>
#include <string.h>

#include "handler.h"
#include "remind.h"
#include "store_entry.h"
#include "store_headline.h"

enum { TRIES_MOST = 50, MICROSECONDS = 1000000 };

/* Slack's clock and ours may differ by so much. */
enum { CLOCKS_DIFFER_S = 60 };

/* So long a call may have been under way before its answer has its turn. */
static const int64_t LEASE_US = 20 * 1000000LL;

/* Without a channel there is nowhere to read it, and its reporter was told that they will be invited to one. */
static bool tell_elsewhere(
	struct turn *t, const struct incident *i, const char *problem, struct fail *why)
{
	const char *text = arena_printf(t->arena, "%s*Incident %" PRId64 "* has a problem: %s",
		incident_mark(i), i->id, problem);
	const struct headline *list;
	int count;

	if (!incident_headlines(t, i, &list, &count, why))
		return false;
	for (int n = 0; n < count; n++)
		turn_say(t, call_post(t->arena, list[n].channel, list[n].ts, text));
	turn_say(t, call_post(t->arena, i->reporter, NULL, text));
	return true;
}

bool incident_problem(struct turn *t, struct incident *i, const char *text, struct fail *why)
{
	return incident_note(t, i, NULL, "problem", text, why) &&
		(i->channel != NULL || tell_elsewhere(t, i, text, why));
}

/* It will be refused again and again, as long as it is so. */
static bool is_lasting(const char *error)
{
	return strcmp(error, "is_archived") == 0 || strcmp(error, "not_in_channel") == 0 ||
		strcmp(error, "channel_not_found") == 0;
}

/* What is sent to a channel of its headlines names that channel. */
static bool is_elsewhere(const struct answer *a)
{
	return strcmp(a->purpose, "headline_posted") == 0 ||
		strcmp(a->purpose, "headline_shown") == 0;
}

/* Of several calls that were refused for the same reason one is told of. */
static bool is_known(struct turn *t, struct incident *i, const struct answer *a, const char *error,
	const char *text, bool *known, struct fail *why)
{
	bool changed;

	*known = false;
	if (!is_lasting(error))
		return true;
	if (strcmp(error, "is_archived") != 0 || is_elsewhere(a) || i->channel == NULL)
		return store_problem_known(t->store, i->id, text, known, why);
	*known = i->channel_closed != NULL;
	/* It was sent a while ago: what was said of the channel since then counts. */
	return *known || incident_channel_is(t, i, "archived", t->now_us - LEASE_US, &changed, why);
}

bool answer_problem(struct turn *t, struct incident *i, const struct answer *a, struct fail *why)
{
	const char *error = a->error != NULL ? a->error : "no reason given";
	bool known;
	const char *text = arena_printf(t->arena, "Slack refused %s%s%s%s: %s%s%s", a->method,
		a->argument != NULL ? " (" : "", a->argument != NULL ? a->argument : "",
		a->argument != NULL ? ")" : "", error, a->needed != NULL ? ", needed: " : "",
		a->needed != NULL ? a->needed : "");

	if (!is_known(t, i, a, error, text, &known, why))
		return false;
	if (known)
		return true;
	return incident_problem(t, i, text, why);
}

bool answer_incident(struct turn *t, const struct answer *a, struct incident *i, struct fail *why)
{
	bool found;

	if (!store_incident_get(t->store, t->arena, a->incident, i, &found, why))
		return false;
	return found ||
		fail_set(why, FAIL_BROKEN, "call %lld names incident %lld, which is not there",
			(long long)a->call, (long long)a->incident);
}

const char *incident_channel(struct turn *t, const struct incident *i, int tries)
{
	char name[81];

	incident_channel_name(i->id, plain_text(t, i->title), tries, name);
	return arena_copy(t->arena, name);
}

bool incident_move_in(
	struct turn *t, struct incident *i, const char *channel, const char *name, struct fail *why)
{
	struct shown s;

	i->channel = channel;
	i->channel_name = name;
	if (!store_incident_save(t->store, i, why))
		return false;
	s = incident_shown(t, i);
	if (!incident_show(t, i, why))
		return false;
	if (!i->adopted)
		turn_say(t, call_purpose(t->arena, i, s.reporter, t->house->slash));
	turn_say(t, call_card(t->arena, &s));
	turn_say(t, call_invite(t->arena, i, i->reporter));
	if (i->lead != NULL && strcmp(i->lead, i->reporter) != 0)
		turn_say(t, call_invite(t->arena, i, i->lead));
	for (int n = 0; n < i->role_count; n++)
		turn_say(t, call_invite(t->arena, i, i->roles[n].person));
	return incident_call_in(t, i, why) && remind_follow(t, i, why) &&
		turn_read_channel(t, i->id, why);
}

/* The answer to conversations.create. A taken name may be our own work of before a crash. */
bool handle_channel_made(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (!answer_incident(t, a, &i, why))
		return false;
	if (i.channel != NULL)
		return true;
	if (a->ok && a->channel != NULL)
		return incident_move_in(t, &i, a->channel,
			a->channel_name != NULL ? a->channel_name : a->argument, why);
	if (a->error != NULL && strcmp(a->error, "name_taken") == 0) {
		turn_say(t, call_find_channel(t->arena, &i, a->argument, NULL));
		return true;
	}
	return answer_problem(t, &i, a, why);
}

/* Which try made this name? The names themselves remember it. 0: none, the title is another one by now. */
static int tries_of(struct turn *t, const struct incident *i, const char *name)
{
	for (int tries = 1; tries <= TRIES_MOST; tries++)
		if (strcmp(incident_channel(t, i, tries), name) == 0)
			return tries;
	return 0;
}

/* Made by us, for this incident: after it was declared, and no other incident's. Anything else is not to be taken. */
static bool is_ours(struct turn *t, const struct answer *a, const struct incident *i, bool *ours,
	struct fail *why)
{
	const char *self = NULL, *bot;
	int64_t owner = 0;

	*ours = false;
	if (a->found_channel == NULL)
		return true;
	if (!store_workspace_us(t->store, t->arena, &self, &bot, why) ||
		!store_incident_of_channel(t->store, a->found_channel, &owner, why))
		return false;
	*ours = owner == 0 && self != NULL && a->found_creator != NULL &&
		strcmp(a->found_creator, self) == 0 &&
		a->found_created_s >= i->reported_at / MICROSECONDS - CLOCKS_DIFFER_S;
	return true;
}

/* The answer to users.conversations: is the taken name ours? Else the next name is tried; who cannot tell makes none. */
bool handle_channel_looked_for(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;
	bool ours;
	int tries;

	if (!answer_incident(t, a, &i, why))
		return false;
	if (i.channel != NULL)
		return true;
	if (!a->ok)
		return answer_problem(t, &i, a, why);
	if (!is_ours(t, a, &i, &ours, why))
		return false;
	if (ours)
		return incident_move_in(t, &i, a->found_channel, a->argument, why);
	if (a->found_channel == NULL && a->cursor != NULL) {
		turn_say(t, call_find_channel(t->arena, &i, a->argument, a->cursor));
		return true;
	}
	tries = tries_of(t, &i, a->argument);
	if (tries >= TRIES_MOST)
		return answer_problem(t, &i, a, why);
	turn_say(t, call_create_channel(t->arena, &i, incident_channel(t, &i, tries + 1)));
	return true;
}

bool handle_card_posted(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;
	struct shown s;

	if (!answer_incident(t, a, &i, why))
		return false;
	if (!a->ok)
		return answer_problem(t, &i, a, why);
	i.card_ts = a->ts;
	turn_say(t, call_pin(t->arena, &i, a->ts));
	if (!store_incident_save(t->store, &i, why))
		return false;
	s = incident_shown(t, &i);
	/* What changed since the post was written is shown now. */
	if (i.version > a->version + 1)
		turn_say(t, call_card_update(t->arena, &s));
	return true;
}

/* Every other step: only a refusal is worth a word, and only where there is an incident. */
bool handle_step_done(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (a->ok || a->incident == 0)
		return true;
	return answer_incident(t, a, &i, why) && answer_problem(t, &i, a, why);
}

#include <stddef.h>
#include <string.h>

#include "buf.h"
#include "handler.h"
#include "store_entry.h"
#include "store_headline.h"

enum { INVITED_AT_ONCE = 100 }; /* Slack's limit for one call */

static bool announce_in(
	struct turn *t, const struct incident *i, const char *channel, struct fail *why)
{
	struct shown s = incident_shown(t, i);
	bool is_new;

	if (channel == NULL || i->private)
		return true;
	if (!store_headline_want(t->store, i->id, channel, &is_new, why))
		return false;
	if (is_new)
		turn_say(t, call_headline(t->arena, &s, channel));
	return true;
}

bool incident_announce(struct turn *t, const struct incident *i, struct fail *why)
{
	const struct level *l = levels_of(&t->house->levels, i->severity_id);
	const struct house *h = t->house;

	if (i->report_only)
		return announce_in(t, i, h->reports != NULL ? h->reports : h->announce, why);
	if (!announce_in(t, i, h->announce, why))
		return false;
	for (int n = 0; l != NULL && l->announce != NULL && l->announce[n] != NULL; n++)
		if (!announce_in(t, i, l->announce[n], why))
			return false;
	return true;
}

bool incident_headlines(struct turn *t, const struct incident *i, const struct headline **list,
	int *count, struct fail *why)
{
	*count = 0;
	return i->private || store_headlines(t->store, t->arena, i->id, list, count, why);
}

bool incident_hide(struct turn *t, int64_t incident, struct fail *why)
{
	const struct headline *list;
	int count;
	bool is_new;

	if (!store_channel_private(t->store, incident, &is_new, why))
		return false;
	if (!is_new)
		return true;
	if (!store_headlines(t->store, t->arena, incident, &list, &count, why) ||
		!store_headlines_hush(t->store, incident, why) || !webhooks_hush(t, incident, why))
		return false;
	for (int n = 0; n < count; n++)
		turn_say(t, call_headline_hidden(t->arena, incident, list[n].channel, list[n].ts));
	return true;
}

/* Whether the channel itself is the reason is asked of Slack, and told as a trouble. */
static bool refused_in(struct turn *t, struct incident *i, const struct answer *a, struct fail *why)
{
	if (house_announces_in(t->arena, t->house, a->argument))
		turn_say(t, call_join(t->arena, a->argument));
	return answer_problem(t, i, a, why);
}

/* The answer to a change of a headline. */
bool handle_headline_shown(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	return a->ok || (answer_incident(t, a, &i, why) && refused_in(t, &i, a, why));
}

/* A channel that comes late begins with how it stands, and with the last that stakeholders were told. */
bool handle_headline_posted(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	const struct headline h = { a->argument, a->ts };
	const char *update, *author;
	struct incident i;
	struct shown s;

	if (!answer_incident(t, a, &i, why))
		return false;
	if (!a->ok)
		return store_headline_refused(t->store, i.id, h.channel, why) &&
			refused_in(t, &i, a, why);
	if (!store_headline_posted(t->store, i.id, &h, why))
		return false;
	if (i.private) {
		turn_say(t, call_headline_hidden(t->arena, i.id, h.channel, h.ts));
		return true;
	}
	if (!store_entry_last(t->store, t->arena, i.id, "update", &update, &author, why))
		return false;
	s = incident_shown(t, &i);
	if (i.version > a->version)
		turn_say(t, call_headline_update(t->arena, &s, h.channel, h.ts));
	if (update != NULL)
		incident_tell_update(t, &i, &h, author, update);
	return true;
}

/* The reporter and the lead are invited as what they are. */
static bool invite_once(
	struct turn *t, const struct incident *i, const char *who, bool *is_new, struct fail *why)
{
	if (!store_invited(t->store, i->id, who, is_new, why))
		return false;
	*is_new = *is_new && strcmp(who, i->reporter) != 0 &&
		(i->lead == NULL || strcmp(who, i->lead) != 0);
	return true;
}

bool incident_call_in(struct turn *t, const struct incident *i, struct fail *why)
{
	const struct level *l = levels_of(&t->house->levels, i->severity_id);
	bool is_new;

	if (!incident_can_say(i))
		return true;
	for (int n = 0; l != NULL && l->invite != NULL && l->invite[n] != NULL; n++) {
		if (!invite_once(t, i, l->invite[n], &is_new, why))
			return false;
		if (!is_new)
			continue;
		turn_say(t,
			l->invite[n][0] == 'S' ? call_group_members(t->arena, i, l->invite[n])
					       : call_invite(t->arena, i, l->invite[n]));
	}
	return true;
}

static void invite_some(struct turn *t, const struct incident *i, struct buf *users, int *count)
{
	if (*count > 0)
		turn_say(t, call_invite(t->arena, i, users->text));
	buf_empty(users);
	*count = 0;
}

static bool invite_members(
	struct turn *t, const struct incident *i, const struct answer *a, struct fail *why)
{
	struct buf users = { 0 };
	int count = 0;
	bool ok = true, is_new;

	for (const char *const *user = a->users; ok && *user != NULL; user++) {
		ok = invite_once(t, i, *user, &is_new, why);
		if (!ok || !is_new)
			continue;
		buf_printf(&users, "%s%s", count > 0 ? "," : "", *user);
		if (++count == INVITED_AT_ONCE)
			invite_some(t, i, &users, &count);
	}
	invite_some(t, i, &users, &count);
	buf_done(&users);
	return ok;
}

/* The answer to usergroups.users.list: who is in a group that a level brings in. */
bool handle_group_known(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;

	if (!answer_incident(t, a, &i, why))
		return false;
	if (!a->ok || a->users == NULL)
		return answer_problem(t, &i, a, why);
	return invite_members(t, &i, a, why);
}

#include <string.h>

#include "handler.h"

/* What we say ourselves is on the timeline as the change that it tells of. */
static bool is_ours(const struct event *ev)
{
	const struct message *m = &ev->as.message;

	return (m->app != NULL && ev->app != NULL && strcmp(m->app, ev->app) == 0) ||
		(m->user != NULL && ev->self != NULL && strcmp(m->user, ev->self) == 0);
}

static const char *kind_of(const struct message *m)
{
	static const char *const small_print[] = { "channel_join", "channel_leave", "group_join",
		"group_leave", "channel_topic", "channel_purpose", "channel_name",
		"channel_archive", "channel_unarchive", "group_topic", "group_purpose",
		"group_name", "group_archive", "group_unarchive" };

	for (size_t i = 0; m->subtype != NULL && i < sizeof(small_print) / sizeof(*small_print);
		i++)
		if (strcmp(m->subtype, small_print[i]) == 0)
			return small_print[i];
	return "message";
}

/* Who is named in a text will be shown by name. */
static bool meet_named(struct turn *t, const char *text, const char *self, struct fail *why)
{
	for (const char *at = strstr(text, "<@"); at != NULL; at = strstr(at + 2, "<@")) {
		const char *rest;
		const char *who = mention_of(t->arena, at, &rest);

		if (who != NULL && (self == NULL || strcmp(who, self) != 0) &&
			!turn_meet(t, who, why))
			return false;
	}
	return true;
}

/* Anything said in an incident's channel is part of its timeline. */
bool handle_said(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct message *m = &ev->as.message;
	int64_t incident;
	struct entry e = {
		.kind = kind_of(m),
		.received_at = t->now_us,
		.said_at = t->now_us,
		.author = { m->user != NULL ? m->user : m->bot,
			m->user != NULL ? NULL : m->bot_name },
		.text = m->text != NULL ? m->text : "",
		.channel = m->channel,
		.ts = m->ts,
		.thread_ts = m->thread,
		.provenance = ev->retry > 0 ? "retry" : "live",
	};

	if (is_ours(ev))
		return true;
	if (!store_incident_of_channel(t->store, m->channel, &incident, why))
		return false;
	if (incident == 0)
		return true;
	return turn_meet(t, m->user, why) && meet_named(t, e.text, ev->self, why) &&
		store_entry_add(t->store, incident, &e, why);
}

static const char *name_of(const struct known_person *p)
{
	const char *const names[] = { p->display_name, p->real_name, p->name };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] != NULL && *names[i] != '\0')
			return names[i];
	return NULL;
}

static bool keep_person(struct turn *t, const struct known_person *p, struct fail *why)
{
	struct person_facts facts = { p->id, name_of(p), p->is_bot, p->deleted, p->restricted };

	return p->id == NULL || store_person_put(t->store, &facts, why);
}

/* user_change, team_join */
bool handle_person(struct turn *t, const struct event *ev, struct fail *why)
{
	return keep_person(t, &ev->as.person, why);
}

/* The answer to users.info; a person that Slack does not know stays an id. */
bool handle_person_known(struct turn *t, const struct event *ev, struct fail *why)
{
	return !ev->as.answer.ok || keep_person(t, &ev->as.answer.person, why);
}

/* The answer to auth.test */
bool handle_workspace_known(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;

	if (!a->ok || a->team == NULL)
		return true;
	return store_workspace_put(t->store, a->team, a->url, a->user, a->bot, why);
}

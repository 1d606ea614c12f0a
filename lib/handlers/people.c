#include "handler.h"

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
	const struct person_facts facts = { .id = p->id,
		.name = name_of(p),
		.team = p->team,
		.enterprise = p->enterprise,
		.is_bot = p->is_bot,
		.deleted = p->deleted,
		.restricted = p->restricted,
		.stranger = p->is_stranger };

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
	const struct known_person us = {
		.id = a->user, .team = a->team, .name = a->user_name, .is_bot = true
	};

	if (!a->ok || a->team == NULL)
		return true;
	return store_workspace_put(t->store,
		       &(struct workspace){ a->team, a->url, a->user, a->bot, a->enterprise },
		       why) &&
		keep_person(t, &us, why);
}

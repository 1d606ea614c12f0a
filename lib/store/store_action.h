#ifndef STORE_ACTION_H
#define STORE_ACTION_H

#include "store.h"

/* Follow-ups: part of the store, as store.h describes it. */

/* All but its id and version, done and dropped; it gets the incident's next number. */
bool store_action_add(struct store *, int64_t incident, const struct action *, int64_t now_us,
	int64_t *id, struct fail *why);
/* text, text_by, assignee.id, due_at, done and dropped; its version is the next one. */
bool store_action_save(struct store *, int64_t incident, const struct action *, struct fail *why);
/* By number, also those that are done or dropped. */
bool store_actions(struct store *, struct arena *, int64_t incident, const struct action **list,
	int *count, struct fail *why);

/* Those that are open and this person's, of all incidents: what is due first comes first, at most 100. */
struct action_of {
	struct incident about; /* its id, title, private, lead, reporter and channel only */
	struct action action;
};
bool store_actions_of(struct store *, struct arena *, const char *person,
	const struct action_of **list, int *count, struct fail *why);

/* The message's text is another one now: the action that was made of it says the same, unless somebody gave it a text. */
struct action_followed {
	int64_t id; /* 0: there is none, or it says so already */
	const char *text, *text_before;
};
bool store_action_follow(struct store *, struct arena *, int64_t incident, int64_t entry,
	struct action_followed *, struct fail *why);

#endif

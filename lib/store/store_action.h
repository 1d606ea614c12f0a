#ifndef STORE_ACTION_H
#define STORE_ACTION_H

#include "store.h"

/* Follow-ups: part of the store, as store.h describes it. */

/* text, author.id and assignee.id; it gets the incident's next number. */
bool store_action_add(struct store *, int64_t incident, const struct action *, int64_t now_us,
	int64_t *id, struct fail *why);
/* assignee.id, done and dropped. What was dropped is in no list any more, and its number in no other action. */
bool store_action_save(struct store *, int64_t incident, const struct action *, struct fail *why);
bool store_actions(struct store *, struct arena *, int64_t incident, const struct action **list,
	int *count, struct fail *why);

#endif

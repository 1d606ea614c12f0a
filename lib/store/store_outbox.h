#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store.h"

/* What is to be done in Slack, as rows: part of the store, as store.h describes it. */
struct outbox_row {
	int64_t id, incident, version;
	const char *method, *lane, *purpose, *argument, *body, *look_cursor;
	int attempts;
	bool in_doubt;         /* Slack may have carried it out already */
	int64_t first_sent_us; /* 0: never sent */
};

/* not_after_ms 0: none. replaces NULL: none. */
bool store_outbox_put(struct store *, const struct outbox_row *, const char *replaces,
	int64_t not_after_ms, struct fail *why);
/* Takes what is due, at most one of each lane, for `lease_ms`. In a transaction of its own. */
bool store_outbox_take(struct store *, struct arena *, int most, int64_t lease_ms,
	const struct outbox_row **list, int *count, struct fail *why);
bool store_outbox_get(struct store *, struct arena *, int64_t id, struct outbox_row *out,
	bool *found, struct fail *why);
/* state: done, refused, expired */
bool store_outbox_settle(
	struct store *, int64_t id, const char *state, const char *error, struct fail *why);
/* Sends it again after a rest. in_doubt: it may have been carried out. */
bool store_outbox_again(struct store *, int64_t id, int64_t rest_ms, bool in_doubt,
	const char *look_cursor, const char *error, struct fail *why);
/* Nothing of this method or lane for so long. */
bool store_pace_rest(struct store *, const char *key, int64_t ms, struct fail *why);
/* Are there rows that wait at all? */
bool store_outbox_waiting(struct store *, int64_t *count, struct fail *why);

#endif

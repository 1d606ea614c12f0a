#ifndef STORE_REPLAY_H
#define STORE_REPLAY_H

#include "store.h"

/* All that a record was made of, out of one database and into another: part of the store, as store.h describes it. */

/* What came, in the order in which it was written down. */
struct kept {
	int64_t id;
	struct inbox_row row;
	const char *recorded_at; /* as Postgres writes it */
	int64_t recorded_us;
	const char *state, *reply, *error;
};
/* Those after this one, at most some hundred. */
bool store_kept_after(struct store *, struct arena *, int64_t id, const struct kept **list,
	int *count, struct fail *why);
bool store_kept_count(struct store *, int64_t *count, struct fail *why);
/* When an incident was reported, and its number: by time. */
struct birth {
	int64_t incident, at;
};
bool store_births(
	struct store *, struct arena *, const struct birth **list, int *count, struct fail *why);

/* Nothing waits for the disk: who is interrupted begins anew. */
bool store_replay_begin(struct store *, bool *empty, struct fail *why);
/* What this transaction writes down was written down then. */
bool store_recorded_at(struct store *, const char *recorded_at, struct fail *why);
/* The next incident gets this number. */
bool store_number_next(struct store *, int64_t incident, struct fail *why);
/* An answer that was kept is of this incident; 0: none. */
bool store_inbox_answer(
	struct store *, const struct inbox_row *, int64_t incident, struct fail *why);
/* The same event again, which is done only now: a form that was put right. */
bool store_inbox_again(struct store *, const struct inbox_row *, struct fail *why);
/* What this transaction said should be done in Slack is not done. */
bool store_outbox_discard(struct store *, struct fail *why);

/* When somebody watched: no frame says so. */
bool store_watches_copy(struct store *from, struct store *to, struct fail *why);
/*
 * What is on record of redactions in the one is so in the other: those by command came with no frame. A line that nothing made there is
 * there by this: two titles that were redacted are one, and no change.
 */
bool store_redactions_copy(struct store *from, struct store *to, struct fail *why);

#endif

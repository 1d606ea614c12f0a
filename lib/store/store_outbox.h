#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store.h"

/* What is to be done in Slack, as rows: part of the store, as store.h describes it. */
struct outbox_row {
	int64_t id, incident, version;
	const char *method, *lane, *purpose, *argument, *body, *look_cursor;
	const char *name;     /* a webhook's own, in all databases; else NULL */
	const char *taken_by; /* the desk that has it, or NULL */
	int attempts;
	bool in_doubt;         /* Slack may have carried it out already */
	bool too_late;         /* past its not_after: of no use any more */
	int64_t first_sent_us; /* 0: never sent */
};

/* not_after_ms 0: none. replaces NULL: none. */
bool store_outbox_put(struct store *, const struct outbox_row *, const char *replaces,
	int64_t not_after_ms, struct fail *why);
/*
 * Who takes how many, and for how long if they live: see store_desk_alive. Of most, so many are kept for what is
 * urgent; and so many readings of channels at most are under way: one where Slack set a limit lately, of the channel
 * of which the record was complete the longest ago. So many webhooks at most, one place of which is kept for pages.
 */
struct taking {
	const char *desk;
	int most, urgent_kept, readings_most, webhooks_most;
	int64_t lease_ms;
};

/*
 * Takes what is due, at most one of each lane: also what a desk that is not alive had taken, and at once what is too
 * late. In a transaction of its own.
 */
bool store_outbox_take(struct store *, struct arena *, const struct taking *,
	const struct outbox_row **list, int *count, struct fail *why);
/* What this desk has taken is its own for so long. */
bool store_desk_alive(struct store *, const char *desk, int64_t ms, struct fail *why);
bool store_outbox_get(struct store *, struct arena *, int64_t id, struct outbox_row *out,
	bool *found, struct fail *why);
/* It was sent first so long ago, and since then other calls have had a good answer; which a webhook's receiver gives none. */
bool store_outbox_hopeless(
	struct store *, int64_t id, int64_t ms, bool *hopeless, struct fail *why);
/* state: done, refused, expired */
bool store_outbox_settle(
	struct store *, int64_t id, const char *state, const char *error, struct fail *why);

/* Settled, and of no use to anybody who looks at it later. */
bool store_outbox_drop(struct store *, int64_t id, struct fail *why);

/* Slack's answer of which our handler made nothing, for incidentctl replay. */
struct outbox_failed {
	int attempts;
	bool was_look;
	const char *answer;
};

bool store_outbox_fail(struct store *, int64_t id, const struct outbox_failed *, const char *error,
	struct fail *why);
/* It waits for its answer again, which is this one. */
bool store_outbox_reopen(struct store *, struct arena *, int64_t id, struct outbox_failed *out,
	bool *found, struct fail *why);
/* Sends it again after a rest. in_doubt: it may have been carried out. */
bool store_outbox_again(struct store *, int64_t id, int64_t rest_ms, bool in_doubt,
	const char *look_cursor, const char *error, struct fail *why);
/* Nothing of this method or lane for so long. */
bool store_pace_rest(struct store *, const char *key, int64_t ms, struct fail *why);
/* Webhooks of an incident that wait are not sent; *pages: so many of them were to page somebody. */
bool store_webhooks_hush(struct store *, int64_t incident, int64_t *pages, struct fail *why);
/* Are there rows that wait at all? */
bool store_outbox_waiting(struct store *, bool *waiting, struct fail *why);

#endif

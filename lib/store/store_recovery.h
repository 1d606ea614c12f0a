#ifndef STORE_RECOVERY_H
#define STORE_RECOVERY_H

#include "coverage.h"
#include "store.h"

/*
 * Readings of channels, and when somebody was watching: part of the store, as store.h describes it. What they are:
 * docs/RECORD.md.
 */

/* The reading of one incident's channel. There is one row an incident, for all its readings one after the other. */
struct recovery {
	int64_t incident;
	const char *channel;
	const char *state;  /* idle, reading, refused */
	const char *why;    /* what it was begun for */
	int64_t wanted_at;  /* asked for again while it was under way; 0: no */
	int64_t began_at;   /* it shows the channel as it was then or later */
	bool under_way;     /* a call of this reading waits or is in the air; not in lists */
	int64_t limit;      /* of its pages: see label.h; only while one is put down */
	int64_t now_at;     /* the database's own clock, as of those of watches; not in lists */
	const char *place;  /* history has been read down to this ts; NULL: nothing yet */
	const char *oldest; /* how far down it goes; NULL: to the channel's beginning */
	const char *floor;  /* what was said before this ts is not the incident's; NULL: all is */
	const char *newest; /* its newest message, once a page was read; NULL: none yet */
	bool bottom;        /* history is read; threads remain */
	int64_t pages, found, threads; /* threads: yet to be read; in lists only */
	int64_t complete_at; /* nothing that was said or changed before it was missed; 0: never read */
	int64_t whole_at;    /* when a reading down to the channel's beginning began; 0: never */
	const char *error; /* Slack's, in the state refused */
	const char *title; /* in lists only */
};

/* Locks the row until the turn ends. */
bool store_recovery_get(struct store *, struct arena *, int64_t incident, struct recovery *out,
	bool *found, struct fail *why);
/* The same, and there is a row afterwards. */
bool store_recovery_make(
	struct store *, struct arena *, int64_t incident, struct recovery *out, struct fail *why);
bool store_recovery_save(struct store *, const struct recovery *, struct fail *why);
/* Incidents that are open, or were not so long ago, and have a channel. */
bool store_recovery_channels(
	struct store *, struct arena *, const int64_t **incidents, int *count, struct fail *why);
bool store_recovery_list(
	struct store *, struct arena *, const struct recovery **list, int *count, struct fail *why);

/*
 * Threads that this reading has yet to read. latest: ts of the last of so many replies, as Slack counts them; of what was
 * said before the ts `known` nothing is missing (NULL: that is not known).
 */
bool store_recovery_thread_add(struct store *, const struct recovery *, const char *ts,
	const char *latest, int64_t replies, const char *known, struct fail *why);
/* Those of which we know replies, with parents from low to below high. */
bool store_recovery_threads_known(struct store *, const struct recovery *, const char *low,
	const char *high, struct fail *why);
/* Messages that we know only from hearsay: a reaction, a reply. */
bool store_recovery_threads_unseen(struct store *, const struct recovery *, struct fail *why);
/* Those of which something is missing come first. */
struct unread_thread {
	const char *ts;    /* NULL: there is none */
	const char *place; /* read up to this ts; NULL: nothing yet */
	bool missing;      /* its last replies are new, and others than we have */
};
bool store_recovery_thread_next(
	struct store *, struct arena *, int64_t incident, struct unread_thread *, struct fail *why);
bool store_recovery_thread_save(
	struct store *, int64_t incident, const char *ts, const char *place, struct fail *why);
bool store_recovery_thread_done(struct store *, int64_t incident, const char *ts, struct fail *why);
bool store_recovery_threads_drop(struct store *, int64_t incident, struct fail *why);

/* The ts of messages that are there as far as we know. */
struct ts_list {
	const char *const *list;
	int count;
};
/* What was said before `before_us`, between these ts; unsure: also what a reading has missed, and no event deleted. */
struct ts_span {
	const char *low, *high;
	int64_t before_us;
	bool unsure;
};
/* In the channel itself, from low to below high. */
bool store_recovery_said(struct store *, struct arena *, const struct recovery *,
	const struct ts_span *, struct ts_list *out, struct fail *why);
/* In a thread, above low up to high. */
bool store_recovery_replies(struct store *, struct arena *, const struct recovery *,
	const char *thread, const struct ts_span *, struct ts_list *out, struct fail *why);

/* A stretch in which this process held a good connection and could commit: it began so long before now. */
bool store_watch_begin(struct store *, const char *process, int64_t before_ms, struct fail *why);
/* *there false: there is none, or it was ended. */
bool store_watch_seen(struct store *, const char *process, bool *there, struct fail *why);
/* less_ms: for so long before its last sign of life it may have been deaf already. */
bool store_watch_end(
	struct store *, const char *process, const char *ended, int64_t less_ms, struct fail *why);
/* Those of all processes: Slack has left out what it had for any of them. */
bool store_watch_end_all(struct store *, const char *ended, int64_t less_ms, struct fail *why);
/* How many processes watch now, and when somebody last did (0: never). */
bool store_watch_last(struct store *, int64_t *watching, int64_t *last_us, struct fail *why);

/* When nobody watched; whether that is repaired is the caller's to say. */
bool store_holes(struct store *, struct arena *, int64_t from_us, int64_t to_us, struct hole **list,
	int *count, struct fail *why);
/* The last that was said about an incident, and now. */
struct span {
	int64_t last_us, now_us;
};
/* Fills in the holes, and what is known of the readings that repair them. */
bool store_coverage(struct store *, struct arena *, const struct incident *, const struct span *,
	struct coverage *, struct fail *why);

#endif

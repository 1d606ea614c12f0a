#ifndef STORE_SWEEP_H
#define STORE_SWEEP_H

#include "store.h"

/* Where copies of what was redacted may be: part of the store, as store.h describes it. */

/* --- rows that may hold a copy ----------------------------------------------------------------- */

enum scrub_place {
	SCRUB_TOLD,      /* inbox: the events that told of the entries */
	SCRUB_FRAMES,    /* inbox */
	SCRUB_CALLS,     /* outbox, but for other incidents' */
	SCRUB_ENTRIES,   /* what other entries of the incident show besides their texts */
	SCRUB_REVISIONS, /* and showed earlier */
	SCRUB_PLACE_COUNT
};
enum { SCRUB_COLUMNS = 5 };

/* A row of it, as the statements name its columns. */
struct scrub_row {
	const char *key;
	const char *column[SCRUB_COLUMNS];
};

/* Which rows: those with a needle in them; needles have \1 between. But for SCRUB_TOLD, those with such ids. */
struct scrub_where {
	int64_t incident;
	const char *entries, *needles;
	int64_t after, upto;
};

/* Locks the rows. */
bool store_scrub_get(struct store *, struct arena *, enum scrub_place, const struct scrub_where *,
	struct scrub_row **rows, int *count, struct fail *why);
bool store_scrub_put(struct store *, enum scrub_place, const struct scrub_where *,
	const struct scrub_row *, struct fail *why);

/* --- sweeps: all frames and calls are looked through, piece by piece, each in a transaction of its own ----- */

struct sweep {
	int64_t id, incident;
	const char *entries, *texts, *names; /* these two with \1 between */
	bool shown, renamed;                 /* what Slack shows of the incident is another now */
	const char *asked_by, *asked_in;     /* NULL: nobody is waiting in Slack */
	bool begun;
	bool alone;    /* who did not know of the redaction has committed */
	bool measured; /* the ids of the last frame and call are known */
	bool complete;
	int64_t entry_at, frame_at, call_at; /* looked through up to these ids */
	int64_t entry_last, frame_last, call_last;
	int64_t copies, frames, calls; /* entries, frames and calls in which something was found */
};
bool store_sweep_add(struct store *, const struct sweep *, int64_t *id, struct fail *why);
bool store_sweeps_waiting(struct store *, bool *waiting, struct fail *why);
/* The oldest that nobody has under way; it is locked until the turn ends. */
bool store_sweep_take(
	struct store *, struct arena *, struct sweep *out, bool *found, struct fail *why);
bool store_sweep_get(
	struct store *, struct arena *, int64_t id, struct sweep *out, struct fail *why);
bool store_sweep_begin(struct store *, int64_t id, struct fail *why);
/* How far it has to go is known from here on. */
bool store_sweep_measure(struct store *, int64_t id, struct fail *why);
/* where->upto: where a piece that begins behind where->after ends, and at `last`. */
bool store_sweep_piece(struct store *, enum scrub_place, struct scrub_where *where, int64_t last,
	struct fail *why);
bool store_sweep_save(struct store *, const struct sweep *, struct fail *why);
/* Complete: what it has looked for is gone from here too. */
bool store_sweep_done(struct store *, int64_t id, struct fail *why);
bool store_sweep_pace(struct store *, const char *needles, struct fail *why);

/* What was overwritten is given back to be written over, in the tables of the record. Not within a transaction. */
bool store_vacuum(struct store *, struct fail *why);

#endif

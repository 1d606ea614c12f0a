#ifndef OUTBOX_H
#define OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "event.h"
#include "fail.h"
#include "store_outbox.h"

/*
 * What is to be done in Slack: rows of the store, taken when they are due, sent by somebody else, settled by
 * their answers. All on the desk's thread.
 *
 * Once in effect: a row that was sent and has no good answer is in doubt. A post carries its row's number as
 * metadata, and is looked for before it is sent again; everything else is asked for again, and "already done" is
 * an answer like "done".
 */
enum { OUTBOX_ATTEMPTS = 1024 };

struct outbox_send {
	int64_t id;
	bool look;     /* a question about the row, not the row itself */
	bool too_late; /* not to be sent: that it is too late is its answer */
	int attempt;   /* which, modulo OUTBOX_ATTEMPTS: comes back with the answer */
	const char *method, *body;
};

struct outbox_due {
	const struct outbox_send *list;
	int count;
	bool has_more; /* not due yet, or too many at once */
};

/*
 * Takes what is due now, in a transaction of its own: at most so many, of which some places are kept for forms, which
 * have 3 seconds, and few are for the readings of channels. desk: this process's own random word.
 */
bool outbox_due(struct store *, struct arena *, const char *desk, int most, struct outbox_due *,
	struct fail *why);
/* To be said each second or so as long as something that was taken has no answer: else others will take it. */
bool outbox_alive(struct store *, const char *desk, struct fail *why);

/* What came back for a send. */
struct outbox_reply {
	int64_t id;
	bool look;
	int attempt;
	int status;      /* HTTP; 0: no answer */
	int retry_after; /* seconds */
	const char *body;
	const char *scopes; /* those of the token, as api has them */
	const char *error;  /* when status is 0 */
	bool too_late;      /* it was not sent */
	bool may_be_done;   /* it may have been carried out although no good answer came */
};

/*
 * Settles the row inside the caller's transaction. *final: *ev is an EVENT_ANSWER for the handlers, its strings in
 * the arena; else the row waits for another try, or was settled before.
 */
bool outbox_answer(struct store *, struct arena *, const struct outbox_reply *, struct event *ev,
	bool *final, struct fail *why);

/*
 * Something followed from this answer: it is kept like a frame, for incidentctl replay, without what we said ourselves,
 * and without what a page of history said that was known.
 */
bool outbox_keep(
	struct store *, struct arena *, const struct event *, const char *body, struct fail *why);
/* The handler of this answer failed: it is kept with the reason, and can be run again. */
bool outbox_give_up(struct store *, struct arena *, const struct outbox_reply *, const char *error,
	struct fail *why);
/* Settles a row that was given up once more; *ev as in outbox_answer. *found false: no row of that number failed. */
bool outbox_replay(struct store *, struct arena *, int64_t id, struct event *ev, bool *found,
	struct fail *why);

/*
 * What the daemon asks Slack when it starts, and again as long as something is wrong: who it is, with which scopes; and a
 * place in each channel that it is to announce in (ids with commas between). What comes of it are the store's troubles.
 */
bool outbox_greet(
	struct store *, struct arena *, const char *desk, const char *channels, struct fail *why);
/* Only for a place in these channels. */
bool outbox_ask_places(struct store *, struct arena *, const char *channels, struct fail *why);
/* And at the start only: which emoji are the workspace's own. */
bool outbox_ask_emoji(struct store *, struct arena *, struct fail *why);

#endif

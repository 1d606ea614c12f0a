#ifndef RECOVERY_H
#define RECOVERY_H

#include "answer.h"
#include "call.h"
#include "store_recovery.h"

/*
 * Readings: a channel is gone through from its newest message to its first, then its threads, one page a call, each
 * answer a turn of its own, so that a crash, a rate limit or an outage only makes it later. Here is what to read next and
 * what a page shows to be gone; writing down what stands on it is the caller's. See docs/RECORD.md.
 */

/* What begins a reading. All but the timer's go to the channel's beginning. */
enum recovery_cause {
	RECOVERY_CONNECTED, /* nobody watched for a while */
	RECOVERY_TIMER,
	RECOVERY_ASKED,
	RECOVERY_JOINED, /* the channel is new to us */
};

/*
 * This incident's channel is to be read, because of what happened up to now_us. *next: the call to make, or NULL
 * when a reading is under way (then another follows it), when nothing can have been missed, or without a channel.
 */
bool recovery_want(struct store *, struct arena *, int64_t incident, enum recovery_cause,
	int64_t now_us, struct call **next, struct fail *why);

/* Slack lets nobody read it, in its own word, until another reading is wanted. */
bool recovery_lose(
	struct store *, struct arena *, int64_t incident, const char *error, struct fail *why);

/* One answer to a call of ours, and the reading that it belongs to. */
struct recovery_page {
	struct recovery reading;
	const char *thread;  /* NULL: a page of the channel itself */
	int64_t said_us;     /* the page shows the channel as it was at this moment or later */
	int64_t asked_at;    /* the same by the database's clock */
	bool stale;          /* of a reading that is over: nothing to do */
	struct ts_list gone; /* messages that we have and the page has not */
	const char *low,
		*high; /* it covers the ts from low to below high (thread: above low, up to high) */
	bool empty;    /* and yet not the last */
	bool last;     /* of the channel, or of the thread */
	int64_t found; /* how much of it was new, which the caller says */
	bool untold;   /* likewise: something is so old that Slack would have told of it by now */
};

/* unsure: messages that only readings missed so far are among those that are gone, as often as they are. */
bool recovery_page_open(struct store *, struct arena *, const struct answer *, bool unsure,
	struct recovery_page *out, struct fail *why);
/* Is what was said then told by now, if Slack tells us anything? It tries again for six minutes. */
bool recovery_should_be_told(const struct recovery_page *, const char *ts);
/* The page is written down. *next as above; NULL at the end. */
bool recovery_page_close(struct store *, struct arena *, const struct answer *,
	struct recovery_page *, int64_t now_us, struct call **next, struct fail *why);

#endif

#ifndef QUEUE_H
#define QUEUE_H

#include "inbox.h"

/* Private to inbox: what waits for the desk, and what the desk has ready for the loop. */
struct item {
	struct item *next;
	bool is_answer;
	int64_t socket;
	struct event ev;           /* when it is not an answer */
	struct outbox_reply reply; /* body and error are owned */
	int64_t too_late_us; /* from then on the asker knows of Slack that it failed: it is not done; 0: never */
	int64_t hurry_us; /* from then on an acknowledgement may come too late to say anything; 0: never */
	/* filled by the desk */
	char *payload;
	bool lost;                        /* could not even be kept as failed: not acknowledged */
	bool waits;                       /* neither committed nor failed: run again */
	bool told;                        /* that it waits */
	int64_t failing_since, failed_at; /* ms; 0: never */
};

/*
 * What Postgres does not take now is tried again, and nothing behind it is done. After some time that may be the item's
 * own fault: others go first. After minutes it is kept as failed. Time in which it was not tried does not count.
 */
enum patience { PATIENCE_ALL_WAIT, PATIENCE_OTHERS_FIRST, PATIENCE_OVER };
enum patience item_failed_at(struct item *, int64_t now_ms);

struct items {
	struct item *first, *last;
	int count;
	size_t bytes;
};

void items_put(struct items *, struct item *);
struct item *items_take(struct items *);
void item_free(struct item *);
void items_done(struct items *);

/* One thing to send, its strings owned. */
struct parcel {
	struct parcel *next;
	struct outbox_send send;
};

struct parcel *parcel_new(const struct outbox_send *);
void parcels_free(struct parcel *);

#endif

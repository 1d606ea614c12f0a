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
	/* filled by the desk */
	char *payload;
	bool lost; /* could not even be kept as failed: not acknowledged */
	int tries;
};

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

#ifndef DESK_H
#define DESK_H

#include "arena.h"
#include "queue.h"
#include "store.h"

/* Private to inbox: what the desk's thread does, without the thread. */
struct tally {
	int64_t committed, duplicates, refused, failed;
};

/*
 * Runs the items in one transaction; if one fails, all again, each in its own. On success every item has its
 * payload, and was committed. False: Postgres is not there; nothing was done, the items are as before.
 */
bool desk_run(
	struct store *, const struct house *, struct items *, struct tally *, struct fail *why);

#endif

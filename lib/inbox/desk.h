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
 * payload, and was committed or is marked as lost. False: Postgres takes nothing now. Then all items are to be run
 * again: those that were committed before are found to be there already.
 */
bool desk_run(
	struct store *, const struct house *, struct items *, struct tally *, struct fail *why);

#endif

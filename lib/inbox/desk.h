#ifndef DESK_H
#define DESK_H

#include "arena.h"
#include "queue.h"
#include "store.h"

/* Private to inbox: what the desk's thread does, without the thread. */
struct tally {
	int64_t committed, duplicates, refused, failed;
};

struct desk_needs {
	struct store *store;
	const struct house *house;
	void *ctx;
	bool (*between)(void *ctx, struct fail *why); /* two transactions; false: the rest stays */
};

/*
 * Runs the items in few transactions; if one fails, its items again, each in its own. On success every item has its
 * payload, and was committed, or is marked as lost, or as one that waits for another try. False: Postgres takes
 * nothing now. Then all items are to be run again: those that were committed before are found to be there already.
 */
bool desk_run(const struct desk_needs *, struct items *, struct tally *, struct fail *why);

/* What was done long ago is not kept: a little at a time, so that nobody waits for it. */
void desk_prune(struct store *, const struct keeping *);

#endif

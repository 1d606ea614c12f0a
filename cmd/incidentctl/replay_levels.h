#ifndef REPLAY_LEVELS_H
#define REPLAY_LEVELS_H

#include "handler.h"
#include "store_levels.h"

/* What is run again is run at the levels that were in force then: they are recorded where they were, and incidents carried over. */
struct replay_levels {
	const struct levels_revision *list;
	int count, next;
};

/* The house begins at the first on record; without any it keeps its own. All of it lives in the arena. */
bool replay_levels_open(struct replay_levels *, struct store *from, struct arena *, struct house *,
	struct fail *why);
/* Up to and with this moment. */
bool replay_levels_until(struct replay_levels *, struct store *to, struct arena *, struct house *,
	int64_t at_us, struct fail *why);

#endif

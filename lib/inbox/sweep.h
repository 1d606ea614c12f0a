#ifndef SWEEP_H
#define SWEEP_H

#include "handler.h"

/*
 * Private to inbox: what was redacted is looked for in all that is kept, a piece at a time, so that nobody waits for it.
 */
struct sweeping {
	bool busy;     /* there is more to do */
	int64_t at_ms; /* when it is looked for again */
};
bool sweeping_tick(struct sweeping *, struct store *, const struct house *, struct fail *why);

#endif

#ifndef WATCH_H
#define WATCH_H

#include "handler.h"
#include "store.h"

/*
 * Private to inbox: the desk writes down when it was watching, that is, held a connection to Slack and could commit what
 * came over it. What no desk watched is a hole, and what was said in a hole is read again. See docs/RECORD.md.
 */
struct watch {
	const char *desk;    /* this process's name */
	bool open;           /* a stretch is under way */
	int64_t seen_ms;     /* when it was last written down; the monotonic clock */
	int64_t again_at_ms; /* not before is there another watch */
	int64_t read_at_ms;  /* when channels are next compared with Slack's history anyway */
};

/*
 * Called often; a statement every few seconds. live_since: when there came to be a connection, by clock_ms; 0: there is
 * none. What came over it since then and is not acknowledged waits here, or comes again: so a watch begins there, at
 * most a minute back. False: Postgres took nothing, and the same is to be done when it is back.
 */
bool watch_tick(
	struct watch *, struct store *, const struct house *, int64_t live_since, struct fail *why);
/* Something may have been missed just now: this watch is over, and the next one reads what it was. */
bool watch_break(struct watch *, struct store *, const char *reason, struct fail *why);
/* The end of this process. */
bool watch_end(struct watch *, struct store *, struct fail *why);

#endif

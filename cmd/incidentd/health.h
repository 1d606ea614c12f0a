#ifndef HEALTH_H
#define HEALTH_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

/* What web's threads may know of the loop's: the loop notes it, at every tick; they ask. Safe from any thread. */
struct health;

struct health *health_new(void);
void health_free(struct health *);

/* at: ms, when it was noted. why_not: what keeps Slack away, NULL when nothing does. */
void health_note(struct health *, int64_t at, int live, const char *why_not);

enum { HEALTH_STUCK_MS = 10000 };

/*
 * The loop turns: its last note is not older than HEALTH_STUCK_MS. Before the first one it is being prepared, which has
 * deadlines of its own and may take minutes.
 */
bool health_is_live(struct health *, int64_t now, struct buf *reasons);
/* There is a first note: the rooms are open, and may be asked. */
bool health_has_begun(struct health *);
bool health_has_slack(struct health *, struct buf *reasons);

#endif

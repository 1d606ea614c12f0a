#ifndef WORDS_H
#define WORDS_H

#include "buf.h"
#include "incident.h"

/* How times, links and plain words are written. Private to the room. */

enum { WORDS_TIME_ROOM = 48 };

/* All are UTC. */
void words_rfc3339(char out[WORDS_TIME_ROOM], int64_t us); /* 2026-11-23T10:03:12.123Z */
void words_day(char out[WORDS_TIME_ROOM], int64_t us);     /* 2026-11-23 */
void words_clock(char out[WORDS_TIME_ROOM], int64_t us);   /* 10:03:12 */

/* Slack's address of an entry. Adds nothing, and returns false, where there is none. */
bool words_permalink(struct buf *, const struct record *, const struct entry *);

/* Plain words on one line of Markdown, where nothing in them is markup. */
void words_escaped(struct buf *, const char *plain);

#endif

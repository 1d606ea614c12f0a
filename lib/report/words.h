#ifndef WORDS_H
#define WORDS_H

#include "buf.h"
#include "incident_record.h"
#include "zone.h"

/* How times, links and plain words are written. Private to the room. */

enum { WORDS_TIME_ROOM = 48 };

/* As the zone's clocks show it. */
void words_day(char out[WORDS_TIME_ROOM], const struct zone *, int64_t us);    /* 2026-11-23 */
void words_clock(char out[WORDS_TIME_ROOM], const struct zone *, int64_t us);  /* 10:03:12 */
void words_offset(char out[WORDS_TIME_ROOM], const struct zone *, int64_t us); /* UTC+01:00 */

void words_count(struct buf *, int64_t count, const char *one, const char *many); /* "2 messages" */

/* Slack's address of an entry. Adds nothing, and returns false, where there is none. */
bool words_permalink(struct buf *, const char *workspace_url, const struct entry *);

/* Plain words on one line, without what no line may hold: control characters, what turns the direction of what follows. */
void words_line(struct buf *, const char *plain);
/* The same as Markdown, where nothing in them is markup. */
void words_escaped(struct buf *, const char *plain);

/* What to call a change of the incident; NULL: its text says it all. */
const char *words_kind(const char *kind);
/* How an entry came here, when that is worth a word; else NULL. */
const char *words_provenance(const char *provenance);

#endif

#ifndef LINK_NOTES_H
#define LINK_NOTES_H

#include "buf.h"
#include "link.h"
#include "link_alarm.h"
#include "link_fsm.h"

enum { LINK_SILENT_MS = 15000 }; /* lost after so much silence: it was dead since then */

/* What a link tells of itself: the log's lines and the counts, so that link.c has only what is done. */
struct link_notes {
	struct link_state
		counts; /* live, alarm, advice and last are filled in by link_notes_state */
	const struct alarm *alarm; /* NULL: none */
	struct buf last;           /* why the last attempt was in vain */
	char *app;                 /* whose hello came first */
};

void link_notes_done(struct link_notes *);
struct link_state link_notes_state(const struct link_notes *, int live);

void link_note_in_vain(struct link_notes *, int64_t socket, const char *words);
void link_note_no_url(struct link_notes *, int64_t ticket, const struct link_answer *);
void link_note_over(int64_t socket, int64_t silent_ms, const char *words); /* one that was good */
void link_note_killed(struct link_notes *, int64_t socket, enum place_state was, bool stopping);
void link_note_hello(struct link_notes *, int64_t socket, const struct hello *);
void link_note_alarm(struct link_notes *, const struct alarm *); /* that there is now; NULL: none */
void link_note_unreadable(struct link_notes *, int64_t socket, size_t len);
void link_note_too_large(struct link_notes *, int64_t socket);
void link_note_binary(struct link_notes *, int64_t socket);

#endif

#ifndef SAID_H
#define SAID_H

#include "sight.h"

/*
 * What is known of a message. Whatever is heard of it says some of this; put together in any order, and any of it
 * twice, it comes to the same.
 */
struct said {
	const char *kind, *channel, *ts;
	const char *subtype, *thread; /* NULL: not known, or none */
	struct person author;
	struct sight sight; /* the newest; its text NULL: nobody has seen the message */
	int64_t edited_at;  /* by a person; 0: not, as far as is known */
	int64_t shown_at;   /* told only: a reading shows it, and it was there at this moment */
	int64_t deleted_at; /* the earliest that is known of; 0: not */
	const char *deleted_how;
	bool surely;       /* told only: Slack said that it was deleted; else a page lacks it */
	int64_t pinned_at; /* when it was last heard whether it is pinned; 0: never */
	bool pinned, broadcast;
	bool revised;        /* two of its sights did not show the same */
	bool edit_recovered; /* told: by a reading; known: of an edit a reading was the first to tell */
	bool closed;         /* its text was taken away: no other comes in its place */
};

/* It was deleted: Slack said so, or two pages lack it, asked for a minute from each other. */
bool said_is_gone(const struct said *known, const struct said *told);

/*
 * Puts what was told to what is known; false: it was known. *older: the sight that is not the newest now, for the
 * history; its text is NULL when there is none.
 */
bool said_learn(struct said *known, const struct said *told, struct sight *older);

#endif

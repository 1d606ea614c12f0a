#ifndef SIGHT_H
#define SIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "entry.h"

/*
 * A text of a message as somebody saw it. The sights of a message, put in order, are its history, in whatever order
 * they were heard of. Times are microseconds since 1970, UTC.
 */
struct sight {
	int64_t edition; /* when a person wrote this text: the edit, or the message itself; in whole seconds for edits */
	int64_t moment; /* when Slack said so: tells apart what has the same edition */
	bool before;    /* the text just before that moment, not from it on */
	const char *text;
	const char *rich; /* blocks and attachments as Slack has them, or NULL */
};

/* The edition of a text: Slack gives edits in whole seconds, so an early one seems older than its message. */
int64_t sight_edition(const char *ts, const char *edited);

/* Which is older: less than, equal to or greater than 0. Equal ones are the same sight. */
int sight_compare(const struct sight *, const struct sight *);

/*
 * The earlier texts of a message, from its sights in any order (which are put in order): neighbours that are alike
 * are one, the last is the message's present text and not among them. said_at is when it was first said. out has
 * room for `count`. How many there are.
 */
int sights_collapse(struct sight *, int count, int64_t said_at, struct revision *out);

/* A moment of Slack ("1774519260.000100") as microseconds; 0 when it is none. */
int64_t slack_moment(const char *ts);

#endif

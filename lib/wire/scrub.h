#ifndef SCRUB_H
#define SCRUB_H

#include <stdbool.h>

#include "arena.h"

/*
 * Takes a message out of what Slack sent, or we sent, as JSON: what is kept for looking at and for replay goes on
 * saying that there was a message, by whom and when, and no more what it said.
 */
struct scrub {
	const char *channel, *ts; /* the message; ts NULL: none */
	const char *const *files; /* ids: their names and links go; ends with NULL; may be NULL */
	const char *const
		*texts; /* are blotted out wherever they stand; ends with NULL; may be NULL */
	const char *app, *user; /* what this app or user said goes; NULL: none */
	bool typed; /* what somebody typed in a command or a form goes, whatever it says */
};

/* NULL: there is nothing of it, and the JSON may stay. What is no JSON becomes "". */
const char *scrub_json(struct arena *, const char *json, const struct scrub *);

/* The text with those of `texts` blotted out; NULL: none of them is in it. Short ones stand in too much else. */
const char *scrub_text(struct arena *, const char *text, const char *const *texts);

/*
 * The longest part of a text that stands in JSON as it is, however that was written: to look for it. "" when no part
 * of it says enough.
 */
const char *scrub_needle(struct arena *, const char *text);

#endif

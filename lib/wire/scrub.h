#ifndef SCRUB_H
#define SCRUB_H

#include <stdbool.h>

#include "arena.h"

/*
 * Takes what was redacted out of what Slack sent, or we sent, as JSON: what is kept for looking at and for replay goes on
 * saying that there was a message, by whom and when, and no more what it said. Lists end with NULL, and may be NULL.
 */
struct scrub {
	const char *channel, *ts; /* the message; ts NULL: none */
	const char *const *files; /* ids: their names and links go */
	const char *const *texts; /* go where the app repeats them; the longest first */
	const char *const
		*authors; /* who typed the texts: a command that is one of them as a whole goes */
	const char *const *names;    /* what the channel was called */
	const char *bare;            /* what stands for that */
	const char *app, *user;      /* what this app or user said goes; NULL: none */
	const char *number;          /* the incident's: it stays in what was typed; NULL: none */
	const char *const *times;    /* more messages, by their ts */
	const char *const *channels; /* where these were said, in the same order; NULL: wherever */
	bool typed; /* what somebody typed in a command, also by a mention, or in a form goes, whatever it says */
	bool unnamed;    /* what the channel of a command is called goes */
	bool unshown;    /* what a form showed, and nobody changed in it, goes */
	bool no_message; /* it is a call of ours, and no message stands in it */
};

/*
 * NULL: there is nothing of it, and the JSON may stay. What is no JSON becomes "". What other people said or typed keeps its
 * texts.
 */
const char *scrub_json(struct arena *, const char *json, const struct scrub *);

/*
 * The text with those of `texts` blotted out; NULL: none of them is in it. They count as whole words only; of a long
 * one a beginning is enough.
 */
const char *scrub_text(struct arena *, const char *text, const char *const *texts);
/* The same with the names of channels, also where a number was put to them. */
const char *scrub_names(
	struct arena *, const char *text, const char *const *names, const char *instead);

/*
 * The longest part of a text's beginning that stands in JSON as it is, but for other scripts than Latin, which may be
 * escaped: to look for it. "" when there is no such part.
 */
const char *scrub_needle(struct arena *, const char *text);
const char *scrub_escaped(struct arena *, const char *needle);

/* What was typed in a command, behind its verb, or in a form; ends with NULL. */
const char *const *scrub_typed(struct arena *, const char *json);

#endif

#ifndef REDACT_H
#define REDACT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "fail.h"
#include "store_redact.h"

/*
 * Takes what was said out of the record; who said it, when, and a hash stay (docs/RECORD.md). Inside the caller's
 * transaction, and quick: nothing that is shown has it any more. A sweep then finds the copies in frames and calls.
 */
struct redact_order {
	int64_t incident;
	struct redact_which which;
	struct redaction how;
	const char *provenance; /* of the line on the timeline that tells of it */
	const char *
		asked_in; /* the channel where who asked is told when the sweep is complete; NULL: nowhere */
};

/* What was taken away from where. */
struct redact_tally {
	struct redactable what;
	int64_t entries, revisions, files, copies;
	int64_t sweep;      /* that is to be done yet */
	const char *others; /* what others said with the same text in it: entries, or "" */
};

/* FAIL_REFUSED, in words for who asked: there is no such entry, or it is redacted already. */
bool redact_entry(struct store *, struct arena *, const struct redact_order *,
	struct redact_tally *, struct fail *why);

/*
 * The message's text is gone already, and is not to come back. So are its revisions, its files and what an action has of it, and what
 * told of it is scrubbed.
 */
bool redact_forget(struct store *, struct arena *, int64_t incident, int64_t entry,
	const char *channel, const char *ts, struct fail *why);

/*
 * What comes in, without what was redacted before, without what the app or its user said where it is named: that may repeat
 * what is redacted later, and is in Slack and with our own calls anyway. unnamed: nor what the channel is called; unshown:
 * nor what a form showed and nobody changed. NULL: there is nothing of it in it.
 */
struct redact_ours {
	const char *app, *user; /* NULL: none */
	bool unnamed, unshown;
};
bool redact_incoming(struct store *, struct arena *, const char *json, const struct redact_ours *,
	const char **left, struct fail *why);

/* A piece of the oldest sweep that nobody else is at; what it leads to is said. */
struct turn;
bool redact_sweep(struct turn *, struct fail *why);

#endif

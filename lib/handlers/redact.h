#ifndef REDACT_H
#define REDACT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "fail.h"
#include "store_redact.h"

/*
 * Takes what was said out of the record, and its copies; who said it, when, and a hash stay (docs/RECORD.md). Inside
 * the caller's transaction.
 */
struct redact_order {
	int64_t incident;
	struct redact_which which;
	struct redaction how;
	const char *provenance; /* of the line on the timeline that tells of it */
	bool everywhere;        /* also in frames that nobody knows to tell of it: takes its time */
};

/* What was taken away from where. */
struct redact_tally {
	struct redactable what;
	int64_t entries, revisions, files, frames, calls, copies;
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
 * What comes in, without what was redacted before, and without what the app itself said where it is named: that may
 * repeat what is redacted later, and is in Slack and with our own calls anyway. NULL: there is nothing of it in it.
 */
bool redact_incoming(struct store *, struct arena *, const char *json, const char *app,
	const char **left, struct fail *why);

/* The form that handle_shortcut asks with was sent: what it names is redacted, if who sent it may. */
struct turn;
struct submit;
bool redact_submitted(struct turn *, const struct submit *, struct fail *why);

#endif

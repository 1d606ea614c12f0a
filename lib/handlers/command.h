#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "fail.h"
#include "incident.h"

/* What people type: part of handler.h. */
struct turn;

/* A verb, from a slash command or a mention: the same for both. */
struct command {
	const char *user, *channel;
	const char *trigger;     /* for a form; NULL when it came by mention */
	const char *ts, *thread; /* the mention's message; NULL for a slash command */
	/* Mrkdwn as Slack escapes it, "" when there is nothing: all that was typed; what of it follows the verb. */
	const char *typed, *rest;
	const char *respond; /* its response_url, or NULL */
	int64_t named;       /* the number of the incident that it begins with, or 0 */
};

/* i is the incident that it is about; NULL only for verbs that need none. */
typedef bool verb_handler(
	struct turn *, const struct command *, struct incident *i, struct fail *why);

verb_handler verb_declare;
verb_handler verb_report_only;
verb_handler verb_drill;
verb_handler verb_severity;
verb_handler verb_status;
verb_handler verb_lead;
verb_handler verb_role;
verb_handler verb_title;
verb_handler verb_summary;
verb_handler verb_impact;
verb_handler verb_update;
verb_handler verb_note;
verb_handler verb_action;
verb_handler verb_actions;
verb_handler verb_rename;
verb_handler verb_started;
verb_handler verb_duration;
verb_handler verb_resolve;
verb_handler verb_reopen;
verb_handler verb_cancel;
verb_handler verb_duplicate;
verb_handler verb_list;
verb_handler verb_report;
verb_handler verb_card;

/* Only the asker sees it: in the acknowledgement of a slash command where it fits, else as an ephemeral post. */
void turn_tell(struct turn *, const struct command *, const char *text);
/* The same of a reply with blocks: see reply.h. */
void turn_answer(struct turn *, const struct command *, const char *reply);
/* The same, with a button that opens a form of these fields, where there is a trigger for it: see verb_form.h. */
void turn_tell_change(struct turn *, const struct command *, const struct incident *,
	const char *text, const char *label, const char *fields);
/* Refuses with a text that may be longer than a failure's. Returns false, as fail_set does. */
bool turn_refuse(struct turn *, const char *text, struct fail *why);
/* What to send, to be copied: " `/incident resolve it`", or on a line of its own where code would change it. */
const char *turn_sendable(struct turn *, const struct command *, const char *typed);
/* Says why not, and all that was typed, so that nothing of it is lost. */
void turn_tell_refusal(struct turn *, const struct command *, const struct fail *why);

#endif

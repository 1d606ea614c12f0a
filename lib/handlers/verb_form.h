#ifndef VERB_FORM_H
#define VERB_FORM_H

#include "handler.h"

/*
 * A form whose fields are verbs: what somebody changes in a field is done as if they had sent it with that verb. Only that:
 * what they left as the form showed it stays as it is by then. What both they and another have changed is said at its field.
 */
#define PRESS_CHANGE   "change" /* a button; its value: "7 title" */
#define VERB_FORM_EDIT "title severity summary impact lead"

/*
 * Opens one of these fields, "title summary". The command has a trigger; intro is mrkdwn, or NULL. *opened false: what
 * would be shown is longer than a form takes.
 */
bool verb_form(struct turn *, const struct command *, const struct incident *, const char *fields,
	const char *intro, bool *opened, struct fail *why);

/* What such a field says is taken away. */
verb_handler summary_empty, impact_empty;
#define VERB_FORM_EMPTY "is empty now" /* what the timeline says of it */

#endif

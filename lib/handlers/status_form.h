#ifndef STATUS_FORM_H
#define STATUS_FORM_H

#include "handler.h"

/* How an incident stands is set: by the verbs status, resolve, reopen and cancel, and by their form. */

/*
 * c->rest is what fixed it, or why: where that is needed and is "", a form asks for it. Ending it and opening it again
 * are written down as such.
 */
bool status_set(struct turn *, const struct command *, struct incident *, const struct status *to,
	struct fail *why);
/* Opens the form, with this status chosen. The command has a trigger. */
bool status_ask(struct turn *, const struct command *, const struct incident *,
	const struct status *chosen);

#endif

#ifndef MAY_H
#define MAY_H

#include <stdbool.h>

#include "incident.h"

/* Who may do what that not everybody may. Pure. admins: user ids with commas between. */

/* Takes what was said out of the record: who leads the incident, and administrators. */
bool may_redact(const struct incident *, const char *user, const char *admins);

/* Who asks for something, and where. */
struct visitor {
	const char *user, *channel; /* channel NULL: nowhere in particular */
	bool guest;
};

/*
 * Hears of it and changes it. In its channel Slack decides who is let in; from outside, by its number or a button, of
 * a private one, and of guests, only who reported or leads it.
 */
bool may_reach(const struct incident *, const struct visitor *);

#endif

#ifndef MAY_H
#define MAY_H

#include <stdbool.h>

#include "incident.h"

/* Who may do what that not everybody may. Pure. admins: user ids with commas between. */

/* Takes what was said out of the record: who leads the incident, and administrators. */
bool may_redact(const struct incident *, const char *user, const char *admins);

/*
 * Hears of it and changes it from outside its channel, by its number: of a private one, and of guests, only who
 * reported or leads it. In its channel Slack decides who is let in.
 */
bool may_reach(const struct incident *, const char *user, bool guest);

#endif

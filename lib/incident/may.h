#ifndef MAY_H
#define MAY_H

#include <stdbool.h>

#include "incident.h"

/* Who may do what that not everybody may. Pure. admins: user ids with commas between. */

/* Takes what was said out of the record: who leads the incident, and administrators. */
bool may_redact(const struct incident *, const char *user, const char *admins);

#endif

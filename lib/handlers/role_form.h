#ifndef ROLE_FORM_H
#define ROLE_FORM_H

#include "handler.h"

/* Takes all roles of this person away: they can have none. */
bool roles_lose(struct turn *, struct incident *, const char *person, const char *because,
	struct fail *why);

#endif

#ifndef ROLE_H
#define ROLE_H

#include "nearest.h"

/* A role that somebody may have in an incident besides the lead, as the admins wrote it. */
struct role {
	const char *id, *label, *description; /* description NULL: not given */
	const char *const *aliases;           /* ends with NULL; NULL: none */
};

struct roles {
	const struct role *list;
	int count;
};

/* Who has it; called as it was when it was given. */
struct role_given {
	const char *id, *label, *person;
};

/* By id, label or alias, whole and without regard to case. NULL: there is none. */
const struct role *roles_find(const struct roles *, const char *word);
/* All that they may be called. */
void roles_try(const struct roles *, struct nearest *);

#endif

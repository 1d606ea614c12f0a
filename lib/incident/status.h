#ifndef STATUS_H
#define STATUS_H

#include <stdbool.h>

#include "nearest.h"

/* How an incident stands, in the words of the admins; what it means to us is one of three. */
enum status_kind { STATUS_OPEN, STATUS_RESOLVED, STATUS_CANCELLED, STATUS_KIND_COUNT };

const char *status_kind_name(enum status_kind); /* "open" */
bool status_kind_find(const char *name, enum status_kind *found);

struct status {
	const char *id, *label;
	enum status_kind kind;
	const char *const *aliases; /* ends with NULL; NULL: none */
};

/* The first of each kind is the one that an incident has which was just declared, resolved or cancelled. */
struct statuses {
	const struct status *list;
	int count;
};

/* Those of a file that says nothing of them: a good one names at least one of each kind. */
extern const struct statuses STATUSES_SHIPPED;

/* By id, label or alias, whole and without regard to case. NULL: there is none. */
const struct status *statuses_find(const struct statuses *, const char *word);
const struct status *statuses_first(const struct statuses *, enum status_kind);
/* All that they may be called. */
void statuses_try(const struct statuses *, struct nearest *);

/* Whether the word is the id, the label or one of the aliases (NULL: none) of something. */
bool is_called(const char *id, const char *label, const char *const *aliases, const char *word);

#endif

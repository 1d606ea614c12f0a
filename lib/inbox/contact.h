#ifndef CONTACT_H
#define CONTACT_H

#include <stdbool.h>

#include "fail.h"
#include "handler.h"
#include "store.h"

/* Private to inbox: the desk's connection to Postgres. */
enum { CONTACT_NAME = 16 };
struct contact {
	const char *conninfo;
	const struct house *house;
	char desk[CONTACT_NAME + 1]; /* nobody else has this name, nor had it before us */
	struct store *store;         /* NULL: none */
	bool migrated, greeted;
};

/* Both are borrowed. Nothing is connected yet. */
void contact_init(struct contact *, const char *conninfo, const struct house *);
/* Has a connection, or makes one that has taken a write. BROKEN: the schema does not fit. */
bool contact_make(struct contact *, struct fail *why);
/* The next one may find another server: what was the primary may be a standby by now. */
void contact_drop(struct contact *);

#endif

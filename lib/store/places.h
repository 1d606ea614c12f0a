#ifndef PLACES_H
#define PLACES_H

#include <stdbool.h>

#include "fail.h"

/* Private to the store: where a conninfo says that Postgres may be. NULL: whatever libpq takes then. */
struct place {
	char *host, *port;
};

struct places {
	struct place *list;
	int count;       /* at least one */
	int patience_ms; /* to connect to each of them */
};

/* Fails (FAIL_REFUSED) when it is none that libpq understands. Its words never hold what may be a password. */
bool places_read(const char *conninfo, struct places *, struct fail *why);
void places_done(struct places *);

#endif

#ifndef LABEL_H
#define LABEL_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

/*
 * Within recovery: what a call for a page carries as its argument, and its answer brings back. A page that was kept can
 * be put down again from this alone. Times are microseconds; a ts that there is none of is NULL.
 */
struct label {
	int64_t began_at; /* the reading's; its own name, as one incident has one at a time */
	int64_t asked_at; /* by the database's clock */
	int64_t said_us;  /* by the clock of who asked */
	const char *oldest, *newest; /* the reading's */
	const char *place;           /* from where on this page goes */
	const char *thread;          /* NULL: a page of the channel itself */
	int64_t limit; /* at most so many messages; 0: as many as pages have when nothing is against it */
};

const char *label_write(struct arena *, const struct label *);
/* False: it is none. Its strings are in the arena. */
bool label_read(struct arena *, const char *text, struct label *out);

#endif

#ifndef TROUBLE_H
#define TROUBLE_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"

/* Something is wrong between Slack and us that only people can mend. */
#define TROUBLE_TOKEN  "token"
#define TROUBLE_SCOPES "scopes"

/* In the place of the daemon that has one: with a channel all of them have it. */
#define TROUBLE_OF_ALL ""

struct trouble {
	const char *what;  /* token, scopes, or the id of a channel that we are to announce in */
	const char *error; /* Slack's word, or the scopes that are missing */
	int64_t since_us;
};

/* Without a good token nothing can be said, and the daemon is of no use; without a channel it is. */
bool trouble_is_grave(const struct trouble *);
/* What is wrong and what to do about it, without an end of line. */
void trouble_tell(struct buf *, const struct trouble *);

#endif

#ifndef STORE_TROUBLE_H
#define STORE_TROUBLE_H

#include "store.h"
#include "trouble.h"

/* What is wrong between Slack and us: part of the store, as store.h describes it. */

/* since_us is now, unless the same is on record already. */
bool store_trouble_put(struct store *, const char *what, const char *error, struct fail *why);
bool store_trouble_end(struct store *, const char *what, struct fail *why);
/* Ends the troubles with channels that are not among these: ids with commas between. */
bool store_trouble_forget(struct store *, const char *channels, struct fail *why);
bool store_troubles(
	struct store *, struct arena *, const struct trouble **list, int *count, struct fail *why);

#endif

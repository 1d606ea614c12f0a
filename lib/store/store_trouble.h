#ifndef STORE_TROUBLE_H
#define STORE_TROUBLE_H

#include "store.h"
#include "trouble.h"

/* What is wrong between Slack and us: part of the store, as store.h describes it. */

/* daemon: whose it is, or "" where it is the same for all. since_us is now, unless the same is on record already. */
bool store_trouble_put(
	struct store *, const char *daemon, const char *what, const char *error, struct fail *why);
bool store_trouble_end(struct store *, const char *daemon, const char *what, struct fail *why);
/* Those that no daemon has asked for lately. */
bool store_trouble_forget(struct store *, struct fail *why);
/* A daemon's own, and those with its channels (ids with commas between). Asked for every few seconds: it keeps them. */
bool store_troubles_of(struct store *, struct arena *, const char *daemon, const char *channels,
	const struct trouble **list, int *count, struct fail *why);
/* Those of all daemons that live. */
bool store_troubles(
	struct store *, struct arena *, const struct trouble **list, int *count, struct fail *why);

#endif

#ifndef STORE_NAMED_H
#define STORE_NAMED_H

#include "store.h"

/* Groups and channels, as texts mention them: part of the store, as store.h describes it. store_name() has their names. */

/* A group or a channel; *is_new as with people. */
bool store_named_meet(struct store *, const char *id, bool *is_new, struct fail *why);
bool store_named_put(struct store *, const char *id, const char *name, struct fail *why);
/* All whose id begins with a colon: the workspace's emoji that are other names of others. */
bool store_named_forget_emoji(struct store *, struct fail *why);
/* Only if its name was known, and nothing later was said of it. */
bool store_named_renamed(
	struct store *, const char *id, const char *name, int64_t at_us, struct fail *why);

#endif

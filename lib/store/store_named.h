#ifndef STORE_NAMED_H
#define STORE_NAMED_H

#include "store.h"

/* Groups and channels, as texts mention them: part of the store, as store.h describes it. store_name() has their names. */

/* A group or a channel; *is_new as with people. */
bool store_named_meet(struct store *, const char *id, bool *is_new, struct fail *why);
bool store_named_put(struct store *, const char *id, const char *name, struct fail *why);
/*
 * The workspace's emoji that are other names of others, all of them, and as what each is shown: a line each. Their ids
 * begin with a colon. As they were: nothing is changed.
 */
bool store_named_emoji(struct store *, const char *names, const char *shown, struct fail *why);
/* Only if its name was known, and nothing later was said of it. */
bool store_named_renamed(
	struct store *, const char *id, const char *name, int64_t at_us, struct fail *why);

#endif

#ifndef ARGUMENT_H
#define ARGUMENT_H

#include <stdbool.h>

#include "dispatch.h"

/*
 * Private to dispatch: can these words follow this verb? One word that cannot is a slip, which the verb answers to;
 * several are a title that begins with a word that is a verb by chance: "status page is down".
 */
bool argument_fits(
	struct turn *, const struct verb *, const char *rest, bool *fits, struct fail *why);
/* "one of the severity levels" */
const char *argument_wanted(const struct verb *);
/* How many words it has; 2: or more. */
int argument_words(const char *text);

#endif

#ifndef SCOPES_H
#define SCOPES_H

#include "arena.h"

/*
 * Of the scopes that the app's manifest asks for, those that are not in granted ("a,b,c", as Slack's header says it), with
 * blanks between; NULL when none is missing.
 */
const char *scopes_missing(struct arena *, const char *granted);

#endif

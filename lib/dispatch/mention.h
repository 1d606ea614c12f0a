#ifndef MENTION_H
#define MENTION_H

#include <stdbool.h>

#include "arena.h"

/* Private to dispatch: what a message that names us wants of us. self: our user id. */

/*
 * What follows our name, when the message begins with it, and it is followed by a blank, or by a colon or comma and a blank,
 * or by nothing; else NULL: it is no order.
 */
const char *mention_order(const char *said, const char *self);
/* Our name and a verb stand somewhere in it, neither quoted nor in code. */
bool mention_seems_meant(struct arena *, const char *said, const char *self);

#endif

#ifndef MARKS_H
#define MARKS_H

#include <stdbool.h>

#include "arena.h"

/*
 * An emoji by the name that counts: without skin tone, and of its several names always the same one, so that
 * "thumbsup::skin-tone-3" is "+1". Colons around it are cut.
 */
const char *mark_name(struct arena *, const char *reaction);

#endif

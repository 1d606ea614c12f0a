#ifndef SCRUB_FORM_H
#define SCRUB_FORM_H

#include <stdbool.h>

#include "arena.h"

/*
 * Private to wire. Takes out of a frame's payload what we showed in a form or at home, and of what was sent what was left as
 * it was shown: true where there was something.
 */
struct cJSON;
bool scrub_unshow(struct arena *, struct cJSON *payload);

#endif

#ifndef KEPT_H
#define KEPT_H

#include "event.h"

/* Slack's answer to a call as JSON, to be kept like a frame: from it the same event can be made again. */
/* Of messages that are `known` only what a page of history says by having them is left. */
const char *answer_pack(struct arena *, const struct answer *, const char *body);
/* FAIL_BROKEN: this is none. The event's strings are in the arena. */
bool answer_unpack(struct arena *, const char *packed, struct event *ev, struct fail *why);

#endif

#ifndef EVENT_PLACE_H
#define EVENT_PLACE_H

#include "event.h"

/* The channel that an event of Slack's tells of; NULL: of none, or of the change of its id itself. */
const char *event_place(const struct event *);
/* It tells of this one instead. */
void event_place_set(struct event *, const char *channel);

#endif

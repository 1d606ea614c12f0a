#ifndef TIMELINE_FORM_H
#define TIMELINE_FORM_H

#include "forms.h"

/* The shortcut that adds a message to an incident's timeline. */
handler timeline_ask;

/* What other forms that put a message there have in common with it. Those who may be offered; refuses where there is none. */
bool timeline_offer(struct turn *, const struct shortcut *, const struct choice **list, int *count,
	struct fail *why);
/* The incident that was chosen, or typed; 0: none. */
int64_t timeline_chosen(const struct submit *);
/* Refuses what was taken out of the record elsewhere. */
bool timeline_may_put(struct turn *, const char *channel, const char *ts, struct fail *why);
bool timeline_put(struct turn *, const struct incident *, const struct event *was,
	const struct submit *, bool *added, struct fail *why);

#endif

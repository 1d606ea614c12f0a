#ifndef TIMELINE_FORM_H
#define TIMELINE_FORM_H

#include "handler.h"

/* The shortcut that adds a message to an incident's timeline, and its form. */
handler timeline_ask;
bool timeline_submitted(struct turn *, const struct submit *, struct fail *why);

/* What other forms that put a message there have in common with it. Those who may be offered; refuses where there is none. */
bool timeline_offer(struct turn *, const struct shortcut *, const struct incident **list,
	int *count, struct fail *why);
/* The incident that was chosen, or typed; 0: none. */
int64_t timeline_chosen(const struct submit *);
/* Who may not is told at its field. channel: where the message was said. */
bool timeline_may_add(struct turn *, const struct incident *, const struct submit *,
	const char *channel, bool *may, struct fail *why);
/* was: the shortcut's event. *added: it was not on the timeline before. */
bool timeline_put(struct turn *, const struct incident *, const struct event *was,
	const struct submit *, bool *added, struct fail *why);

#endif

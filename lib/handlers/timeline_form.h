#ifndef TIMELINE_FORM_H
#define TIMELINE_FORM_H

#include "handler.h"

/* The shortcut that adds a message to an incident's timeline, and its form. */
handler timeline_ask;
bool timeline_submitted(struct turn *, const struct submit *, struct fail *why);

#endif

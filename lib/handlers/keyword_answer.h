#ifndef KEYWORD_TURN_H
#define KEYWORD_TURN_H

#include "handler.h"

/* Answers, in its thread, a message in which a person says one of the keywords of the settings. */
bool keyword_answer(struct turn *, const struct event *, int64_t incident, const struct message *,
	struct fail *);

#endif

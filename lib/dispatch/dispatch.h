#ifndef DISPATCH_H
#define DISPATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "event.h"
#include "fail.h"
#include "handler.h"
#include "store.h"

/* Who answers what. The whole bot can be read off these two tables. */
struct route {
	enum event_kind kind;
	const char *purpose; /* answers: what the call was for */
	handler *answer;
};

/* What may follow a verb. */
enum takes {
	TAKES_TEXT, /* whatever it is */
	TAKES_NOTHING,
	TAKES_VERB,
	TAKES_LEVEL,
	TAKES_STATUS,
	TAKES_PERSON,
	TAKES_ROLE,
	TAKES_TIME,
	TAKES_INCIDENT,
};

struct verb {
	const char *name;
	const char *aliases; /* words between blanks, or NULL */
	bool needs_incident;
	enum takes takes;
	verb_handler *act;
	const char *usage, *help;
};

extern const struct route ROUTES[];
extern const size_t ROUTE_COUNT;
extern const struct verb VERBS[];
extern const size_t VERB_COUNT;

/* Not case-sensitive. NULL: no such verb. */
const struct verb *verb_find(const char *word);
/* The verb that was probably meant, or NULL. */
const struct verb *verb_nearest(const char *word);

/*
 * Runs one event inside the caller's transaction: the handler, and its calls as rows. *reply, in the arena, is the
 * acknowledgement's payload or NULL. A refusal is said to the asker (in *reply or by a call), is a success here,
 * and sets *refused.
 */
/* On record as the error of what has its turn later, at the answer to who has asked for it. */
extern const char DISPATCH_WAITS[];
/* That answer. */
handler handle_asker_known;
bool dispatch_turn(const struct house *, struct store *, struct arena *, const struct event *,
	const char **reply, bool *refused, struct fail *why);

/* The same for what fell due: nobody is answered. */
bool dispatch_due(
	const struct house *, struct store *, const struct due *, int64_t now_us, struct fail *why);

/*
 * Of a command, a press or a form that came too late to be done: who asked is told so, by a call or in *reply. They
 * saw Slack say that it failed, but not that it can be tried again.
 */
bool dispatch_late(const struct house *, struct store *, struct arena *, const struct event *,
	const char **reply, struct fail *why);
/*
 * The acknowledgement of a command may come so late that Slack does not show it any more: what it says goes to the
 * command's response_url instead, and *reply is NULL then.
 */
bool dispatch_by_url(
	struct store *, struct arena *, const struct event *, const char **reply, struct fail *why);

#endif

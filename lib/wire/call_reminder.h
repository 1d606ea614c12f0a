#ifndef CALL_REMINDER_H
#define CALL_REMINDER_H

#include "call.h"

/* A message with buttons. */
struct button {
	const char *action, *label, *value;
};

struct reminder_post {
	int64_t incident;
	const char *channel, *ts; /* ts NULL: a new message */
	const char *text;         /* mrkdwn */
	const char *about;        /* "update_due 0": handed to the handler of the answer */
	const struct button *buttons;
	int button_count;
	const char *
		choose; /* action of a menu in front of the buttons, whose options are choices; or NULL */
	const struct button *choices; /* labels and values */
	int choice_count;
};
struct call *call_reminder(struct arena *, const struct reminder_post *);

#endif

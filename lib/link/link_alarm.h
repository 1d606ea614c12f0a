#ifndef LINK_ALARM_H
#define LINK_ALARM_H

#include <stdbool.h>

/* What keeps connections from being made until a person mends something, by a word of Slack's or ours. */
struct alarm {
	const char *word;
	bool slow; /* trying fast is of no use, or makes it worse */
	const char *advice;
};

const struct alarm *alarm_of(const char *word); /* NULL: no such alarm */

/* The word for a handshake that was answered with this HTTP status; NULL: that may pass by itself. */
const char *alarm_of_status(int status);

#endif

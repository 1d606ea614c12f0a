#ifndef DUE_H
#define DUE_H

#include <stdint.h>

/* What nobody sent: it fell due. */
enum due_kind {
	DUE_CONNECTED, /* somebody watches again, after nobody did */
	DUE_TIMER,     /* it is time to compare with Slack's history */
	DUE_ASKED,     /* somebody asked for that, for one incident */
	DUE_ALARM,     /* an alarm rings */
	DUE_SWEEP,     /* copies of what was redacted are looked for */
};
struct due {
	enum due_kind what;
	int64_t incident; /* 0: all */
	const char *rule; /* of an alarm: see store_alarm.h */
	int64_t item;
};

#endif

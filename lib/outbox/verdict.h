#ifndef VERDICT_H
#define VERDICT_H

#include <stdbool.h>

/* What an answer of the Web API means for its call. Pure. */
enum verdict {
	VERDICT_DONE,        /* carried out, now or before */
	VERDICT_REFUSED,     /* for good: asking again would change nothing */
	VERDICT_SLOWER,      /* Slack's rate limit */
	VERDICT_WORLD,       /* try again: nobody knows whether it was carried out */
	VERDICT_CREDENTIALS, /* an operator must look; the call waits */
};

/* readable: the body was an answer of Slack's; ok and error are what it says. */
enum verdict verdict_of(const char *method, int status, bool readable, bool ok, const char *error);

#endif

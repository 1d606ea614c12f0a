#ifndef MOMENT_H
#define MOMENT_H

#include <stdbool.h>

/* A time of day as people write it, with or without a day. Pure: which day it is today is an argument. */
struct moment {
	char local[80]; /* "2026-03-26 14:05:00" */
	bool utc;       /* not of the house's time zone: it ended in Z */
};

enum moment_read { MOMENT_NONE, MOMENT_WRONG, MOMENT_READ };

/*
 * Reads "14:05", "today 14:05", "yesterday 14:05:30", "2026-03-26 14:05" or "2026-03-26T14:05Z" at the beginning of
 * the text; *rest is what follows. MOMENT_WRONG: it looks like a time and is none. today: "2026-03-26".
 */
enum moment_read moment_read(
	const char *text, const char *today, struct moment *out, const char **rest);

#endif

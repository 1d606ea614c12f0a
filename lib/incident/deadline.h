#ifndef DEADLINE_H
#define DEADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * When something is due, as people write it. Pure: what the clocks show now is an argument. Local times are what a zone's
 * clocks show, in microseconds since 1970, as if that were UTC.
 *
 *   WHEN: DAY [[at] TIME], [at] TIME, or in SPAN. DAY: today, tomorrow, a day of the week (the next one, never today),
 *   2026-12-01, 27 nov. TIME: 17:00, 5pm, 5:30pm; none is 17:00. SPAN: 2h, 30m, 3d, 1w, 2 hours.
 */
struct deadline {
	int64_t local_us; /* 0: it is a span */
	int64_t span_us;  /* from now on */
};

enum deadline_read {
	DEADLINE_NONE,
	DEADLINE_WRONG, /* there is no such day or time */
	DEADLINE_READ
};

/* All of the text is a WHEN. */
enum deadline_read deadline_read(const char *text, int64_t now_local_us, struct deadline *out);

/*
 * At the end of a text: behind "due" or "by" any WHEN. Without these, a day of the week or tomorrow, DAY TIME, or "in 2h";
 * directly behind a <@U1> every WHEN with a day, and every SPAN. Not where the word in front of it ties it to the text: "the
 * logs from monday". *len: the bytes of the text in front of it, which is not empty.
 */
enum deadline_read deadline_at_end(
	const char *text, int64_t now_local_us, struct deadline *out, size_t *len);

/* "Fri 27 Nov 17:00", with the year where it is another one than now. */
enum { DEADLINE_ROOM = 40 };
void deadline_show(char out[DEADLINE_ROOM], int64_t local_us, int64_t now_local_us);

#endif

#ifndef ZONE_H
#define ZONE_H

#include <stdint.h>

/*
 * A time zone as far as it is needed: when its clocks were changed within some stretch of time. NULL is UTC. Times
 * are microseconds since 1970.
 */
struct zone_change {
	int64_t at_us;    /* UTC */
	int64_t offset_s; /* from then on, east of UTC */
};

struct zone {
	const char *name; /* as IANA has it: "Europe/London" */
	const struct zone_change
		*changes; /* the earliest first, which holds for all that was before as well */
	int count;
};

int64_t zone_offset_s(const struct zone *, int64_t us);
int64_t zone_local_us(
	const struct zone *, int64_t us); /* what its clocks show, as if that were UTC */
/* What its clocks show, to UTC. An hour that they show twice is the first one. */
int64_t zone_utc_us(const struct zone *, int64_t local_us);
const char *zone_name(const struct zone *); /* "UTC" for none */

#endif

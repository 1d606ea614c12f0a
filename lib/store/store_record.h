#ifndef STORE_RECORD_H
#define STORE_RECORD_H

#include "incident_record.h"
#include "store.h"
#include "zone.h"

/*
 * What a report shows: part of the store, as store.h describes it. All of it is of one moment, when it is read
 * between store_begin_reading and store_abandon.
 */
bool store_begin_reading(struct store *, struct fail *why);

/* All but the timeline. now_us: by the database's clock, as what it is compared with. */
bool store_record(struct store *, struct arena *, int64_t incident, int64_t now_us,
	struct record *out, bool *found, struct fail *why);

/* The timeline, some lines at a time; a count of 0: there are no more. One timeline within one reading. */
bool store_timeline_open(
	struct store *, int64_t incident, const struct record_choice *, struct fail *why);
bool store_timeline_next(struct store *, struct arena *, const struct record_line **lines,
	int *count, struct fail *why);

/* The last key moments and changes, so many at most, the oldest first, of all that there are. Of each: when, by whom, what. */
struct moments {
	const struct entry *list;
	int count, all;
};
bool store_moments(struct store *, struct arena *, int64_t incident, int most, struct moments *,
	struct fail *why);

/* A time zone by its IANA name, in capitals or not; good from then until a year after now. */
bool store_zone(struct store *, struct arena *, const char *name, int64_t from_us, struct zone *out,
	bool *found, struct fail *why);

#endif

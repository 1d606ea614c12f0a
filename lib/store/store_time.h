#ifndef STORE_TIME_H
#define STORE_TIME_H

#include "store.h"

/* The database's clock, by which watches and readings go; the same throughout a transaction. */
bool store_now(struct store *, int64_t *us, struct fail *why);
/* A local time ("2026-03-26 14:05:00") of a zone by its IANA name, and the other way round, to the minute. */
bool store_time_read(
	struct store *, const char *local, const char *zone, int64_t *us, struct fail *why);
bool store_time_show(struct store *, struct arena *, int64_t us, const char *zone,
	const char **local, struct fail *why);

#endif

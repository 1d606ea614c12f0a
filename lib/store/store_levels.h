#ifndef STORE_LEVELS_H
#define STORE_LEVELS_H

#include "store.h"

/* The severity levels as their file had them over time, the last ones in force: part of the store, as store.h describes it. */
struct levels_revision {
	int64_t number, recorded_at;
	const char *text;    /* of the file */
	const char *changes; /* what became of those before, a line each */
	const char *cause;   /* start, changed, SIGHUP */
	const char *host, *file;
};

/* Nobody else records any until this turn ends. */
bool store_levels_lock(struct store *, struct fail *why);
/* The number of those in force; 0: none are on record. */
bool store_levels_number(struct store *, int64_t *number, struct fail *why);
bool store_levels_in_force(
	struct store *, struct arena *, struct levels_revision *out, bool *found, struct fail *why);
/* Records them, with the next number. recorded_at is now. */
bool store_levels_add(struct store *, const struct levels_revision *, struct fail *why);
/* Likewise, with the number and the time that they had in another database. */
bool store_levels_put(struct store *, const struct levels_revision *, struct fail *why);
/* The oldest first. */
bool store_levels_list(struct store *, struct arena *, const struct levels_revision **list,
	int *count, struct fail *why);
/* Was this text in force before those that are now? And does another process than this desk's watch? */
bool store_levels_outdated(
	struct store *, const char *text, const char *desk, bool *outdated, struct fail *why);

/* Notes that these mistakes are told. *is_new false: they were before, and nobody has seen the file good since. */
bool store_levels_tell(struct store *, const char *mistakes, bool *is_new, struct fail *why);
/* The file is good. *was_told: mistakes had been told. */
bool store_levels_good(struct store *, bool *was_told, struct fail *why);

/* The open incidents at the level of this id, locked until the turn ends: private ones as well. */
bool store_incidents_at(struct store *, struct arena *, const char *level,
	const struct incident **list, int *count, struct fail *why);

/* All open incidents, not locked. */
bool store_incidents_running(
	struct store *, struct arena *, const struct incident **list, int *count, struct fail *why);

#endif

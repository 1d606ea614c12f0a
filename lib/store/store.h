#ifndef STORE_H
#define STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "fail.h"
#include "incident.h"

/*
 * Everything we remember. Each function is one question or one change; the SQL of each is written once, in
 * statements.c. Strings that come back live in the arena that was passed in. Times are microseconds, UTC.
 */
struct store;

/* FAIL_REFUSED, in words for who wrote it, when this can be no database's address. */
bool store_check_address(const char *conninfo, struct fail *why);
/* conninfo as libpq takes it (a URL or words). Every statement is prepared: if the schema has drifted, it fails. */
struct store *store_open(const char *conninfo, struct fail *why);
/* For a command that reads at length: two minutes a statement, where the daemon has seconds. */
struct store *store_open_for_reading(const char *conninfo, struct fail *why);
void store_close(struct store *);
bool store_alive(const struct store *); /* the connection was good at the last statement */

/*
 * Brings the schema up to date, one process at a time. wait_ms: how long another's migration is waited for; after that
 * it is FAIL_LATER. made: how many files were applied.
 */
enum { MIGRATE_SOON = 1000, MIGRATE_PATIENT = 100000 };
bool store_migrate(const char *conninfo, int wait_ms, int *made, struct fail *why);

bool store_begin(struct store *, struct fail *why);
bool store_commit(struct store *, struct fail *why);
void store_abandon(struct store *);
int store_changes(const struct store *); /* statements that changed something since store_begin */

/*
 * Deletes events done and calls settled so many days ago, and the refused and failed ones after so many more; at
 * most 1000 of each.
 */
struct keeping {
	int done_days, failed_days;
};
bool store_prune(struct store *, const struct keeping *, struct fail *why);

/* --- inbox ------------------------------------------------------------------------------------- */

/* An event as it came. */
struct inbox_row {
	const char *key, *kind, *frame;
	int64_t received_us;
};

/* *is_new false: this event was here before, and *reply is what it was acknowledged with (or NULL). */
bool store_inbox_put(struct store *, struct arena *, const struct inbox_row *, bool *is_new,
	const char **reply, struct fail *why);
/* state: done, refused, failed */
bool store_inbox_close(struct store *, const char *key, const char *state, const char *reply,
	const char *error, struct fail *why);
/* The frame of an event that came, and when; NULL: it is not kept any more. */
struct inbox_frame {
	const char *text;
	int64_t received_us;
};
bool store_inbox_frame(
	struct store *, struct arena *, const char *key, struct inbox_frame *out, struct fail *why);
/* An event that failed, for incidentctl replay. */
bool store_inbox_failed(struct store *, struct arena *, int64_t id, struct inbox_row *out,
	bool *found, struct fail *why);

/* Events and calls whose turns failed, for incidentctl replay: the oldest 1000 of each. */
struct failure {
	int64_t id, at_us;
	bool is_call;
	const char *what, *error; /* an event's kind, a call's method */
};
bool store_failures(
	struct store *, struct arena *, const struct failure **list, int *count, struct fail *why);

/* --- people ------------------------------------------------------------------------------------ */

struct person_facts {
	const char *id, *name, *team, *enterprise;
	bool is_bot, deleted, restricted, stranger;
};

/* What is known of one. */
struct person_known {
	const char *id, *name;
	bool is_bot, deleted;
	bool placed,
		member; /* it is known whether they are a member; they are one: no guest, of our workspace */
};

/* Notes that this person exists; *is_new: nobody has asked Slack for the name yet. */
bool store_person_meet(struct store *, const char *id, bool *is_new, struct fail *why);
bool store_person_put(struct store *, const struct person_facts *, struct fail *why);
/* The name of a person, a group or a channel, or NULL. */
bool store_name(
	struct store *, struct arena *, const char *id, const char **name, struct fail *why);
/* *found false: Slack has not said yet who this is. */
bool store_person_facts(struct store *, struct arena *, const char *id, struct person_known *out,
	bool *found, struct fail *why);
/* Our own user id and bot id, or NULL as long as Slack has not said. */
bool store_workspace_us(
	struct store *, struct arena *, const char **self, const char **bot, struct fail *why);
struct workspace {
	const char *team, *url, *self, *bot;
	const char *enterprise; /* the organisation of several that it is of, or NULL */
};
bool store_workspace_put(struct store *, const struct workspace *, struct fail *why);

/* --- incidents --------------------------------------------------------------------------------- */

/* Gives it the next number. Its times are now; resolved_at may be given as well. */
bool store_incident_new(struct store *, struct incident *, int64_t now_us, struct fail *why);
/* Both lock the row until the turn ends. */
bool store_incident_get(struct store *, struct arena *, int64_t id, struct incident *out,
	bool *found, struct fail *why);
bool store_incident_in_channel(struct store *, struct arena *, const char *channel,
	struct incident *out, bool *found, struct fail *why);
/* Only the number of the incident of this channel: no lock, for what is said there. 0: none. */
bool store_incident_of_channel(
	struct store *, const char *channel, int64_t *incident, struct fail *why);
/* Writes all that can change, and makes the version one greater. */
bool store_incident_save(struct store *, struct incident *, struct fail *why);
bool store_incidents_open(
	struct store *, struct arena *, const struct incident **list, int *count, struct fail *why);

/* received_at and recorded_at; author.name is filled from what is known. A message that is there is not changed. */
bool store_entry_add(struct store *, int64_t incident, const struct entry *, struct fail *why);
/* The text of the last entry of this kind, or NULL. author: whose words they are, may be NULL. */
bool store_entry_last(struct store *, struct arena *, int64_t incident, const char *kind,
	const char **text, const char **author, struct fail *why);

/* How much a report would show. */
bool store_counts(struct store *, int64_t incident, int *entries, int *actions, struct fail *why);

#endif

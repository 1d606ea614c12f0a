#include "store.h"

#include <stdio.h>
#include <stdlib.h>

#include "migration.h"
#include "places.h"
#include "private.h"

static struct store *open_for(const char *conninfo, enum db_use use, struct fail *why)
{
	struct db *db = db_open(conninfo, use, why);
	struct store *s;

	if (db == NULL)
		return NULL;
	s = calloc(1, sizeof(*s));
	if (s == NULL)
		abort();
	s->db = db;
	return s;
}

bool store_check_address(const char *conninfo, struct fail *why)
{
	struct places places;

	if (!places_read(conninfo, &places, why))
		return false;
	places_done(&places);
	return true;
}

struct store *store_open(const char *conninfo, struct fail *why)
{
	return open_for(conninfo, DB_DESK, why);
}

struct store *store_open_for_reading(const char *conninfo, struct fail *why)
{
	return open_for(conninfo, DB_READING, why);
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	db_close(s->db);
	free(s);
}

bool store_alive(const struct store *s)
{
	return db_alive(s->db);
}

bool store_begin(struct store *s, struct fail *why)
{
	s->changes = 0;
	return db_plain(s->db, "begin", why);
}

bool store_commit(struct store *s, struct fail *why)
{
	return db_commit(s->db, why);
}

void store_abandon(struct store *s)
{
	struct fail ignored;

	(void)db_plain(s->db, "rollback", &ignored); /* a lost connection has rolled back already */
}

int store_changes(const struct store *s)
{
	return s->changes;
}

bool store_change(
	struct store *s, enum stmt which, const struct arg *args, int nargs, struct fail *why)
{
	s->changes++;
	return db_change(s->db, which, args, nargs, why);
}

bool store_prune(struct store *s, const struct keeping *k, struct fail *why)
{
	const struct arg days[] = { NUMBER(k->done_days), NUMBER(k->failed_days) };

	return db_change(s->db, STMT_PRUNE_INBOX, days, 2, why) &&
		db_change(s->db, STMT_PRUNE_OUTBOX, days, 2, why) &&
		db_change(s->db, STMT_PRUNE_DESKS, NULL, 0, why) &&
		db_change(s->db, STMT_PRUNE_PACE, NULL, 0, why);
}

static const char MIGRATION_LOCK[] = "1768842100"; /* any number that nobody else locks */
static const char SET_LOCK_TIMEOUT[] = "select set_config('lock_timeout', $1, true)";

static bool apply_one(struct db *db, const struct migration *m, int *made, struct fail *why)
{
	bool found;

	if (!db_has_row(db, "select from schema_migrations where version = $1", m->version, &found,
		    why))
		return false;
	if (found)
		return true;
	*made += 1;
	return db_migrate(db, m->version, m->text, why);
}

/*
 * The lock lets one process through at a time; the others find the work done. It is taken before the table is
 * made: "if not exists" itself loses races. Only this wait is bounded: a change of the schema takes what it takes.
 */
static bool take_turn(struct db *db, int wait_ms, struct fail *why)
{
	char ms[16];
	bool ignored;
	struct fail lock;

	(void)snprintf(ms, sizeof(ms), "%d", wait_ms); /* fits */
	if (!db_has_row(db, SET_LOCK_TIMEOUT, ms, &ignored, why))
		return false;
	if (!db_has_row(db, "select pg_advisory_xact_lock($1::bigint)", MIGRATION_LOCK, &ignored,
		    &lock))
		return fail_set(why, lock.kind, "another process is at the schema: %s", lock.text);
	return db_has_row(db, SET_LOCK_TIMEOUT, "0", &ignored, why);
}

static bool apply_all(struct db *db, int wait_ms, int *made, struct fail *why)
{
	*made = 0;
	if (!db_plain(db, "begin", why) || !take_turn(db, wait_ms, why) ||
		!db_plain(db,
			"create table if not exists schema_migrations (version varchar primary key)",
			why))
		return false;
	for (size_t i = 0; i < MIGRATION_COUNT; i++)
		if (!apply_one(db, &MIGRATIONS[i], made, why))
			return false;
	return db_commit(db, why);
}

bool store_migrate(const char *conninfo, int wait_ms, int *made, struct fail *why)
{
	struct db *db = db_open(conninfo, DB_MIGRATE, why);
	bool ok;

	if (db == NULL)
		return false;
	ok = apply_all(db, wait_ms, made, why);
	db_close(db);
	return ok;
}

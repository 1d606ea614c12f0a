#include "db.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ARGS = 24, NUMBER_SIZE = 24 };

struct db {
	PGconn *conn;
};

static const char *const LATER[] = { "08", "40", "53", "57", "25006", "25P02", "55P03", "58" };

/* Lost connections and lost races are worth another try; the rest is ours to mend. */
static enum fail_kind kind_of(const PGconn *conn, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	if (PQstatus(conn) != CONNECTION_OK || state == NULL)
		return FAIL_LATER;
	/* lost races, shutting down, too many connections, disk full, read-only standby, a statement before it */
	for (size_t i = 0; i < sizeof(LATER) / sizeof(LATER[0]); i++)
		if (strncmp(state, LATER[i], strlen(LATER[i])) == 0)
			return FAIL_LATER;
	return FAIL_BROKEN;
}

/*
 * What went wrong, without what people wrote: the words of data and constraint errors (classes 22 and 23) quote
 * values, so there the code and the constraint's name must do.
 */
static const char *words_of(const PGconn *conn, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	if (state == NULL)
		return PQerrorMessage(conn);
	if (strncmp(state, "22", 2) != 0 && strncmp(state, "23", 2) != 0)
		return message != NULL ? message : state;
	return constraint != NULL ? constraint : state;
}

/* Every statement is prepared at once: if the schema has drifted, we do not start. */
static bool prepare_all(PGconn *conn, struct fail *why)
{
	for (int i = 0; i < STMT_COUNT; i++) {
		const struct statement *s = &STATEMENTS[i];
		PGresult *r = PQprepare(conn, s->name, s->sql, s->args, NULL);
		bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;

		if (!ok)
			fail_set(why, kind_of(conn, r), "%s: %s", s->name, words_of(conn, r));
		PQclear(r);
		if (!ok)
			return false;
	}
	return true;
}

/* Deadlines for a link to Postgres that has died without a word; the conninfo may say otherwise. */
static PGconn *connect_to(const char *conninfo)
{
	static const char *const names[] = { "connect_timeout", "tcp_user_timeout",
		"keepalives_idle", "keepalives_interval", "keepalives_count", "application_name",
		"client_encoding", "dbname", NULL };
	const char *const values[] = { "2", "3000", "2", "1", "3", "incidentd", "UTF8", conninfo,
		NULL };

	return PQconnectdbParams(names, values, 1);
}

static void ignore_notice(void *ctx, const PGresult *r)
{
	(void)ctx;
	(void)r;
}

struct db *db_open(const char *conninfo, bool prepare, struct fail *why)
{
	struct db *d = calloc(1, sizeof(*d));

	if (d == NULL)
		abort();
	d->conn = connect_to(conninfo);
	if (PQstatus(d->conn) != CONNECTION_OK) {
		fail_set(why, FAIL_LATER, "%s", PQerrorMessage(d->conn));
		goto close;
	}
	(void)PQsetNoticeReceiver(d->conn, ignore_notice, NULL); /* the old one is libpq's own */
	if (!prepare)
		return d;
	if (!db_plain(d, "set statement_timeout = '2s'", why))
		goto close;
	if (!db_plain(d, "set timezone = 'UTC'", why))
		goto close;
	if (!prepare_all(d->conn, why))
		goto close;
	return d;

close:
	db_close(d);
	return NULL;
}

void db_close(struct db *d)
{
	if (d == NULL)
		return;
	PQfinish(d->conn);
	free(d);
}

bool db_plain(struct db *d, const char *sql, struct fail *why)
{
	PGresult *r = PQexec(d->conn, sql);
	bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;

	if (!ok)
		fail_set(why, kind_of(d->conn, r), "%.40s: %s", sql, words_of(d->conn, r));
	PQclear(r);
	return ok;
}

/* Postgres answers the commit of a turn in which a statement failed with ROLLBACK, and calls it a success. */
bool db_commit(struct db *d, struct fail *why)
{
	PGresult *r = PQexec(d->conn, "commit");
	bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;

	if (!ok)
		fail_set(why, kind_of(d->conn, r), "commit: %s", PQresultErrorMessage(r));
	else if (strcmp(PQcmdStatus(r), "COMMIT") != 0)
		ok = fail_set(why, FAIL_LATER, "commit: a statement before it had failed");
	PQclear(r);
	return ok;
}

bool db_alive(const struct db *d)
{
	return PQstatus(d->conn) == CONNECTION_OK;
}

bool db_has_row(struct db *d, const char *sql, const char *argument, bool *found, struct fail *why)
{
	PGresult *r = PQexecParams(d->conn, sql, 1, NULL, &argument, NULL, NULL, 0);
	bool ok = PQresultStatus(r) == PGRES_TUPLES_OK;

	if (ok)
		*found = PQntuples(r) > 0;
	else
		fail_set(why, kind_of(d->conn, r), "%s: %s", sql, words_of(d->conn, r));
	PQclear(r);
	return ok;
}

bool db_migrate(struct db *d, const char *version, const char *file, struct fail *why)
{
	const char *down = strstr(file, "-- migrate:down");
	char *up = strndup(file, down != NULL ? (size_t)(down - file) : strlen(file));
	PGresult *r;
	bool ok;

	if (up == NULL)
		abort();
	ok = db_plain(d, up, why);
	free(up);
	if (!ok)
		return false;
	r = PQexecParams(d->conn, "insert into schema_migrations (version) values ($1)", 1, NULL,
		&version, NULL, NULL, 0);
	ok = PQresultStatus(r) == PGRES_COMMAND_OK;
	if (!ok)
		fail_set(why, kind_of(d->conn, r), "%s: %s", version, words_of(d->conn, r));
	PQclear(r);
	return ok;
}

static bool fits(enum shape shape, int count)
{
	switch (shape) {
	case NO_ROWS: return count == 0;
	case ONE_ROW: return count == 1;
	case AT_MOST_ONE_ROW: return count <= 1;
	case ANY_ROWS: return true;
	}
	return false;
}

bool db_run(struct db *d, enum stmt which, const struct arg *args, int nargs, struct rows *rows,
	struct fail *why)
{
	const struct statement *s = &STATEMENTS[which];
	const char *values[MOST_ARGS];
	char numbers[MOST_ARGS][NUMBER_SIZE];
	PGresult *r;

	if (nargs != s->args || nargs > MOST_ARGS)
		return fail_set(
			why, FAIL_BROKEN, "%s: %d arguments, not %d", s->name, nargs, s->args);
	for (int i = 0; i < nargs; i++) {
		values[i] = args[i].text;
		if (args[i].type == ARG_INT) {
			(void)snprintf(
				numbers[i], NUMBER_SIZE, "%" PRId64, args[i].number); /* fits */
			values[i] = numbers[i];
		}
	}
	r = PQexecPrepared(d->conn, s->name, nargs, values, NULL, NULL, 0);
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK) {
		fail_set(why, kind_of(d->conn, r), "%s: %s", s->name, words_of(d->conn, r));
		goto clear;
	}
	if (!fits(s->shape, PQntuples(r))) {
		fail_set(why, FAIL_BROKEN, "%s: %d rows", s->name, PQntuples(r));
		goto clear;
	}
	*rows = (struct rows){ .result = r, .count = PQntuples(r) };
	return true;

clear:
	PQclear(r);
	return false;
}

bool db_change(struct db *d, enum stmt which, const struct arg *args, int nargs, struct fail *why)
{
	struct rows rows = { 0 };

	if (!db_run(d, which, args, nargs, &rows, why))
		return false;
	rows_done(&rows);
	return true;
}

void rows_done(struct rows *rows)
{
	PQclear(rows->result);
	*rows = (struct rows){ 0 };
}

static int column_of(const struct rows *rows, const char *name)
{
	int c = PQfnumber(rows->result, name);

	if (c < 0) {
		(void)fprintf(stderr, "no column '%s'\n", name); /* nothing is left to do */
		abort();
	}
	return c;
}

int64_t row_int(const struct rows *rows, int row, const char *column)
{
	return strtoll(PQgetvalue(rows->result, row, column_of(rows, column)), NULL, 10);
}

bool row_bool(const struct rows *rows, int row, const char *column)
{
	return *PQgetvalue(rows->result, row, column_of(rows, column)) == 't';
}

const char *row_text(const struct rows *rows, int row, const char *column, struct arena *a)
{
	int c = column_of(rows, column);

	if (PQgetisnull(rows->result, row, c))
		return NULL;
	return arena_copy(a, PQgetvalue(rows->result, row, c));
}

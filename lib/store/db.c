#include "db.h"

#include <inttypes.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "clock.h"
#include "places.h"

/* Statements end after 2 s by Postgres' own clock; when Postgres itself stands still, ours ends the wait. */
enum { MOST_ARGS = 24, NUMBER_SIZE = 24 };
enum { PREPARE_MS = 10000, DESK_MS = 5000, PATIENT_MS = 120000 };

struct db {
	PGconn *conn;
	bool lost;       /* broken, or silent for too long: nothing more is asked of it */
	int patience_ms; /* how long an answer may take */
};

static const char *const LATER[] = { "08", "40", "53", "57", "25006", "25P02", "55P03", "58" };

/* Lost connections and lost races are worth another try; the rest is ours to mend. */
static enum fail_kind kind_of(const struct db *d, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	if (!db_alive(d) || state == NULL)
		return FAIL_LATER;
	/* lost races, shutting down, too many connections, disk full, read-only standby, a statement before it */
	for (size_t i = 0; i < sizeof(LATER) / sizeof(LATER[0]); i++)
		if (strncmp(state, LATER[i], strlen(LATER[i])) == 0)
			return FAIL_LATER;
	return FAIL_BROKEN;
}

/*
 * The schema has changed under a statement that had fitted, or what we may do has: not this turn's fault. A new
 * connection prepares everything again: it is cured by that, or is told that the schema does not fit.
 */
static enum fail_kind kind_of_run(const struct db *d, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);

	if (state != NULL && (strncmp(state, "42", 2) == 0 || strncmp(state, "0A", 2) == 0))
		return FAIL_LATER;
	return kind_of(d, r);
}

/*
 * What went wrong, without what people wrote: the words of data and constraint errors (classes 22 and 23) quote
 * values, so there the code and the constraint's name must do.
 */
static const char *words_of(const struct db *d, const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
	const char *message = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

	if (state == NULL)
		return d->lost && PQstatus(d->conn) == CONNECTION_OK
			? "the database does not answer"
			: PQerrorMessage(d->conn);
	if (strncmp(state, "22", 2) != 0 && strncmp(state, "23", 2) != 0)
		return message != NULL ? message : state;
	return constraint != NULL ? constraint : state;
}

/* Waits until the socket is ready for one of these. false: not before the deadline. */
static bool wait_for(const struct db *d, short events, int64_t until)
{
	struct pollfd p = { .fd = PQsocket(d->conn), .events = events };
	int64_t left = until - clock_ms();

	return left > 0 && p.fd >= 0 && poll(&p, 1, (int)left) != 0;
}

/* Sends what is left and reads what is there. false: the connection is of no use any more. */
static bool exchange(const struct db *d, int64_t until)
{
	int left = PQflush(d->conn);

	return left >= 0 && wait_for(d, (short)(left > 0 ? POLLIN | POLLOUT : POLLIN), until) &&
		PQconsumeInput(d->conn) == 1;
}

/* The last result of what was sent, as PQexec gives it; NULL, which is no success: the connection is lost. */
static PGresult *answer_to(struct db *d, int sent)
{
	int64_t until = clock_ms() + d->patience_ms;
	PGresult *last = NULL;
	PGresult *r;

	while (sent == 1 && !d->lost) {
		if (PQisBusy(d->conn)) {
			d->lost = !exchange(d, until);
			continue;
		}
		r = PQgetResult(d->conn);
		if (r == NULL)
			return last;
		PQclear(last);
		last = r;
	}
	d->lost = true;
	PQclear(last);
	return NULL;
}

static PGresult *ask(struct db *d, const char *sql)
{
	return answer_to(d, d->lost ? 0 : PQsendQuery(d->conn, sql));
}

static PGresult *ask_with(struct db *d, const char *sql, const char *argument)
{
	return answer_to(d,
		d->lost ? 0 : PQsendQueryParams(d->conn, sql, 1, NULL, &argument, NULL, NULL, 0));
}

/* Nothing of ours is there: a daemon makes it when it starts. */
static bool has_no_schema(struct db *d)
{
	struct fail ignored;
	bool there = true;

	return db_has_row(d, "select where to_regclass($1) is not null", "schema_migrations",
		       &there, &ignored) &&
		!there;
}

static bool does_not_fit(
	struct db *d, const struct statement *s, const PGresult *r, struct fail *why)
{
	(void)fail_set(why, kind_of(d, r), "%s: %s", s->name, words_of(d, r));
	if (why->kind == FAIL_BROKEN && has_no_schema(d))
		return fail_set(why, FAIL_BROKEN,
			"the database has no schema yet: start incidentd, or run `incidentctl migrate`");
	return false;
}

/* Every statement is prepared at once: if the schema has drifted, we do not start. */
static bool prepare_all(struct db *d, struct fail *why)
{
	for (int i = 0; i < STMT_COUNT; i++) {
		const struct statement *s = statement_of((enum stmt)i);
		PGresult *r = answer_to(d, PQsendPrepare(d->conn, s->name, s->sql, s->args, NULL));
		bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;

		if (!ok)
			(void)does_not_fit(d, s, r, why);
		PQclear(r);
		if (!ok)
			return false;
	}
	return true;
}

/* To say goodbye to a server that does not listen would be to wait for it. */
static void hang_up(struct db *d)
{
	if (d->lost && PQsocket(d->conn) >= 0)
		(void)shutdown(PQsocket(d->conn), SHUT_RDWR); /* it is closed next */
	PQfinish(d->conn);
	d->conn = NULL;
	d->lost = false;
}

/* Deadlines for a link to Postgres that has died without a word; the conninfo may say otherwise. */
static PGconn *connect_to(const char *conninfo, const struct place *p)
{
	const char *const names[] = { "tcp_user_timeout", "keepalives_idle", "keepalives_interval",
		"keepalives_count", "application_name", "client_encoding", "dbname", "host", "port",
		NULL };
	const char *const values[] = { "3000", "2", "1", "3", "incidentd", "UTF8", conninfo,
		p->host, p->port, NULL };

	return PQconnectStartParams(names, values, 1);
}

/* libpq's own connect_timeout does not count here, and does not bound every phase where it does. */
static bool connected(struct db *d, int64_t until)
{
	PostgresPollingStatusType next = PGRES_POLLING_WRITING;

	if (PQstatus(d->conn) == CONNECTION_BAD)
		return false;
	while (next == PGRES_POLLING_READING || next == PGRES_POLLING_WRITING) {
		d->lost = !wait_for(d, next == PGRES_POLLING_READING ? POLLIN : POLLOUT, until);
		if (d->lost)
			return false;
		next = PQconnectPoll(d->conn);
	}
	return next == PGRES_POLLING_OK && PQsetnonblocking(d->conn, 1) == 0;
}

/* Each host has its own time: one that is silent does not use up that of the others. */
static bool connected_to_one(struct db *d, const char *conninfo, struct fail *why)
{
	struct places places;
	bool ok = false;

	if (!places_read(conninfo, &places, why))
		return false;
	for (int i = 0; !ok && i < places.count; i++) {
		hang_up(d);
		d->conn = connect_to(conninfo, &places.list[i]);
		ok = connected(d, clock_ms() + places.patience_ms);
		if (!ok)
			fail_set(why, FAIL_LATER, "%s",
				d->lost ? "the database does not answer" : PQerrorMessage(d->conn));
	}
	places_done(&places);
	return ok;
}

static void ignore_notice(void *ctx, const PGresult *r)
{
	(void)ctx;
	(void)r;
}

static bool make_ready(struct db *d, enum db_use use, struct fail *why)
{
	if (use == DB_MIGRATE)
		return true;
	if (use == DB_DESK && !db_plain(d, "set statement_timeout = '2s'", why))
		return false;
	return db_plain(d, "set timezone = 'UTC'", why) && prepare_all(d, why);
}

struct db *db_open(const char *conninfo, enum db_use use, struct fail *why)
{
	struct db *d = calloc(1, sizeof(*d));

	if (d == NULL)
		abort();
	d->patience_ms = PREPARE_MS;
	if (!connected_to_one(d, conninfo, why))
		goto close;
	(void)PQsetNoticeReceiver(d->conn, ignore_notice, NULL); /* the old one is libpq's own */
	if (!make_ready(d, use, why))
		goto close;
	d->patience_ms = use == DB_DESK ? DESK_MS : PATIENT_MS;
	return d;

close:
	db_close(d);
	return NULL;
}

void db_close(struct db *d)
{
	if (d == NULL)
		return;
	hang_up(d);
	free(d);
}

bool db_plain(struct db *d, const char *sql, struct fail *why)
{
	PGresult *r = ask(d, sql);
	bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;

	if (!ok)
		fail_set(why, kind_of(d, r), "%.40s: %s", sql, words_of(d, r));
	PQclear(r);
	return ok;
}

/* Postgres answers the commit of a turn in which a statement failed with ROLLBACK, and calls it a success. */
bool db_commit(struct db *d, struct fail *why)
{
	PGresult *r = ask(d, "commit");
	bool ok = PQresultStatus(r) == PGRES_COMMAND_OK;

	if (!ok)
		fail_set(why, kind_of(d, r), "commit: %s", words_of(d, r));
	else if (strcmp(PQcmdStatus(r), "COMMIT") != 0)
		ok = fail_set(why, FAIL_LATER, "commit: a statement before it had failed");
	PQclear(r);
	return ok;
}

bool db_alive(const struct db *d)
{
	return !d->lost && PQstatus(d->conn) == CONNECTION_OK;
}

bool db_has_row(struct db *d, const char *sql, const char *argument, bool *found, struct fail *why)
{
	PGresult *r = ask_with(d, sql, argument);
	bool ok = PQresultStatus(r) == PGRES_TUPLES_OK;

	if (ok)
		*found = PQntuples(r) > 0;
	else
		fail_set(why, kind_of(d, r), "%s: %s", sql, words_of(d, r));
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
	r = ask_with(d, "insert into schema_migrations (version) values ($1)", version);
	ok = PQresultStatus(r) == PGRES_COMMAND_OK;
	if (!ok)
		fail_set(why, kind_of(d, r), "%s: %s", version, words_of(d, r));
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
	const struct statement *s = statement_of(which);
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
	r = answer_to(d,
		d->lost ? 0 : PQsendQueryPrepared(d->conn, s->name, nargs, values, NULL, NULL, 0));
	if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK) {
		fail_set(why, kind_of_run(d, r), "%s: %s", s->name, words_of(d, r));
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

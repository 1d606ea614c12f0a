#include "store_levels.h"

#include "private.h"

bool store_levels_lock(struct store *s, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_LEVELS_LOCK, NULL, 0, &rows, why))
		return false;
	rows_done(&rows);
	return true;
}

bool store_levels_number(struct store *s, int64_t *number, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_LEVELS_NUMBER, NULL, 0, &rows, why))
		return false;
	*number = row_int(&rows, 0, "number");
	rows_done(&rows);
	return true;
}

static struct levels_revision revision_from_row(const struct rows *r, int row, struct arena *a)
{
	return (struct levels_revision){
		.number = row_int(r, row, "number"),
		.recorded_at = row_int(r, row, "recorded_at"),
		.text = row_text(r, row, "text", a),
		.changes = row_text(r, row, "changes", a),
		.cause = row_text(r, row, "cause", a),
		.host = row_text(r, row, "host", a),
		.file = row_text(r, row, "file", a),
	};
}

bool store_levels_in_force(struct store *s, struct arena *a, struct levels_revision *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_LEVELS_IN_FORCE, NULL, 0, &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		*out = revision_from_row(&rows, 0, a);
	rows_done(&rows);
	return true;
}

bool store_levels_add(struct store *s, const struct levels_revision *r, struct fail *why)
{
	return store_change(s, STMT_LEVELS_ADD,
		ARGS(TEXT(r->text), TEXT(r->changes), TEXT(r->cause), TEXT(r->host), TEXT(r->file)),
		why);
}

bool store_levels_put(struct store *s, const struct levels_revision *r, struct fail *why)
{
	return store_change(s, STMT_LEVELS_PUT,
		ARGS(NUMBER(r->number), NUMBER(r->recorded_at), TEXT(r->text), TEXT(r->changes),
			TEXT(r->cause), TEXT(r->host), TEXT(r->file)),
		why);
}

bool store_levels_list(struct store *s, struct arena *a, const struct levels_revision **list,
	int *count, struct fail *why)
{
	struct levels_revision *found;
	struct rows rows;

	if (!db_run(s->db, STMT_LEVELS_LIST, NULL, 0, &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = revision_from_row(&rows, i, a);
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_levels_outdated(
	struct store *s, const char *text, const char *desk, bool *outdated, struct fail *why)
{
	enum { WATCHING_MS = 15000 }; /* a watch is written down each 5 s */
	struct rows rows;

	if (!db_run(s->db, STMT_LEVELS_OUTDATED, ARGS(TEXT(text), TEXT(desk), NUMBER(WATCHING_MS)),
		    &rows, why))
		return false;
	*outdated = row_bool(&rows, 0, "outdated");
	rows_done(&rows);
	return true;
}

bool store_levels_tell(struct store *s, const char *mistakes, bool *is_new, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_LEVELS_TELL, ARGS(TEXT(mistakes)), &rows, why))
		return false;
	*is_new = rows.count == 1;
	rows_done(&rows);
	return true;
}

bool store_levels_good(struct store *s, bool *was_told, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_LEVELS_GOOD, NULL, 0, &rows, why))
		return false;
	*was_told = rows.count > 0;
	rows_done(&rows);
	return true;
}

static void take_incidents(
	struct rows *rows, struct arena *a, const struct incident **list, int *count)
{
	struct incident *found = arena_zeroed(a, sizeof(*found) * (size_t)(rows->count + 1));

	for (int i = 0; i < rows->count; i++)
		incident_from_row(rows, i, a, &found[i]);
	*list = found;
	*count = rows->count;
	rows_done(rows);
}

bool store_incidents_at(struct store *s, struct arena *a, const char *level,
	const struct incident **list, int *count, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INCIDENTS_AT, ARGS(TEXT(level)), &rows, why))
		return false;
	take_incidents(&rows, a, list, count);
	return true;
}

bool store_incidents_running(struct store *s, struct arena *a, const struct incident **list,
	int *count, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INCIDENTS_RUNNING, NULL, 0, &rows, why))
		return false;
	take_incidents(&rows, a, list, count);
	return true;
}

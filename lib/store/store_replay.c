#include "store_replay.h"

#include "private.h"

bool store_kept_after(struct store *s, struct arena *a, int64_t id, const struct kept **list,
	int *count, struct fail *why)
{
	struct rows rows;
	struct kept *found;

	if (!db_run(s->db, STMT_KEPT_AFTER, ARGS(NUMBER(id)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * ((size_t)rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = (struct kept){
			.id = row_int(&rows, i, "id"),
			.row = { row_text(&rows, i, "key", a), row_text(&rows, i, "kind", a),
				row_text(&rows, i, "frame", a), row_int(&rows, i, "received_at") },
			.recorded_at = row_text(&rows, i, "recorded_at", a),
			.recorded_us = row_int(&rows, i, "recorded_us"),
			.state = row_text(&rows, i, "state", a),
			.reply = row_text(&rows, i, "reply", a),
			.error = row_text(&rows, i, "error", a),
		};
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

static bool number(struct store *s, enum stmt which, int64_t *value, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, which, NULL, 0, &rows, why))
		return false;
	*value = row_int(&rows, 0, "value");
	rows_done(&rows);
	return true;
}

bool store_kept_count(struct store *s, int64_t *count, struct fail *why)
{
	return number(s, STMT_KEPT_COUNT, count, why);
}

bool store_births(
	struct store *s, struct arena *a, const struct birth **list, int *count, struct fail *why)
{
	struct rows rows;
	struct birth *found;

	if (!db_run(s->db, STMT_BIRTHS, NULL, 0, &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * ((size_t)rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] =
			(struct birth){ row_int(&rows, i, "id"), row_int(&rows, i, "reported_at") };
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_replay_begin(struct store *s, bool *empty, struct fail *why)
{
	int64_t incidents;

	if (!number(s, STMT_INCIDENT_COUNT, &incidents, why) ||
		!db_plain(s->db, "set synchronous_commit = off", why))
		return false;
	*empty = incidents == 0;
	return true;
}

bool store_recorded_at(struct store *s, const char *recorded_at, struct fail *why)
{
	return db_change(s->db, STMT_RECORDED_AT, ARGS(TEXT(recorded_at)), why);
}

bool store_number_next(struct store *s, int64_t incident, struct fail *why)
{
	return store_change(s, STMT_NUMBER_NEXT, ARGS(NUMBER(incident)), why);
}

bool store_inbox_answer(
	struct store *s, const struct inbox_row *row, int64_t incident, struct fail *why)
{
	return store_change(s, STMT_INBOX_ANSWER,
		ARGS(TEXT(row->key), TEXT(row->kind), TEXT(row->frame), NUMBER(row->received_us),
			NUMBER(incident)),
		why);
}

bool store_inbox_again(struct store *s, const struct inbox_row *row, struct fail *why)
{
	return store_change(s, STMT_INBOX_AGAIN,
		ARGS(TEXT(row->key), TEXT(row->frame), NUMBER(row->received_us)), why);
}

bool store_outbox_discard(struct store *s, struct fail *why)
{
	return store_change(s, STMT_OUTBOX_DISCARD, NULL, 0, why);
}

enum { COPIED_MOST = 20 };

/* Row by row, as text. */
static bool copy(struct store *from, struct store *to, enum stmt get, enum stmt put,
	const char *const *columns, struct fail *why)
{
	struct arena *a = arena_new();
	struct rows rows;
	bool ok = db_run(from->db, get, NULL, 0, &rows, why);

	if (!ok)
		rows = (struct rows){ 0 };
	for (int i = 0; ok && i < rows.count; i++) {
		struct arg args[COPIED_MOST];
		int n = 0;

		for (; columns[n] != NULL; n++)
			args[n] = TEXT(row_text(&rows, i, columns[n], a));
		ok = store_change(to, put, args, n, why);
	}
	rows_done(&rows);
	arena_free(a);
	return ok;
}

bool store_redactions_copy(struct store *from, struct store *to, struct fail *why)
{
	static const char *const TEXTS[] = { "incident", "channel", "ts", "kind", "received_at",
		"redacted_at", "redacted_by", "redacted_why", "redacted_hash", "said_at",
		"recorded_at", "author", "author_name", "put_by", "thread_ts", "provenance",
		"text_edition", "text_moment", "nth", NULL };
	static const char *const LINES[] = { "incident", "said_at", "recorded_at", "author",
		"author_name", "text", "provenance", NULL };

	return copy(from, to, STMT_REDACTIONS, STMT_REDACTION_PUT, TEXTS, why) &&
		copy(from, to, STMT_REDACTION_LINES, STMT_REDACTION_LINE_PUT, LINES, why);
}

bool store_watches_copy(struct store *from, struct store *to, struct fail *why)
{
	static const char *const COLUMNS[] = { "process", "began_at", "seen_at", "ended", NULL };

	return copy(from, to, STMT_WATCHES, STMT_WATCH_PUT, COLUMNS, why);
}

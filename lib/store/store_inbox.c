#include "private.h"

static bool reply_of(
	struct store *s, struct arena *a, const char *key, const char **reply, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INBOX_REPLY, ARGS(TEXT(key)), &rows, why))
		return false;
	*reply = rows.count == 1 ? row_text(&rows, 0, "reply", a) : NULL;
	rows_done(&rows);
	return true;
}

bool store_inbox_put(struct store *s, struct arena *a, const struct inbox_row *row, bool *is_new,
	const char **reply, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INBOX_PUT,
		    ARGS(TEXT(row->key), TEXT(row->kind), TEXT(row->frame),
			    NUMBER(row->received_us)),
		    &rows, why))
		return false;
	*is_new = rows.count == 1;
	*reply = NULL;
	rows_done(&rows);
	return *is_new || reply_of(s, a, row->key, reply, why);
}

bool store_inbox_close(struct store *s, const char *key, const char *state, const char *reply,
	const char *error, struct fail *why)
{
	return store_change(
		s, STMT_INBOX_CLOSE, ARGS(TEXT(key), TEXT(state), TEXT(reply), TEXT(error)), why);
}

bool store_inbox_frame(struct store *s, struct arena *a, const char *key, struct inbox_frame *out,
	struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INBOX_FRAME, ARGS(TEXT(key)), &rows, why))
		return false;
	*out = (struct inbox_frame){ 0 };
	if (rows.count == 1)
		*out = (struct inbox_frame){ row_text(&rows, 0, "frame", a),
			row_int(&rows, 0, "received_at") };
	rows_done(&rows);
	return true;
}

bool store_inbox_failed(struct store *s, struct arena *a, int64_t id, struct inbox_row *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INBOX_FAILED, ARGS(NUMBER(id)), &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		*out = (struct inbox_row){
			.key = row_text(&rows, 0, "key", a),
			.kind = row_text(&rows, 0, "kind", a),
			.frame = row_text(&rows, 0, "frame", a),
			.received_us = row_int(&rows, 0, "received_at"),
		};
	rows_done(&rows);
	return true;
}

static void failures_from(
	const struct rows *r, const char *at, bool is_call, struct arena *a, struct failure *to)
{
	for (int i = 0; i < r->count; i++)
		to[i] = (struct failure){
			.id = row_int(r, i, "id"),
			.at_us = row_int(r, i, at),
			.is_call = is_call,
			.what = row_text(r, i, "what", a),
			.error = row_text(r, i, "error", a),
		};
}

bool store_failures(
	struct store *s, struct arena *a, const struct failure **list, int *count, struct fail *why)
{
	struct rows events, calls;
	struct failure *found;

	if (!db_run(s->db, STMT_INBOX_ALL_FAILED, NULL, 0, &events, why))
		return false;
	if (!db_run(s->db, STMT_OUTBOX_ALL_FAILED, NULL, 0, &calls, why)) {
		rows_done(&events);
		return false;
	}
	*count = events.count + calls.count;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(*count + 1));
	failures_from(&events, "received_at", false, a, found);
	failures_from(&calls, "settled_at", true, a, found + events.count);
	*list = found;
	rows_done(&events);
	rows_done(&calls);
	return true;
}

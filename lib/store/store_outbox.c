#include "private.h"

static void row_from(const struct rows *r, int row, struct arena *a, struct outbox_row *out)
{
	*out = (struct outbox_row){
		.id = row_int(r, row, "id"),
		.incident = row_int(r, row, "incident"),
		.version = row_int(r, row, "version"),
		.method = row_text(r, row, "method", a),
		.lane = row_text(r, row, "lane", a),
		.purpose = row_text(r, row, "purpose", a),
		.argument = row_text(r, row, "argument", a),
		.body = row_text(r, row, "body", a),
		.look_cursor = row_text(r, row, "look_cursor", a),
		.name = row_text(r, row, "name", a),
		.taken_by = row_text(r, row, "taken_by", a),
		.attempts = (int)row_int(r, row, "attempts"),
		.in_doubt = row_bool(r, row, "in_doubt"),
		.too_late = row_bool(r, row, "too_late"),
		.first_sent_us = row_int(r, row, "first_sent"),
	};
}

bool store_outbox_put(struct store *s, const struct outbox_row *o, const char *replaces,
	int64_t not_after_ms, struct fail *why)
{
	if (replaces != NULL &&
		!store_change(
			s, STMT_OUTBOX_DROP_REPLACED, ARGS(TEXT(replaces), TEXT(o->lane)), why))
		return false;
	return store_change(s, STMT_OUTBOX_PUT,
		ARGS(TEXT(o->method), TEXT(o->lane), TEXT(o->purpose), NUMBER(o->incident),
			NUMBER(o->version), TEXT(o->argument), TEXT(o->body), TEXT(replaces),
			NUMBER(not_after_ms)),
		why);
}

bool store_outbox_take(struct store *s, struct arena *a, const struct taking *t,
	const struct outbox_row **list, int *count, struct fail *why)
{
	struct rows rows;
	struct outbox_row *found;

	if (!db_run(s->db, STMT_OUTBOX_TAKE,
		    ARGS(NUMBER(t->most), NUMBER(t->lease_ms), TEXT(t->desk),
			    NUMBER(t->urgent_kept), NUMBER(t->readings_most),
			    NUMBER(t->webhooks_most)),
		    &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		row_from(&rows, i, a, &found[i]);
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_desk_alive(struct store *s, const char *desk, int64_t ms, struct fail *why)
{
	return store_change(s, STMT_DESK_ALIVE, ARGS(TEXT(desk), NUMBER(ms)), why);
}

bool store_outbox_get(struct store *s, struct arena *a, int64_t id, struct outbox_row *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_OUTBOX_GET, ARGS(NUMBER(id)), &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		row_from(&rows, 0, a, out);
	rows_done(&rows);
	return true;
}

bool store_outbox_hopeless(
	struct store *s, int64_t id, int64_t ms, bool *hopeless, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_OUTBOX_HOPELESS, ARGS(NUMBER(id), NUMBER(ms)), &rows, why))
		return false;
	*hopeless = row_bool(&rows, 0, "hopeless");
	rows_done(&rows);
	return true;
}

bool store_outbox_settle(
	struct store *s, int64_t id, const char *state, const char *error, struct fail *why)
{
	return store_change(s, STMT_OUTBOX_SETTLE, ARGS(NUMBER(id), TEXT(state), TEXT(error)), why);
}

bool store_outbox_drop(struct store *s, int64_t id, struct fail *why)
{
	return store_change(s, STMT_OUTBOX_DROP, ARGS(NUMBER(id)), why);
}

bool store_outbox_fail(struct store *s, int64_t id, const struct outbox_failed *f,
	const char *error, struct fail *why)
{
	return store_change(s, STMT_OUTBOX_FAIL,
		ARGS(NUMBER(id), TEXT(error), TEXT(f->answer), BOOL(f->was_look)), why);
}

bool store_outbox_reopen(struct store *s, struct arena *a, int64_t id, struct outbox_failed *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_OUTBOX_REOPEN, ARGS(NUMBER(id)), &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		*out = (struct outbox_failed){
			.attempts = (int)row_int(&rows, 0, "attempts"),
			.was_look = row_bool(&rows, 0, "was_look"),
			.answer = row_text(&rows, 0, "answer", a),
		};
	rows_done(&rows);
	return true;
}

bool store_outbox_again(struct store *s, int64_t id, int64_t rest_ms, bool in_doubt,
	const char *look_cursor, const char *error, struct fail *why)
{
	return store_change(s, STMT_OUTBOX_AGAIN,
		ARGS(NUMBER(id), NUMBER(rest_ms), BOOL(in_doubt), TEXT(look_cursor), TEXT(error)),
		why);
}

bool store_pace_rest(struct store *s, const char *key, int64_t ms, struct fail *why)
{
	return store_change(s, STMT_PACE_REST, ARGS(TEXT(key), NUMBER(ms)), why);
}

bool store_webhooks_hush(struct store *s, int64_t incident, int64_t *pages, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_WEBHOOKS_HUSH, ARGS(NUMBER(incident)), &rows, why))
		return false;
	*pages = row_int(&rows, 0, "pages");
	rows_done(&rows);
	return true;
}

bool store_outbox_waiting(struct store *s, bool *waiting, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_OUTBOX_WAITING, NULL, 0, &rows, why))
		return false;
	*waiting = row_bool(&rows, 0, "waiting");
	rows_done(&rows);
	return true;
}

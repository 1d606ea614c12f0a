#include "store_recovery.h"

#include "private.h"

/* A watch is written every few seconds: what was so lately, and is not on record as ended, goes on. */
enum { FRESH_MS = 20000 };

static struct recovery recovery_from(const struct rows *r, int row, struct arena *a)
{
	return (struct recovery){
		.incident = row_int(r, row, "incident"),
		.channel = row_text(r, row, "channel", a),
		.state = row_text(r, row, "state", a),
		.why = row_text(r, row, "why", a),
		.wanted_at = row_int(r, row, "wanted_at"),
		.began_at = row_int(r, row, "began_at"),
		.place = row_text(r, row, "place", a),
		.oldest = row_text(r, row, "oldest", a),
		.newest = row_text(r, row, "newest", a),
		.floor = row_text(r, row, "floor", a),
		.bottom = row_bool(r, row, "bottom"),
		.pages = row_int(r, row, "pages"),
		.found = row_int(r, row, "found"),
		.complete_at = row_int(r, row, "complete_at"),
		.whole_at = row_int(r, row, "whole_at"),
		.error = row_text(r, row, "error", a),
	};
}

bool store_recovery_get(struct store *s, struct arena *a, int64_t incident, struct recovery *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_RECOVERY_GET, ARGS(NUMBER(incident)), &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found) {
		*out = recovery_from(&rows, 0, a);
		out->now_at = row_int(&rows, 0, "now_at");
		out->under_way = row_bool(&rows, 0, "under_way");
	}
	rows_done(&rows);
	return true;
}

bool store_recovery_make(
	struct store *s, struct arena *a, int64_t incident, struct recovery *out, struct fail *why)
{
	bool found;

	if (!store_recovery_get(s, a, incident, out, &found, why))
		return false;
	if (found)
		return true;
	return store_change(s, STMT_RECOVERY_NEW, ARGS(NUMBER(incident)), why) &&
		store_recovery_get(s, a, incident, out, &found, why) &&
		(found || fail_set(why, FAIL_LATER, "the row of a reading is gone"));
}

bool store_recovery_save(struct store *s, const struct recovery *r, struct fail *why)
{
	return store_change(s, STMT_RECOVERY_SAVE,
		ARGS(NUMBER(r->incident), TEXT(r->state), TEXT(r->why), NUMBER(r->wanted_at),
			NUMBER(r->began_at), TEXT(r->place), TEXT(r->oldest), BOOL(r->bottom),
			NUMBER(r->pages), NUMBER(r->found), NUMBER(r->complete_at), TEXT(r->error),
			NUMBER(r->whole_at), TEXT(r->newest)),
		why);
}

bool store_recovery_channels(
	struct store *s, struct arena *a, const int64_t **incidents, int *count, struct fail *why)
{
	struct rows rows;
	int64_t *list;

	if (!db_run(s->db, STMT_RECOVERY_CHANNELS, NULL, 0, &rows, why))
		return false;
	list = arena_zeroed(a, sizeof(*list) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		list[i] = row_int(&rows, i, "id");
	*incidents = list;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_recovery_list(struct store *s, struct arena *a, const struct recovery **list, int *count,
	struct fail *why)
{
	struct rows rows;
	struct recovery *r;

	if (!db_run(s->db, STMT_RECOVERY_LIST, NULL, 0, &rows, why))
		return false;
	r = arena_zeroed(a, sizeof(*r) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++) {
		r[i] = recovery_from(&rows, i, a);
		r[i].threads = row_int(&rows, i, "threads");
		r[i].title = row_text(&rows, i, "title", a);
	}
	*list = r;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_recovery_thread_add(struct store *s, const struct recovery *r, const char *ts,
	const char *latest, int64_t replies, const char *known, struct fail *why)
{
	return store_change(s, STMT_RECOVERY_THREAD_ADD,
		ARGS(NUMBER(r->incident), TEXT(r->channel), TEXT(ts), TEXT(latest), NUMBER(replies),
			TEXT(known)),
		why);
}

bool store_recovery_threads_known(struct store *s, const struct recovery *r, const char *low,
	const char *high, struct fail *why)
{
	return store_change(s, STMT_RECOVERY_THREADS_KNOWN,
		ARGS(NUMBER(r->incident), TEXT(r->channel), TEXT(low), TEXT(high)), why);
}

bool store_recovery_threads_unseen(struct store *s, const struct recovery *r, struct fail *why)
{
	return store_change(
		s, STMT_RECOVERY_THREADS_UNSEEN, ARGS(NUMBER(r->incident), TEXT(r->channel)), why);
}

bool store_recovery_thread_next(struct store *s, struct arena *a, int64_t incident,
	struct unread_thread *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_RECOVERY_THREAD_NEXT, ARGS(NUMBER(incident)), &rows, why))
		return false;
	*out = (struct unread_thread){ 0 };
	if (rows.count == 1)
		*out = (struct unread_thread){ row_text(&rows, 0, "ts", a),
			row_text(&rows, 0, "place", a), row_bool(&rows, 0, "missing") };
	rows_done(&rows);
	return true;
}

bool store_recovery_thread_save(
	struct store *s, int64_t incident, const char *ts, const char *place, struct fail *why)
{
	return store_change(
		s, STMT_RECOVERY_THREAD_SAVE, ARGS(NUMBER(incident), TEXT(ts), TEXT(place)), why);
}

bool store_recovery_thread_done(struct store *s, int64_t incident, const char *ts, struct fail *why)
{
	return store_change(s, STMT_RECOVERY_THREAD_DONE, ARGS(NUMBER(incident), TEXT(ts)), why);
}

bool store_recovery_threads_drop(struct store *s, int64_t incident, struct fail *why)
{
	return store_change(s, STMT_RECOVERY_THREADS_DROP, ARGS(NUMBER(incident)), why);
}

static bool list_ts(struct store *s, struct arena *a, enum stmt which, const struct arg *args,
	int nargs, struct ts_list *out, struct fail *why)
{
	struct rows rows;
	const char **list;

	if (!db_run(s->db, which, args, nargs, &rows, why))
		return false;
	list = arena_zeroed(a, sizeof(*list) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		list[i] = row_text(&rows, i, "ts", a);
	*out = (struct ts_list){ list, rows.count };
	rows_done(&rows);
	return true;
}

bool store_recovery_said(struct store *s, struct arena *a, const struct recovery *r,
	const struct ts_span *span, struct ts_list *out, struct fail *why)
{
	return list_ts(s, a, STMT_RECOVERY_SAID,
		ARGS(NUMBER(r->incident), TEXT(r->channel), TEXT(span->low), TEXT(span->high),
			NUMBER(span->before_us), BOOL(span->unsure)),
		out, why);
}

bool store_recovery_replies(struct store *s, struct arena *a, const struct recovery *r,
	const char *thread, const struct ts_span *span, struct ts_list *out, struct fail *why)
{
	return list_ts(s, a, STMT_RECOVERY_REPLIES,
		ARGS(NUMBER(r->incident), TEXT(r->channel), TEXT(thread), TEXT(span->low),
			TEXT(span->high), NUMBER(span->before_us), BOOL(span->unsure)),
		out, why);
}

bool store_watch_begin(struct store *s, const char *process, int64_t before_ms, struct fail *why)
{
	return store_change(s, STMT_WATCH_BEGIN, ARGS(TEXT(process), NUMBER(before_ms)), why);
}

bool store_watch_seen(struct store *s, const char *process, bool *there, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_WATCH_SEEN, ARGS(TEXT(process)), &rows, why))
		return false;
	*there = rows.count == 1;
	rows_done(&rows);
	return true;
}

bool store_watch_end_all(struct store *s, const char *ended, int64_t less_ms, struct fail *why)
{
	return store_change(s, STMT_WATCH_END_ALL, ARGS(TEXT(ended), NUMBER(less_ms)), why);
}

bool store_watch_end(
	struct store *s, const char *process, const char *ended, int64_t less_ms, struct fail *why)
{
	return store_change(
		s, STMT_WATCH_END, ARGS(TEXT(process), TEXT(ended), NUMBER(less_ms)), why);
}

bool store_watch_last(struct store *s, int64_t *watching, int64_t *last_us, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_WATCH_LAST, ARGS(NUMBER(FRESH_MS)), &rows, why))
		return false;
	*watching = row_int(&rows, 0, "watching");
	*last_us = row_int(&rows, 0, "last");
	rows_done(&rows);
	return true;
}

bool store_holes(struct store *s, struct arena *a, int64_t from_us, int64_t to_us,
	struct hole **list, int *count, struct fail *why)
{
	struct rows rows;
	struct hole *h;

	if (!db_run(s->db, STMT_WATCH_HOLES, ARGS(NUMBER(from_us), NUMBER(to_us), NUMBER(FRESH_MS)),
		    &rows, why))
		return false;
	h = arena_zeroed(a, sizeof(*h) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		h[i] = (struct hole){
			.from_us = row_int(&rows, i, "from_at"),
			.to_us = row_int(&rows, i, "to_at"),
			.why = row_text(&rows, i, "why", a),
		};
	*list = h;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

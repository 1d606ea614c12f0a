#include "store_redact.h"

#include "private.h"

bool store_redact_find(struct store *s, struct arena *a, int64_t incident,
	const struct redact_which *w, struct redactable *out, bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_REDACT_FIND,
		    ARGS(NUMBER(incident), NUMBER(w->entry), TEXT(w->channel), TEXT(w->ts)), &rows,
		    why))
		return false;
	*found = rows.count == 1;
	if (*found)
		*out = (struct redactable){
			.id = row_int(&rows, 0, "id"),
			.said_at = row_int(&rows, 0, "said_at"),
			.redacted_at = row_int(&rows, 0, "redacted_at"),
			.kind = row_text(&rows, 0, "kind", a),
			.channel = row_text(&rows, 0, "channel", a),
			.ts = row_text(&rows, 0, "ts", a),
			.author = { row_text(&rows, 0, "author", a),
				row_text(&rows, 0, "author_name", a) },
		};
	rows_done(&rows);
	return true;
}

static bool one_text(struct store *s, struct arena *a, enum stmt which, const struct arg *args,
	int nargs, const char **ids, struct fail *why)
{
	struct rows rows;
	const char *found;

	if (!db_run(s->db, which, args, nargs, &rows, why))
		return false;
	found = row_text(&rows, 0, "ids", a);
	*ids = found != NULL ? found : "";
	rows_done(&rows);
	return true;
}

bool store_redact_kin(struct store *s, struct arena *a, int64_t incident, int64_t id,
	const char **entries, struct fail *why)
{
	return one_text(s, a, STMT_REDACT_KIN, ARGS(NUMBER(incident), NUMBER(id)), entries, why);
}

bool store_redact_same(struct store *s, struct arena *a, int64_t incident, const char *needles,
	const char **entries, struct fail *why)
{
	return one_text(
		s, a, STMT_REDACT_SAME, ARGS(NUMBER(incident), TEXT(needles)), entries, why);
}

static bool list_of(struct store *s, struct arena *a, enum stmt which, const struct arg *args,
	int nargs, struct redact_list *list, struct fail *why)
{
	struct rows rows;
	struct redact_line *found;

	if (!db_run(s->db, which, args, nargs, &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * ((size_t)rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = (struct redact_line){ row_int(&rows, i, "id"),
			row_text(&rows, i, "kind", a), row_text(&rows, i, "channel", a),
			row_text(&rows, i, "ts", a), row_text(&rows, i, "author", a),
			row_text(&rows, i, "text", a) };
	*list = (struct redact_list){ found, rows.count };
	rows_done(&rows);
	return true;
}

bool store_redact_meant(struct store *s, struct arena *a, int64_t incident,
	const struct redact_which *w, struct redact_list *list, struct fail *why)
{
	return list_of(s, a, STMT_REDACT_MEANT,
		ARGS(NUMBER(incident), NUMBER(w->entry), TEXT(w->channel), TEXT(w->ts)), list, why);
}

bool store_redact_lines(struct store *s, struct arena *a, enum redact_lines which, int64_t incident,
	const char *entries, struct redact_list *list, struct fail *why)
{
	static const enum stmt WHICH[] = {
		[REDACT_LINES] = STMT_REDACT_LINES,
		[REDACT_SAID] = STMT_REDACT_SAID,
		[REDACT_OTHERS] = STMT_REDACT_OTHERS,
		[REDACT_ACTIONS] = STMT_REDACT_ACTIONS,
		[REDACT_FRAMES] = STMT_REDACT_FRAMES,
	};

	s->changes += which == REDACT_ACTIONS;
	return list_of(s, a, WHICH[which], ARGS(NUMBER(incident), TEXT(entries)), list, why);
}

bool store_redact_stands(struct store *s, int64_t incident, const char *channel, const char *ts,
	bool *so, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_REDACT_STANDS, ARGS(NUMBER(incident), TEXT(channel), TEXT(ts)),
		    &rows, why))
		return false;
	*so = row_bool(&rows, 0, "so");
	rows_done(&rows);
	return true;
}

bool store_redact_was_last(struct store *s, int64_t incident, int64_t entry, const char *channel,
	const char *ts, bool *so, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_REDACT_WAS_LAST,
		    ARGS(NUMBER(incident), NUMBER(entry), TEXT(channel), TEXT(ts)), &rows, why))
		return false;
	*so = row_bool(&rows, 0, "so");
	rows_done(&rows);
	return true;
}

bool store_redact_line_put(
	struct store *s, int64_t incident, int64_t id, const char *text, struct fail *why)
{
	return store_change(
		s, STMT_REDACT_LINE_PUT, ARGS(NUMBER(incident), NUMBER(id), TEXT(text)), why);
}

bool store_redact_named(struct store *s, const char *channel, const char *name, struct fail *why)
{
	return store_change(s, STMT_REDACT_NAMED, ARGS(TEXT(channel), TEXT(name)), why);
}

bool store_redact_files(struct store *s, struct arena *a, int64_t incident, const char *entries,
	const char *const **list, struct fail *why)
{
	struct rows rows;
	const char **found;

	if (!db_run(s->db, STMT_REDACT_FILES, ARGS(NUMBER(incident), TEXT(entries)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * ((size_t)rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = row_text(&rows, i, "text", a);
	*list = found;
	rows_done(&rows);
	return true;
}

bool store_redact_close(struct store *s, int64_t incident, const char *entries,
	const struct redaction *r, struct fail *why)
{
	return store_change(s, STMT_REDACT_CLOSE,
		ARGS(NUMBER(incident), TEXT(entries), NUMBER(r->at), TEXT(r->by), TEXT(r->why)),
		why);
}

static bool counted(struct store *s, enum stmt which, const struct arg *args, int nargs,
	int64_t *changed, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, which, args, nargs, &rows, why))
		return false;
	*changed = row_int(&rows, 0, "changed");
	rows_done(&rows);
	return true;
}

bool store_redact_revisions(
	struct store *s, int64_t incident, const char *entries, int64_t *changed, struct fail *why)
{
	return counted(
		s, STMT_REDACT_REVISIONS, ARGS(NUMBER(incident), TEXT(entries)), changed, why);
}

bool store_redact_unlink_files(struct store *s, int64_t incident, int64_t entry, struct fail *why)
{
	return store_change(
		s, STMT_REDACT_UNLINK_FILES, ARGS(NUMBER(incident), NUMBER(entry)), why);
}

bool store_redact_made_of(struct store *s, struct arena *a, int64_t incident, int64_t entry,
	const char *instead, struct redact_list *was, struct fail *why)
{
	s->changes++;
	return list_of(s, a, STMT_REDACT_MADE_OF,
		ARGS(NUMBER(incident), NUMBER(entry), TEXT(instead)), was, why);
}

bool store_redact_close_files(
	struct store *s, int64_t incident, const char *entries, int64_t *changed, struct fail *why)
{
	return counted(
		s, STMT_REDACT_CLOSE_FILES, ARGS(NUMBER(incident), TEXT(entries)), changed, why);
}

bool store_redacted_in(struct store *s, struct arena *a, const char *json,
	const struct redacted **list, int *count, struct fail *why)
{
	struct rows rows;
	struct redacted *found;

	if (!db_run(s->db, STMT_REDACTED_IN, ARGS(TEXT(json)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * ((size_t)rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = (struct redacted){ row_text(&rows, i, "channel", a),
			row_text(&rows, i, "ts", a), row_text(&rows, i, "file", a) };
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

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

static bool words(struct store *s, struct arena *a, enum stmt which, int64_t incident,
	const char *entries, const char *const **list, struct fail *why)
{
	struct rows rows;
	const char **found;

	if (!db_run(s->db, which, ARGS(NUMBER(incident), TEXT(entries)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * ((size_t)rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = row_text(&rows, i, "text", a);
	*list = found;
	rows_done(&rows);
	return true;
}

bool store_redact_texts(struct store *s, struct arena *a, int64_t incident, const char *entries,
	const char *const **list, struct fail *why)
{
	return words(s, a, STMT_REDACT_TEXTS, incident, entries, list, why);
}

bool store_redact_files(struct store *s, struct arena *a, int64_t incident, const char *entries,
	const char *const **list, struct fail *why)
{
	return words(s, a, STMT_REDACT_FILES, incident, entries, list, why);
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

bool store_redact_made_of(
	struct store *s, int64_t incident, int64_t entry, const char *instead, struct fail *why)
{
	return store_change(
		s, STMT_REDACT_MADE_OF, ARGS(NUMBER(incident), NUMBER(entry), TEXT(instead)), why);
}

bool store_redact_close_files(
	struct store *s, int64_t incident, const char *entries, int64_t *changed, struct fail *why)
{
	return counted(
		s, STMT_REDACT_CLOSE_FILES, ARGS(NUMBER(incident), TEXT(entries)), changed, why);
}

bool store_redact_quotes(struct store *s, int64_t incident, const char *entries,
	const char *needles, int64_t *changed, struct fail *why)
{
	return counted(s, STMT_REDACT_QUOTES, ARGS(NUMBER(incident), TEXT(entries), TEXT(needles)),
		changed, why);
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

/* What each statement takes: the first of needles, incident, entries; then the key, columns and perhaps the incident. */
static const struct {
	enum stmt get, put;
	int takes, columns;
	bool by_incident;
} PLACES[SCRUB_PLACE_COUNT] = {
	[SCRUB_TOLD] = { STMT_SCRUB_TOLD, STMT_SCRUB_FRAME_PUT, 3, 3, false },
	[SCRUB_FRAMES] = { STMT_SCRUB_FRAMES, STMT_SCRUB_FRAME_PUT, 3, 3, false },
	[SCRUB_ALL_FRAMES] = { STMT_SCRUB_ALL_FRAMES, STMT_SCRUB_FRAME_PUT, 3, 3, false },
	[SCRUB_CALLS] = { STMT_SCRUB_CALLS, STMT_SCRUB_CALL_PUT, 1, 5, false },
	[SCRUB_ENTRIES] = { STMT_SCRUB_ENTRIES, STMT_SCRUB_ENTRY_PUT, 3, 3, true },
	[SCRUB_ACTIONS] = { STMT_SCRUB_ACTIONS, STMT_SCRUB_ACTION_PUT, 2, 1, true },
	[SCRUB_INCIDENT] = { STMT_SCRUB_INCIDENT, STMT_SCRUB_INCIDENT_PUT, 2, 4, false },
};

bool store_scrub_get(struct store *s, struct arena *a, enum scrub_place place,
	const struct scrub_where *where, struct scrub_row **rows, int *count, struct fail *why)
{
	static const char *const NAMES[SCRUB_COLUMNS] = { "a", "b", "c", "d", "e" };
	const struct arg args[] = { TEXT(where->needles), NUMBER(where->incident),
		TEXT(where->entries) };
	struct rows got;
	struct scrub_row *list;

	if (!db_run(s->db, PLACES[place].get, args, PLACES[place].takes, &got, why))
		return false;
	list = arena_zeroed(a, sizeof(*list) * ((size_t)got.count + 1));
	for (int i = 0; i < got.count; i++) {
		list[i].key = row_text(&got, i, "key", a);
		for (int c = 0; c < SCRUB_COLUMNS; c++)
			list[i].column[c] = row_text(&got, i, NAMES[c], a);
	}
	*rows = list;
	*count = got.count;
	rows_done(&got);
	return true;
}

bool store_scrub_put(struct store *s, enum scrub_place place, const struct scrub_where *where,
	const struct scrub_row *row, struct fail *why)
{
	struct arg args[SCRUB_COLUMNS + 2] = { TEXT(row->key) };
	int n = 1;

	for (int c = 0; c < PLACES[place].columns; c++)
		args[n++] = TEXT(row->column[c]);
	if (PLACES[place].by_incident)
		args[n++] = NUMBER(where->incident);
	return store_change(s, PLACES[place].put, args, n, why);
}

bool store_vacuum(struct store *s, struct fail *why)
{
	static const char *const TABLES[] = { "vacuum entry", "vacuum revision", "vacuum inbox",
		"vacuum outbox", "vacuum file", "vacuum action", "vacuum incident" };

	for (size_t i = 0; i < sizeof(TABLES) / sizeof(TABLES[0]); i++)
		if (!db_plain(s->db, TABLES[i], why))
			return false;
	return true;
}

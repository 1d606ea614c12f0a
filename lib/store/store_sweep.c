#include "store_sweep.h"

#include "private.h"

/* What each statement takes: the first of needles, incident, entries, after, upto; then the key, columns and perhaps the incident. */
static const struct {
	enum stmt get, put;
	int takes, columns;
	bool by_incident;
} PLACES[SCRUB_PLACE_COUNT] = {
	[SCRUB_TOLD] = { STMT_SCRUB_TOLD, STMT_SCRUB_FRAME_PUT, 3, 3, false },
	[SCRUB_FRAMES] = { STMT_SCRUB_FRAMES, STMT_SCRUB_FRAME_PUT, 5, 3, false },
	[SCRUB_CALLS] = { STMT_SCRUB_CALLS, STMT_SCRUB_CALL_PUT, 5, 5, false },
	[SCRUB_ENTRIES] = { STMT_SCRUB_ENTRIES, STMT_SCRUB_ENTRY_PUT, 5, 1, true },
	[SCRUB_REVISIONS] = { STMT_SCRUB_REVISIONS, STMT_SCRUB_REVISION_PUT, 5, 1, true },
};

bool store_scrub_get(struct store *s, struct arena *a, enum scrub_place place,
	const struct scrub_where *where, struct scrub_row **rows, int *count, struct fail *why)
{
	static const char *const NAMES[SCRUB_COLUMNS] = { "a", "b", "c", "d", "e" };
	const struct arg args[] = { TEXT(where->needles), NUMBER(where->incident),
		TEXT(where->entries), NUMBER(where->after), NUMBER(where->upto) };
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

bool store_sweep_add(struct store *s, const struct sweep *w, int64_t *id, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_SWEEP_ADD,
		    ARGS(NUMBER(w->incident), TEXT(w->entries), TEXT(w->texts), TEXT(w->names),
			    BOOL(w->shown), BOOL(w->renamed), TEXT(w->asked_by), TEXT(w->asked_in)),
		    &rows, why))
		return false;
	*id = row_int(&rows, 0, "id");
	rows_done(&rows);
	return true;
}

bool store_sweeps_waiting(struct store *s, bool *waiting, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_SWEEP_WAITING, NULL, 0, &rows, why))
		return false;
	*waiting = row_bool(&rows, 0, "waiting");
	rows_done(&rows);
	return true;
}

static struct sweep sweep_from(const struct rows *r, struct arena *a)
{
	return (struct sweep){
		.id = row_int(r, 0, "id"),
		.incident = row_int(r, 0, "incident"),
		.entries = row_text(r, 0, "entries", a),
		.texts = row_text(r, 0, "texts", a),
		.names = row_text(r, 0, "names", a),
		.shown = row_bool(r, 0, "shown"),
		.renamed = row_bool(r, 0, "renamed"),
		.asked_by = row_text(r, 0, "asked_by", a),
		.asked_in = row_text(r, 0, "asked_in", a),
		.begun = row_bool(r, 0, "begun"),
		.alone = row_bool(r, 0, "alone"),
		.measured = row_bool(r, 0, "measured"),
		.complete = row_bool(r, 0, "complete"),
		.entry_at = row_int(r, 0, "entry_at"),
		.entry_last = row_int(r, 0, "entry_last"),
		.copies = row_int(r, 0, "copies"),
		.frame_at = row_int(r, 0, "frame_at"),
		.frame_last = row_int(r, 0, "frame_last"),
		.call_at = row_int(r, 0, "call_at"),
		.call_last = row_int(r, 0, "call_last"),
		.frames = row_int(r, 0, "frames"),
		.calls = row_int(r, 0, "calls"),
	};
}

bool store_sweep_take(
	struct store *s, struct arena *a, struct sweep *out, bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_SWEEP_TAKE, NULL, 0, &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		*out = sweep_from(&rows, a);
	rows_done(&rows);
	return true;
}

bool store_sweep_get(
	struct store *s, struct arena *a, int64_t id, struct sweep *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_SWEEP_GET, ARGS(NUMBER(id)), &rows, why))
		return false;
	*out = sweep_from(&rows, a);
	rows_done(&rows);
	return true;
}

bool store_sweep_begin(struct store *s, int64_t id, struct fail *why)
{
	return store_change(s, STMT_SWEEP_BEGIN, ARGS(NUMBER(id)), why);
}

bool store_sweep_measure(struct store *s, int64_t id, struct fail *why)
{
	return store_change(s, STMT_SWEEP_MEASURE, ARGS(NUMBER(id)), why);
}

bool store_sweep_piece(struct store *s, enum scrub_place place, struct scrub_where *where,
	int64_t last, struct fail *why)
{
	static const enum stmt PIECES[SCRUB_PLACE_COUNT] = {
		[SCRUB_FRAMES] = STMT_SWEEP_FRAMES_PIECE,
		[SCRUB_CALLS] = STMT_SWEEP_CALLS_PIECE,
		[SCRUB_ENTRIES] = STMT_SWEEP_ENTRIES_PIECE,
	};
	struct rows rows;

	if (!db_run(s->db, PIECES[place],
		    ARGS(NUMBER(where->after), NUMBER(last), NUMBER(where->incident)), &rows, why))
		return false;
	where->upto = row_int(&rows, 0, "upto");
	rows_done(&rows);
	return true;
}

bool store_sweep_save(struct store *s, const struct sweep *w, struct fail *why)
{
	return store_change(s, STMT_SWEEP_SAVE,
		ARGS(NUMBER(w->id), NUMBER(w->entry_at), NUMBER(w->frame_at), NUMBER(w->call_at),
			NUMBER(w->copies), NUMBER(w->frames), NUMBER(w->calls)),
		why);
}

bool store_sweep_done(struct store *s, int64_t id, struct fail *why)
{
	return store_change(s, STMT_SWEEP_DONE, ARGS(NUMBER(id)), why);
}

bool store_sweep_pace(struct store *s, const char *needles, struct fail *why)
{
	return store_change(s, STMT_SWEEP_PACE, ARGS(TEXT(needles)), why);
}

bool store_vacuum(struct store *s, struct fail *why)
{
	static const char *const TABLES[] = { "vacuum entry", "vacuum revision", "vacuum inbox",
		"vacuum outbox", "vacuum file", "vacuum action", "vacuum incident", "vacuum named",
		"vacuum sweep" };

	for (size_t i = 0; i < sizeof(TABLES) / sizeof(TABLES[0]); i++)
		if (!db_plain(s->db, TABLES[i], why))
			return false;
	return true;
}

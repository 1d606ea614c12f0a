#include <stdlib.h>
#include <string.h>

#include "private.h"
#include "sight.h"

/* The timeline while it is read: the entries by id, so that what belongs to one finds it. */
struct timeline {
	struct arena *arena;
	struct entry *entries;
	struct sight *sights; /* of each entry, the one that its row has */
	struct entry **by_id;
	int count;
};

static struct entry entry_from_row(const struct rows *r, int i, struct arena *a)
{
	return (struct entry){
		.id = row_int(r, i, "id"),
		.kind = row_text(r, i, "kind", a),
		.said_at = row_int(r, i, "said_at"),
		.received_at = row_int(r, i, "received_at"),
		.recorded_at = row_int(r, i, "recorded_at"),
		.author = { row_text(r, i, "author", a), row_text(r, i, "author_name", a) },
		.put_by = row_text(r, i, "put_by", a),
		.text = row_text(r, i, "text", a),
		.channel = row_text(r, i, "channel", a),
		.ts = row_text(r, i, "ts", a),
		.thread_ts = row_text(r, i, "thread_ts", a),
		.subtype = row_text(r, i, "subtype", a),
		.provenance = row_text(r, i, "provenance", a),
		.edited_at = row_int(r, i, "edited_at"),
		.deleted_at = row_int(r, i, "deleted_at"),
		.edited = row_int(r, i, "edited_at") != 0,
		.deleted = row_int(r, i, "deleted_at") != 0,
		.key_moment = row_bool(r, i, "key_moment"),
		.broadcast = row_bool(r, i, "broadcast"),
		.unseen = row_bool(r, i, "unseen"),
	};
}

static int by_id(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;

	return (x->id > y->id) - (x->id < y->id);
}

static bool read_entries(struct store *s, int64_t incident, struct timeline *t, struct fail *why)
{
	struct rows rows;
	size_t room;

	if (!db_run(s->db, STMT_RECORD_ENTRIES, ARGS(NUMBER(incident)), &rows, why))
		return false;
	room = (size_t)rows.count + 1;
	t->entries = arena_zeroed(t->arena, sizeof(*t->entries) * room);
	t->sights = arena_zeroed(t->arena, sizeof(*t->sights) * room);
	t->by_id = arena_zeroed(t->arena, sizeof(struct entry *) * room);
	for (int i = 0; i < rows.count; i++) {
		t->entries[i] = entry_from_row(&rows, i, t->arena);
		t->sights[i] = (struct sight){
			.edition = row_int(&rows, i, "text_edition"),
			.moment = row_int(&rows, i, "text_moment"),
			.before = row_bool(&rows, i, "text_before"),
			.text = t->entries[i].text,
		};
		t->by_id[i] = &t->entries[i];
	}
	t->count = rows.count;
	qsort(t->by_id, (size_t)t->count, sizeof(struct entry *), by_id);
	rows_done(&rows);
	return true;
}

/* Rows that are in the order of their entry: those of one are [*from, *end). NULL: there is no more. */
static struct entry *next_entry(
	const struct timeline *t, const struct rows *rows, int *from, int *end)
{
	struct entry wanted = { 0 }, *key = &wanted, **found;

	*from = *end;
	if (*from >= rows->count)
		return NULL;
	wanted.id = row_int(rows, *from, "entry");
	while (*end < rows->count && row_int(rows, *end, "entry") == wanted.id)
		++*end;
	found = bsearch(&key, t->by_id, (size_t)t->count, sizeof(struct entry *), by_id);
	return found != NULL ? *found : next_entry(t, rows, from, end);
}

static void put_revisions(
	const struct timeline *t, const struct rows *rows, int from, int end, struct entry *e)
{
	int count = end - from;
	struct sight *sights = arena_zeroed(t->arena, sizeof(*sights) * (size_t)(count + 1));
	struct revision *texts = arena_zeroed(t->arena, sizeof(*texts) * (size_t)(count + 1));

	for (int i = 0; i < count; i++)
		sights[i] = (struct sight){
			.edition = row_int(rows, from + i, "edition"),
			.moment = row_int(rows, from + i, "moment"),
			.before = row_bool(rows, from + i, "before"),
			.text = row_text(rows, from + i, "text", t->arena),
		};
	sights[count] = t->sights[e - t->entries];
	e->revision_count = sights_collapse(sights, count + 1, e->said_at, texts);
	e->revisions = texts;
	e->edited = e->edited || e->revision_count > 0;
}

static void put_reactions(
	const struct timeline *t, const struct rows *rows, int from, int end, struct entry *e)
{
	struct entry_reaction *list =
		arena_zeroed(t->arena, sizeof(*list) * (size_t)(end - from + 1));

	for (int i = from; i < end; i++)
		list[i - from] = (struct entry_reaction){ row_text(rows, i, "name", t->arena),
			row_int(rows, i, "count") };
	e->reactions = list;
	e->reaction_count = end - from;
}

static void put_files(
	const struct timeline *t, const struct rows *rows, int from, int end, struct entry *e)
{
	struct entry_file *list = arena_zeroed(t->arena, sizeof(*list) * (size_t)(end - from + 1));

	for (int i = from; i < end; i++)
		list[i - from] = (struct entry_file){
			.id = row_text(rows, i, "id", t->arena),
			.name = row_text(rows, i, "name", t->arena),
			.permalink = row_text(rows, i, "permalink", t->arena),
			.gone = row_bool(rows, i, "gone"),
		};
	e->files = list;
	e->file_count = end - from;
}

typedef void put_rows(
	const struct timeline *, const struct rows *, int from, int end, struct entry *);

static bool read_for_each(struct store *s, int64_t incident, const struct timeline *t,
	enum stmt what, put_rows *put, struct fail *why)
{
	struct rows rows;
	struct entry *e;
	int from = 0, end = 0;

	if (!db_run(s->db, what, ARGS(NUMBER(incident)), &rows, why))
		return false;
	while ((e = next_entry(t, &rows, &from, &end)) != NULL)
		put(t, &rows, from, end, e);
	rows_done(&rows);
	return true;
}

bool timeline_read(
	struct store *s, struct arena *a, int64_t incident, struct record *out, struct fail *why)
{
	struct timeline t = { .arena = a };

	if (!read_entries(s, incident, &t, why) ||
		!read_for_each(s, incident, &t, STMT_RECORD_REVISIONS, put_revisions, why) ||
		!read_for_each(s, incident, &t, STMT_RECORD_REACTIONS, put_reactions, why) ||
		!read_for_each(s, incident, &t, STMT_RECORD_FILES, put_files, why))
		return false;
	out->timeline = t.entries;
	out->entries = t.count;
	return true;
}

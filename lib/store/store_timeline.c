#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "private.h"
#include "sight.h"

/* Some lines of the timeline while they are read: by id, so that what belongs to one finds it. */
struct page {
	struct arena *arena;
	int64_t incident;
	struct record_line *lines;
	struct sight *sights; /* of each line, the one that its row has */
	struct record_line **by_id;
	int count;
};

struct entry entry_from_row(const struct rows *r, int i, struct arena *a)
{
	return (struct entry){
		.id = row_int(r, i, "id"),
		.kind = row_text(r, i, "kind", a),
		.said_at = row_int(r, i, "said_us"),
		.received_at = row_int(r, i, "received_at"),
		.recorded_at = row_int(r, i, "recorded_at"),
		.author = { row_text(r, i, "author", a), row_text(r, i, "author_name", a) },
		.put_by = row_text(r, i, "put_by", a),
		.text = row_text(r, i, "text", a),
		.rich = row_text(r, i, "rich", a),
		.channel = row_text(r, i, "channel", a),
		.ts = row_text(r, i, "ts", a),
		.thread_ts = row_text(r, i, "thread_ts", a),
		.subtype = row_text(r, i, "subtype", a),
		.provenance = row_text(r, i, "provenance", a),
		.edited_at = row_int(r, i, "edited_at"),
		.deleted_at = row_int(r, i, "deleted_at"),
		.edited = row_int(r, i, "edited_at") != 0 || row_bool(r, i, "revised"),
		.deleted = row_int(r, i, "deleted_at") != 0,
		.redacted_at = row_int(r, i, "redacted_at"),
		.redacted_by = row_text(r, i, "redacted_by", a),
		.redacted_why = row_text(r, i, "redacted_why", a),
		.key_moment = row_bool(r, i, "key_moment"),
		.broadcast = row_bool(r, i, "broadcast"),
		.unseen = row_bool(r, i, "unseen"),
	};
}

static int by_id(const void *a, const void *b)
{
	const struct record_line *x = *(struct record_line *const *)a;
	const struct record_line *y = *(struct record_line *const *)b;

	return (x->entry.id > y->entry.id) - (x->entry.id < y->entry.id);
}

static bool read_lines(struct store *s, struct page *p, struct fail *why)
{
	struct rows rows;
	size_t room;

	if (!db_run(s->db, STMT_TIMELINE_NEXT, NULL, 0, &rows, why))
		return false;
	room = (size_t)rows.count + 1;
	p->lines = arena_zeroed(p->arena, sizeof(*p->lines) * room);
	p->sights = arena_zeroed(p->arena, sizeof(*p->sights) * room);
	p->by_id = arena_zeroed(p->arena, sizeof(struct record_line *) * room);
	for (int i = 0; i < rows.count; i++) {
		p->lines[i] = (struct record_line){
			.entry = entry_from_row(&rows, i, p->arena),
			.below = row_bool(&rows, i, "below"),
			.parent = row_int(&rows, i, "parent"),
			.parent_at = row_int(&rows, i, "parent_at"),
		};
		p->sights[i] = (struct sight){
			.edition = row_int(&rows, i, "text_edition"),
			.moment = row_int(&rows, i, "text_moment"),
			.before = row_bool(&rows, i, "text_before"),
			.text = p->lines[i].entry.text,
			.rich = p->lines[i].entry.rich,
		};
		p->by_id[i] = &p->lines[i];
	}
	p->count = rows.count;
	if (p->count > 0)
		p->incident = row_int(&rows, 0, "incident");
	qsort(p->by_id, (size_t)p->count, sizeof(struct record_line *), by_id);
	rows_done(&rows);
	return true;
}

/* Rows that are in the order of their entry: those of one are [*from, *end). NULL: there is no more. */
static struct record_line *next_line(
	const struct page *p, const struct rows *rows, int *from, int *end)
{
	struct record_line wanted = { 0 }, *key = &wanted, **found;

	*from = *end;
	if (*from >= rows->count)
		return NULL;
	wanted.entry.id = row_int(rows, *from, "entry");
	while (*end < rows->count && row_int(rows, *end, "entry") == wanted.entry.id)
		++*end;
	found = bsearch(&key, p->by_id, (size_t)p->count, sizeof(struct record_line *), by_id);
	return found != NULL ? *found : next_line(p, rows, from, end);
}

static void put_revisions(
	const struct page *p, const struct rows *rows, int from, int end, struct record_line *line)
{
	int count = end - from;
	struct entry *e = &line->entry;
	struct sight *sights = arena_zeroed(p->arena, sizeof(*sights) * (size_t)(count + 1));
	struct revision *texts = arena_zeroed(p->arena, sizeof(*texts) * (size_t)(count + 1));

	for (int i = 0; i < count; i++)
		sights[i] = (struct sight){
			.edition = row_int(rows, from + i, "edition"),
			.moment = row_int(rows, from + i, "moment"),
			.before = row_bool(rows, from + i, "before"),
			.text = row_text(rows, from + i, "text", p->arena),
			.rich = row_text(rows, from + i, "rich", p->arena),
		};
	sights[count] = p->sights[line - p->lines];
	e->revision_count = sights_collapse(sights, count + 1, e->said_at, texts);
	e->revisions = texts;
}

static void put_reactions(
	const struct page *p, const struct rows *rows, int from, int end, struct record_line *line)
{
	struct entry_reaction *list =
		arena_zeroed(p->arena, sizeof(*list) * (size_t)(end - from + 1));

	for (int i = from; i < end; i++)
		list[i - from] = (struct entry_reaction){ row_text(rows, i, "name", p->arena),
			row_int(rows, i, "count") };
	line->entry.reactions = list;
	line->entry.reaction_count = end - from;
}

static void put_files(
	const struct page *p, const struct rows *rows, int from, int end, struct record_line *line)
{
	struct entry_file *list = arena_zeroed(p->arena, sizeof(*list) * (size_t)(end - from + 1));

	for (int i = from; i < end; i++)
		list[i - from] = (struct entry_file){
			.id = row_text(rows, i, "id", p->arena),
			.name = row_text(rows, i, "name", p->arena),
			.permalink = row_text(rows, i, "permalink", p->arena),
			.gone = row_bool(rows, i, "gone"),
		};
	line->entry.files = list;
	line->entry.file_count = end - from;
}

typedef void put_rows(
	const struct page *, const struct rows *, int from, int end, struct record_line *);

static bool read_for_each(struct store *s, const struct page *p, const char *ids, enum stmt what,
	put_rows *put, struct fail *why)
{
	struct rows rows;
	struct record_line *line;
	int from = 0, end = 0;

	if (!db_run(s->db, what, ARGS(NUMBER(p->incident), TEXT(ids)), &rows, why))
		return false;
	while ((line = next_line(p, &rows, &from, &end)) != NULL)
		put(p, &rows, from, end, line);
	rows_done(&rows);
	return true;
}

static const char *ids_of(const struct page *p)
{
	struct buf ids = { 0 };
	const char *list;

	for (int i = 0; i < p->count; i++)
		buf_printf(&ids, "%s%" PRId64, i > 0 ? "," : "", p->lines[i].entry.id);
	list = arena_copy(p->arena, ids.text);
	buf_done(&ids);
	return list;
}

bool store_timeline_open(
	struct store *s, int64_t incident, const struct record_choice *choice, struct fail *why)
{
	return db_change(s->db, STMT_TIMELINE_OPEN,
		ARGS(NUMBER(incident), BOOL(choice->key_moments), NUMBER(choice->since_us)), why);
}

bool store_timeline_next(struct store *s, struct arena *a, const struct record_line **lines,
	int *count, struct fail *why)
{
	struct page p = { .arena = a };
	const char *ids;

	if (!read_lines(s, &p, why))
		return false;
	ids = ids_of(&p);
	if (p.count > 0 &&
		(!read_for_each(s, &p, ids, STMT_RECORD_REVISIONS, put_revisions, why) ||
			!read_for_each(s, &p, ids, STMT_RECORD_REACTIONS, put_reactions, why) ||
			!read_for_each(s, &p, ids, STMT_RECORD_FILES, put_files, why)))
		return false;
	*lines = p.lines;
	*count = p.count;
	return true;
}

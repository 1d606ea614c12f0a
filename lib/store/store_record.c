#include "store_record.h"

#include <stddef.h>

#include "private.h"
#include "store_action.h"
#include "store_recovery.h"

bool store_begin_reading(struct store *s, struct fail *why)
{
	return db_plain(s->db, "begin isolation level repeatable read, read only", why);
}

static bool read_incident(struct store *s, struct arena *a, int64_t id, struct record *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_RECORD_INCIDENT, ARGS(NUMBER(id)), &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found) {
		incident_from_row(&rows, 0, a, &out->incident);
		out->workspace_url = row_text(&rows, 0, "url", a);
	}
	rows_done(&rows);
	return true;
}

static bool read_people(struct store *s, struct arena *a, struct record *out, struct fail *why)
{
	struct rows rows;
	struct person *p;

	if (!db_run(s->db, STMT_RECORD_PEOPLE, NULL, 0, &rows, why))
		return false;
	p = arena_zeroed(a, sizeof(*p) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		p[i] = (struct person){ row_text(&rows, i, "id", a),
			row_text(&rows, i, "name", a) };
	out->people = p;
	out->people_count = rows.count;
	rows_done(&rows);
	return true;
}

static bool read_participants(
	struct store *s, struct arena *a, int64_t id, struct record *out, struct fail *why)
{
	struct rows rows;
	struct participant *p;

	if (!db_run(s->db, STMT_RECORD_PARTICIPANTS, ARGS(NUMBER(id)), &rows, why))
		return false;
	p = arena_zeroed(a, sizeof(*p) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		p[i] = (struct participant){ { row_text(&rows, i, "id", a),
						     row_text(&rows, i, "name", a) },
			row_int(&rows, i, "messages") };
	out->participants = p;
	out->participant_count = rows.count;
	rows_done(&rows);
	return true;
}

static bool read_updates(
	struct store *s, struct arena *a, int64_t id, struct record *out, struct fail *why)
{
	struct rows rows;
	struct entry *e;

	if (!db_run(s->db, STMT_RECORD_UPDATES, ARGS(NUMBER(id)), &rows, why))
		return false;
	e = arena_zeroed(a, sizeof(*e) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		e[i] = entry_from_row(&rows, i, a);
	out->updates = e;
	out->update_count = rows.count;
	rows_done(&rows);
	return true;
}

static bool read_counts(
	struct store *s, int64_t id, struct record *out, int64_t *last_us, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_RECORD_COUNTS, ARGS(NUMBER(id)), &rows, why))
		return false;
	out->earliest_us = row_int(&rows, 0, "earliest");
	*last_us = row_int(&rows, 0, "latest");
	out->coverage = (struct coverage){
		.messages = row_int(&rows, 0, "messages"),
		.replies = row_int(&rows, 0, "replies"),
		.edited = row_int(&rows, 0, "edited"),
		.deleted = row_int(&rows, 0, "deleted"),
		.redacted = row_int(&rows, 0, "redacted"),
		.files = row_int(&rows, 0, "files"),
		.reactions = row_int(&rows, 0, "reactions"),
		.key_moments = row_int(&rows, 0, "key_moments"),
		.recovered = row_int(&rows, 0, "recovered"),
		.recovered_edits = row_int(&rows, 0, "recovered_edits"),
		.recovered_deletions = row_int(&rows, 0, "recovered_deletions"),
		.recovered_reactions = row_int(&rows, 0, "recovered_reactions"),
		.unseen = row_int(&rows, 0, "unseen"),
		.failed_events = row_int(&rows, 0, "failed_events"),
		.refused_calls = row_int(&rows, 0, "refused_calls"),
	};
	rows_done(&rows);
	return true;
}

static bool read_threads(struct store *s, int64_t id, struct record *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_RECORD_THREADS, ARGS(NUMBER(id), NUMBER(RECORD_LATE_US)), &rows,
		    why))
		return false;
	out->late_replies = row_int(&rows, 0, "late");
	out->unplaced_replies = row_int(&rows, 0, "unplaced");
	rows_done(&rows);
	return true;
}

bool store_record(struct store *s, struct arena *a, int64_t id, int64_t now_us, struct record *out,
	bool *found, struct fail *why)
{
	struct record r = { 0 };
	struct span span = { .now_us = now_us };

	if (!read_incident(s, a, id, &r, found, why))
		return false;
	if (!*found)
		return true;
	if (!read_people(s, a, &r, why) || !read_participants(s, a, id, &r, why) ||
		!read_updates(s, a, id, &r, why) || !read_counts(s, id, &r, &span.last_us, why) ||
		!store_coverage(s, a, &r.incident, &span, &r.coverage, why) ||
		!read_threads(s, id, &r, why) ||
		!store_actions(s, a, id, &r.actions, &r.action_count, why))
		return false;
	r.lead = record_person(&r, r.incident.lead);
	r.reporter = record_person(&r, r.incident.reporter);
	*out = r;
	return true;
}

bool store_counts(struct store *s, int64_t incident, int *entries, int *actions, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_COUNTS, ARGS(NUMBER(incident)), &rows, why))
		return false;
	*entries = (int)row_int(&rows, 0, "entries");
	*actions = (int)row_int(&rows, 0, "actions");
	rows_done(&rows);
	return true;
}

bool store_moments(struct store *s, struct arena *a, int64_t incident, int most,
	struct moments *out, struct fail *why)
{
	struct rows rows;
	struct entry *e;

	if (!db_run(s->db, STMT_MOMENTS, ARGS(NUMBER(incident), NUMBER(most)), &rows, why))
		return false;
	e = arena_zeroed(a, sizeof(*e) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		e[i] = (struct entry){ .id = row_int(&rows, i, "id"),
			.kind = row_text(&rows, i, "kind", a),
			.said_at = row_int(&rows, i, "said_us"),
			.author = { row_text(&rows, i, "author", a), NULL },
			.text = row_text(&rows, i, "text", a) };
	*out = (struct moments){ e, rows.count,
		rows.count > 0 ? (int)row_int(&rows, 0, "count") : 0 };
	rows_done(&rows);
	return true;
}

bool store_zone(struct store *s, struct arena *a, const char *name, int64_t from_us,
	struct zone *out, bool *found, struct fail *why)
{
	struct rows rows;
	struct zone_change *changes;

	if (!db_run(s->db, STMT_ZONE, ARGS(TEXT(name), NUMBER(from_us)), &rows, why))
		return false;
	*found = rows.count > 0;
	changes = arena_zeroed(a, sizeof(*changes) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		changes[i] = (struct zone_change){ row_int(&rows, i, "at"),
			row_int(&rows, i, "offset_s") };
	if (*found)
		*out = (struct zone){ row_text(&rows, 0, "name", a), changes, rows.count };
	rows_done(&rows);
	return true;
}

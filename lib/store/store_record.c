#include <stddef.h>
#include <string.h>

#include "private.h"
#include "store_action.h"

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

static bool read_gaps(struct store *s, int64_t id, struct record *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_RECORD_GAPS, ARGS(NUMBER(id)), &rows, why))
		return false;
	out->refused_calls = row_int(&rows, 0, "refused");
	out->failed_events = row_int(&rows, 0, "failed");
	rows_done(&rows);
	return true;
}

static struct person find_person(const struct record *r, const char *id)
{
	for (int i = 0; id != NULL && i < r->people_count; i++)
		if (strcmp(r->people[i].id, id) == 0)
			return r->people[i];
	return (struct person){ id, NULL };
}

bool store_record(struct store *s, struct arena *a, int64_t id, struct record *out, bool *found,
	struct fail *why)
{
	struct record r = { 0 };

	if (!read_incident(s, a, id, &r, found, why))
		return false;
	if (!*found)
		return true;
	if (!timeline_read(s, a, id, &r, why) || !read_people(s, a, &r, why) ||
		!read_gaps(s, id, &r, why) ||
		!store_actions(s, a, id, &r.actions, &r.action_count, why))
		return false;
	r.lead = find_person(&r, r.incident.lead);
	r.reporter = find_person(&r, r.incident.reporter);
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

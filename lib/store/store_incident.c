#include <string.h>

#include "private.h"

/* Up to the sign, which is cut off; *rest is what follows it. Neither stands in what is kept. */
static const char *cut_at(char **rest, const char *sign)
{
	char *begin = *rest;
	size_t len = strcspn(begin, sign);

	*rest = begin + len + (begin[len] != '\0');
	begin[len] = '\0';
	return begin;
}

/* A line each: id, person and label with tabs between. */
static void roles_from_text(struct arena *a, const char *text, struct incident *out)
{
	char *rest = arena_copy(a, text != NULL ? text : "");
	struct role_given *list;
	int most = 1;

	for (const char *at = rest; *at != '\0'; at++)
		most += *at == '\n';
	list = arena_zeroed(a, sizeof(*list) * (size_t)most);
	while (*rest != '\0') {
		struct role_given *g = &list[out->role_count++];

		g->id = cut_at(&rest, "\t");
		g->person = cut_at(&rest, "\t");
		g->label = cut_at(&rest, "\n");
	}
	out->roles = list;
}

void incident_from_row(const struct rows *r, int row, struct arena *a, struct incident *out)
{
	*out = (struct incident){
		.id = row_int(r, row, "id"),
		.version = row_int(r, row, "version"),
		.title = row_text(r, row, "title", a),
		.status = { .id = row_text(r, row, "status", a),
			.label = row_text(r, row, "status_label", a) },
		.severity_id = row_text(r, row, "severity_id", a),
		.severity_label = row_text(r, row, "severity_label", a),
		.severity_emoji = row_text(r, row, "severity_emoji", a),
		.severity_meaning = row_text(r, row, "severity_meaning", a),
		.lead = row_text(r, row, "lead", a),
		.reporter = row_text(r, row, "reporter", a),
		.summary = row_text(r, row, "summary", a),
		.impact = row_text(r, row, "impact", a),
		.fixed_by = row_text(r, row, "fixed_by", a),
		.channel = row_text(r, row, "channel", a),
		.channel_name = row_text(r, row, "channel_name", a),
		.channel_closed = row_text(r, row, "channel_closed", a),
		.card_ts = row_text(r, row, "card_ts", a),
		.private = row_bool(r, row, "private"),
		.report_only = row_bool(r, row, "report_only"),
		.drill = row_bool(r, row, "drill"),
		.adopted = row_bool(r, row, "adopted"),
		.update_due_at = row_int(r, row, "update_due_at"),
		.duplicate_of = row_int(r, row, "duplicate_of"),
		.duplicate_at = row_int(r, row, "duplicate_at"),
		.duplicate_hidden = row_bool(r, row, "duplicate_hidden"),
		.duplicates = row_text(r, row, "duplicates", a),
		.started_at = row_int(r, row, "started_at"),
		.reported_at = row_int(r, row, "reported_at"),
		.lead_at = row_int(r, row, "lead_at"),
		.resolved_at = row_int(r, row, "resolved_at"),
		.cancelled_at = row_int(r, row, "cancelled_at"),
	};
	out->status.kind = out->resolved_at != 0 ? STATUS_RESOLVED
		: out->cancelled_at != 0         ? STATUS_CANCELLED
						 : STATUS_OPEN;
	roles_from_text(a, row_text(r, row, "roles", a), out);
}

static bool next_number(struct store *s, int64_t *number, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INCIDENT_NUMBER, NULL, 0, &rows, why))
		return false;
	*number = row_int(&rows, 0, "value");
	rows_done(&rows);
	return true;
}

bool store_incident_new(struct store *s, struct incident *i, int64_t now_us, struct fail *why)
{
	int64_t number;

	s->changes++;
	if (!next_number(s, &number, why))
		return false;
	i->id = number;
	i->version = 1;
	i->started_at = i->reported_at = now_us;
	return store_change(s, STMT_INCIDENT_NEW,
		ARGS(NUMBER(i->id), TEXT(i->title), TEXT(i->status.id), TEXT(i->severity_id),
			TEXT(i->severity_label), TEXT(i->severity_emoji), TEXT(i->severity_meaning),
			TEXT(i->reporter), TEXT(i->summary), TEXT(i->impact), BOOL(i->private),
			BOOL(i->report_only), NUMBER(now_us), NUMBER(i->resolved_at),
			TEXT(i->status.label), BOOL(i->drill), NUMBER(i->update_due_at),
			BOOL(i->adopted)),
		why);
}

static bool get_by(struct store *s, struct arena *a, enum stmt which, struct arg key,
	struct incident *out, bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, which, &key, 1, &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		incident_from_row(&rows, 0, a, out);
	rows_done(&rows);
	return true;
}

bool store_incident_get(struct store *s, struct arena *a, int64_t id, struct incident *out,
	bool *found, struct fail *why)
{
	return get_by(s, a, STMT_INCIDENT_GET, NUMBER(id), out, found, why);
}

bool store_incident_in_channel(struct store *s, struct arena *a, const char *channel,
	struct incident *out, bool *found, struct fail *why)
{
	return get_by(s, a, STMT_INCIDENT_IN_CHANNEL, TEXT(channel), out, found, why);
}

bool store_incident_of_channel(
	struct store *s, const char *channel, int64_t *incident, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_INCIDENT_OF_CHANNEL, ARGS(TEXT(channel)), &rows, why))
		return false;
	*incident = rows.count == 1 ? row_int(&rows, 0, "id") : 0;
	rows_done(&rows);
	return true;
}

bool store_incident_save(struct store *s, struct incident *i, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_INCIDENT_SAVE,
		    ARGS(NUMBER(i->id), TEXT(i->title), TEXT(i->status.id), TEXT(i->severity_id),
			    TEXT(i->severity_label), TEXT(i->severity_emoji),
			    TEXT(i->severity_meaning), TEXT(i->lead), TEXT(i->summary),
			    TEXT(i->impact), TEXT(i->fixed_by), TEXT(i->channel),
			    TEXT(i->channel_name), TEXT(i->card_ts), NUMBER(i->lead_at),
			    NUMBER(i->resolved_at), NUMBER(i->cancelled_at), NUMBER(i->started_at),
			    TEXT(i->status.label), NUMBER(i->duplicate_of), NUMBER(i->duplicate_at),
			    NUMBER(i->update_due_at)),
		    &rows, why))
		return false;
	i->version = row_int(&rows, 0, "version");
	rows_done(&rows);
	return true;
}

bool store_incidents_open(struct store *s, struct arena *a, const struct incident **list,
	int *count, struct fail *why)
{
	struct rows rows;
	struct incident *found;

	if (!db_run(s->db, STMT_INCIDENTS_OPEN, NULL, 0, &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		incident_from_row(&rows, i, a, &found[i]);
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_entry_add(struct store *s, int64_t incident, const struct entry *e, struct fail *why)
{
	return store_change(s, STMT_ENTRY_ADD,
		ARGS(NUMBER(incident), TEXT(e->kind), TEXT(e->ts), NUMBER(e->said_at),
			NUMBER(e->received_at), TEXT(e->author.id), TEXT(e->author.name),
			TEXT(e->put_by), TEXT(e->text), TEXT(e->channel), TEXT(e->thread_ts),
			TEXT(e->provenance), NUMBER(e->made_of)),
		why);
}

bool store_entry_last(struct store *s, struct arena *a, int64_t incident, const char *kind,
	const char **text, const char **author, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_ENTRY_LAST, ARGS(NUMBER(incident), TEXT(kind)), &rows, why))
		return false;
	*text = rows.count == 1 ? row_text(&rows, 0, "text", a) : NULL;
	if (author != NULL)
		*author = rows.count == 1 ? row_text(&rows, 0, "author", a) : NULL;
	rows_done(&rows);
	return true;
}

#include "private.h"

bool store_life_add(struct store *s, int64_t incident, const struct happening *h,
	const struct teller *by, struct fail *why)
{
	return store_change(s, STMT_LIFE_ADD,
		ARGS(NUMBER(incident), TEXT(h->channel), TEXT(h->kind), TEXT(h->who), NUMBER(h->at),
			NUMBER(by->received_at), TEXT(by->provenance), TEXT(by->source)),
		why);
}

bool store_life_said(struct store *s, int64_t incident, int64_t entry, struct fail *why)
{
	return store_change(s, STMT_LIFE_SAID, ARGS(NUMBER(incident), NUMBER(entry)), why);
}

bool store_channel_renamed(
	struct store *s, int64_t incident, const char *name, int64_t at_us, struct fail *why)
{
	return store_change(
		s, STMT_CHANNEL_RENAMED, ARGS(NUMBER(incident), TEXT(name), NUMBER(at_us)), why);
}

bool store_channel_moved(struct store *s, int64_t incident, const char *channel, struct fail *why)
{
	return store_change(s, STMT_CHANNEL_WAS, ARGS(NUMBER(incident), TEXT(channel)), why) &&
		store_change(s, STMT_CHANNEL_MOVED_ENTRIES, ARGS(NUMBER(incident), TEXT(channel)),
			why) &&
		store_change(s, STMT_CHANNEL_MOVED, ARGS(NUMBER(incident), TEXT(channel)), why);
}

bool store_channel_now(
	struct store *s, struct arena *a, const char *channel, const char **now, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_CHANNEL_NOW, ARGS(TEXT(channel)), &rows, why))
		return false;
	*now = rows.count == 1 ? row_text(&rows, 0, "channel", a) : channel;
	rows_done(&rows);
	return true;
}

bool store_channel_private(struct store *s, int64_t incident, bool *is_new, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_CHANNEL_PRIVATE, ARGS(NUMBER(incident)), &rows, why))
		return false;
	*is_new = rows.count == 1;
	rows_done(&rows);
	return true;
}

bool store_channel_closed(struct store *s, int64_t incident, const char *how, int64_t at_us,
	bool *changed, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_CHANNEL_CLOSED, ARGS(NUMBER(incident), TEXT(how), NUMBER(at_us)),
		    &rows, why))
		return false;
	*changed = rows.count == 1 && row_bool(&rows, 0, "changed");
	rows_done(&rows);
	return true;
}

bool store_problem_known(
	struct store *s, int64_t incident, const char *text, bool *known, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_PROBLEM_KNOWN, ARGS(NUMBER(incident), TEXT(text)), &rows, why))
		return false;
	*known = row_bool(&rows, 0, "known");
	rows_done(&rows);
	return true;
}

bool store_action_of(struct store *s, struct arena *a, int64_t incident, int64_t entry,
	const char *marks, struct action_made *out, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_ACTION_OF, ARGS(NUMBER(incident), NUMBER(entry), TEXT(marks)),
		    &rows, why))
		return false;
	*out = (struct action_made){ 0 };
	if (rows.count == 1) {
		out->id = row_int(&rows, 0, "id");
		out->text = row_text(&rows, 0, "text", a);
		out->by = row_text(&rows, 0, "author", a);
		out->said_by = row_text(&rows, 0, "said_by", a);
	}
	rows_done(&rows);
	return true;
}

bool store_update_of(struct store *s, struct arena *a, int64_t incident, int64_t entry,
	const char *marks, struct update_made *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_UPDATE_OF, ARGS(NUMBER(incident), NUMBER(entry), TEXT(marks)),
		    &rows, why))
		return false;
	*out = (struct update_made){ 0 };
	if (rows.count == 1)
		*out = (struct update_made){ row_text(&rows, 0, "text", a),
			row_text(&rows, 0, "by", a), row_text(&rows, 0, "said_by", a) };
	rows_done(&rows);
	return true;
}

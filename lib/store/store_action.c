#include "store_action.h"

#include "private.h"

bool store_action_add(struct store *s, int64_t incident, const struct action *new, int64_t now_us,
	int64_t *id, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_ACTION_ADD,
		    ARGS(NUMBER(incident), TEXT(new->text), TEXT(new->author.id),
			    TEXT(new->assignee.id), NUMBER(now_us), NUMBER(new->due_at),
			    TEXT(new->text_by), NUMBER(new->source)),
		    &rows, why))
		return false;
	*id = row_int(&rows, 0, "id");
	rows_done(&rows);
	return true;
}

static struct action action_from_row(struct rows *rows, int i, struct arena *a)
{
	return (struct action){
		.id = row_int(rows, i, "id"),
		.version = row_int(rows, i, "version"),
		.source = row_int(rows, i, "source"),
		.text_by = row_text(rows, i, "text_by", a),
		.text = row_text(rows, i, "text", a),
		.author = { row_text(rows, i, "author", a), row_text(rows, i, "author_name", a) },
		.assignee = { row_text(rows, i, "assignee", a),
			row_text(rows, i, "assignee_name", a) },
		.due_at = row_int(rows, i, "due_at"),
		.done = row_bool(rows, i, "done"),
		.dropped = row_bool(rows, i, "dropped"),
	};
}

bool store_actions_of(struct store *s, struct arena *a, const char *person,
	const struct action_of **list, int *count, struct fail *why)
{
	struct rows rows;
	struct action_of *found;

	if (!db_run(s->db, STMT_ACTIONS_OF, ARGS(TEXT(person)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = (struct action_of){
			.about = { .id = row_int(&rows, i, "incident"),
				.title = row_text(&rows, i, "title", a),
				.private = row_bool(&rows, i, "private"),
				.lead = row_text(&rows, i, "lead", a),
				.reporter = row_text(&rows, i, "reporter", a),
				.channel = row_text(&rows, i, "channel", a) },
			.action = action_from_row(&rows, i, a),
		};
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_actions(struct store *s, struct arena *a, int64_t incident, const struct action **list,
	int *count, struct fail *why)
{
	struct rows rows;
	struct action *found;

	if (!db_run(s->db, STMT_ACTIONS, ARGS(NUMBER(incident)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = action_from_row(&rows, i, a);
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_action_save(
	struct store *s, int64_t incident, const struct action *one, struct fail *why)
{
	return store_change(s, STMT_ACTION_SAVE,
		ARGS(NUMBER(incident), NUMBER(one->id), TEXT(one->assignee.id), BOOL(one->done),
			BOOL(one->dropped), TEXT(one->text), TEXT(one->text_by),
			NUMBER(one->due_at)),
		why);
}

bool store_action_follow(struct store *s, struct arena *a, int64_t incident, int64_t entry,
	struct action_followed *out, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_ACTION_FOLLOW, ARGS(NUMBER(incident), NUMBER(entry)), &rows, why))
		return false;
	*out = (struct action_followed){ 0 };
	if (rows.count == 1) {
		s->changes++;
		out->id = row_int(&rows, 0, "id");
		out->text = row_text(&rows, 0, "text", a);
		out->text_before = row_text(&rows, 0, "text_before", a);
	}
	rows_done(&rows);
	return true;
}

#include "private.h"
#include "store_named.h"

bool store_person_meet(struct store *s, const char *id, bool *is_new, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_PERSON_MEET, ARGS(TEXT(id)), &rows, why))
		return false;
	*is_new = rows.count == 1;
	rows_done(&rows);
	return true;
}

bool store_person_put(struct store *s, const struct person_facts *p, struct fail *why)
{
	return store_change(s, STMT_PERSON_PUT,
		       ARGS(TEXT(p->id), TEXT(p->name), BOOL(p->is_bot), BOOL(p->deleted),
			       BOOL(p->restricted), TEXT(p->team), BOOL(p->stranger),
			       TEXT(p->enterprise)),
		       why) &&
		(p->name == NULL ||
			store_change(s, STMT_PERSON_NAME_ENTRIES, ARGS(TEXT(p->id), TEXT(p->name)),
				why));
}

bool store_name(
	struct store *s, struct arena *a, const char *id, const char **name, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_NAME, ARGS(TEXT(id)), &rows, why))
		return false;
	*name = rows.count == 1 ? row_text(&rows, 0, "name", a) : NULL;
	rows_done(&rows);
	return true;
}

bool store_person_facts(struct store *s, struct arena *a, const char *id, struct person_known *out,
	bool *found, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_PERSON_FACTS, ARGS(TEXT(id)), &rows, why))
		return false;
	*found = rows.count == 1;
	if (*found)
		*out = (struct person_known){
			.id = row_text(&rows, 0, "id", a),
			.name = row_text(&rows, 0, "name", a),
			.is_bot = row_bool(&rows, 0, "is_bot"),
			.deleted = row_bool(&rows, 0, "deleted"),
			.placed = row_bool(&rows, 0, "placed"),
			.member = row_bool(&rows, 0, "member"),
		};
	rows_done(&rows);
	return true;
}

bool store_named_meet(struct store *s, const char *id, bool *is_new, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_NAMED_MEET, ARGS(TEXT(id)), &rows, why))
		return false;
	*is_new = rows.count == 1;
	rows_done(&rows);
	return true;
}

bool store_named_put(struct store *s, const char *id, const char *name, struct fail *why)
{
	return store_change(s, STMT_NAMED_PUT, ARGS(TEXT(id), TEXT(name)), why);
}

bool store_named_emoji(struct store *s, const char *names, const char *shown, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_NAMED_EMOJI, ARGS(TEXT(names), TEXT(shown)), &rows, why))
		return false;
	s->changes += row_int(&rows, 0, "changed") > 0;
	rows_done(&rows);
	return true;
}

bool store_named_renamed(
	struct store *s, const char *id, const char *name, int64_t at_us, struct fail *why)
{
	return store_change(s, STMT_NAMED_RENAMED, ARGS(TEXT(id), TEXT(name), NUMBER(at_us)), why);
}

bool store_workspace_us(
	struct store *s, struct arena *a, const char **self, const char **bot, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_WORKSPACE_US, NULL, 0, &rows, why))
		return false;
	*self = rows.count == 1 ? row_text(&rows, 0, "self", a) : NULL;
	*bot = rows.count == 1 ? row_text(&rows, 0, "bot", a) : NULL;
	rows_done(&rows);
	return true;
}

bool store_workspace_put(struct store *s, const struct workspace *w, struct fail *why)
{
	return store_change(s, STMT_WORKSPACE_PUT,
		ARGS(TEXT(w->team), TEXT(w->url), TEXT(w->self), TEXT(w->bot), TEXT(w->enterprise)),
		why);
}

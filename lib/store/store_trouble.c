#include "store_trouble.h"

#include "private.h"

bool store_trouble_put(
	struct store *s, const char *daemon, const char *what, const char *error, struct fail *why)
{
	return store_change(s, STMT_TROUBLE_PUT, ARGS(TEXT(daemon), TEXT(what), TEXT(error)), why);
}

bool store_trouble_end(struct store *s, const char *daemon, const char *what, struct fail *why)
{
	return store_change(s, STMT_TROUBLE_END, ARGS(TEXT(daemon), TEXT(what)), why);
}

bool store_trouble_forget(struct store *s, struct fail *why)
{
	return store_change(s, STMT_TROUBLE_FORGET, NULL, 0, why);
}

static void list_from(struct rows *rows, struct arena *a, const struct trouble **list, int *count)
{
	struct trouble *found = arena_zeroed(a, sizeof(*found) * (size_t)(rows->count + 1));

	for (int i = 0; i < rows->count; i++)
		found[i] = (struct trouble){
			.what = row_text(rows, i, "what", a),
			.error = row_text(rows, i, "error", a),
			.since_us = row_int(rows, i, "since"),
		};
	*list = found;
	*count = rows->count;
	rows_done(rows);
}

bool store_troubles_of(struct store *s, struct arena *a, const char *daemon, const char *channels,
	const struct trouble **list, int *count, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_TROUBLES_OF, ARGS(TEXT(daemon), TEXT(channels)), &rows, why))
		return false;
	list_from(&rows, a, list, count);
	return true;
}

bool store_troubles(
	struct store *s, struct arena *a, const struct trouble **list, int *count, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_TROUBLES, NULL, 0, &rows, why))
		return false;
	list_from(&rows, a, list, count);
	return true;
}

#include "store_trouble.h"

#include "private.h"

bool store_trouble_put(struct store *s, const char *what, const char *error, struct fail *why)
{
	return store_change(s, STMT_TROUBLE_PUT, ARGS(TEXT(what), TEXT(error)), why);
}

bool store_trouble_end(struct store *s, const char *what, struct fail *why)
{
	return store_change(s, STMT_TROUBLE_END, ARGS(TEXT(what)), why);
}

bool store_trouble_forget(struct store *s, const char *channels, struct fail *why)
{
	return store_change(s, STMT_TROUBLE_FORGET, ARGS(TEXT(channels)), why);
}

bool store_troubles(
	struct store *s, struct arena *a, const struct trouble **list, int *count, struct fail *why)
{
	struct rows rows;
	struct trouble *found;

	if (!db_run(s->db, STMT_TROUBLES, NULL, 0, &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = (struct trouble){
			.what = row_text(&rows, i, "what", a),
			.error = row_text(&rows, i, "error", a),
			.since_us = row_int(&rows, i, "since"),
		};
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

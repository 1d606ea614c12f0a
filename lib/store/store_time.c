#include "store_time.h"

#include "private.h"

bool store_now(struct store *s, int64_t *us, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_NOW, NULL, 0, &rows, why))
		return false;
	*us = row_int(&rows, 0, "us");
	rows_done(&rows);
	return true;
}

bool store_time_read(
	struct store *s, const char *local, const char *zone, int64_t *us, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_TIME_READ, ARGS(TEXT(local), TEXT(zone)), &rows, why))
		return false;
	*us = row_int(&rows, 0, "us");
	rows_done(&rows);
	return true;
}

bool store_time_show(struct store *s, struct arena *a, int64_t us, const char *zone,
	const char **local, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_TIME_SHOW, ARGS(NUMBER(us), TEXT(zone)), &rows, why))
		return false;
	*local = row_text(&rows, 0, "shown", a);
	rows_done(&rows);
	return true;
}

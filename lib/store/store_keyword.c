#include "store_keyword.h"

#include "private.h"

bool store_keyword_said(struct store *s, int64_t incident, const char *rule, int64_t now_us,
	int64_t cool_down_us, bool *may, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_KEYWORD_SAID,
		    ARGS(NUMBER(incident), TEXT(rule), NUMBER(now_us),
			    NUMBER(now_us - cool_down_us)),
		    &rows, why))
		return false;
	*may = rows.count == 1;
	rows_done(&rows);
	return true;
}

#include "store_headline.h"

#include "private.h"

/* A row that can only be put once. */
static bool put_once(struct store *s, enum stmt which, int64_t incident, const char *word,
	bool *is_new, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, which, ARGS(NUMBER(incident), TEXT(word)), &rows, why))
		return false;
	*is_new = rows.count == 1;
	rows_done(&rows);
	return true;
}

bool store_headline_want(
	struct store *s, int64_t incident, const char *channel, bool *is_new, struct fail *why)
{
	return put_once(s, STMT_HEADLINE_WANT, incident, channel, is_new, why);
}

bool store_headline_posted(
	struct store *s, int64_t incident, const struct headline *h, struct fail *why)
{
	return store_change(s, STMT_HEADLINE_POSTED,
		ARGS(NUMBER(incident), TEXT(h->channel), TEXT(h->ts)), why);
}

bool store_headline_refused(
	struct store *s, int64_t incident, const char *channel, struct fail *why)
{
	return store_change(s, STMT_HEADLINE_REFUSED, ARGS(NUMBER(incident), TEXT(channel)), why);
}

bool store_headlines(struct store *s, struct arena *a, int64_t incident,
	const struct headline **list, int *count, struct fail *why)
{
	struct rows rows;
	struct headline *found;

	if (!db_run(s->db, STMT_HEADLINES, ARGS(NUMBER(incident)), &rows, why))
		return false;
	found = arena_zeroed(a, sizeof(*found) * (size_t)(rows.count + 1));
	for (int i = 0; i < rows.count; i++)
		found[i] = (struct headline){ row_text(&rows, i, "channel", a),
			row_text(&rows, i, "ts", a) };
	*list = found;
	*count = rows.count;
	rows_done(&rows);
	return true;
}

bool store_headlines_hush(struct store *s, int64_t incident, struct fail *why)
{
	return store_change(s, STMT_HEADLINES_HUSH, ARGS(NUMBER(incident)), why);
}

bool store_headlines_wanted(struct store *s, int64_t incident, bool *wanted, struct fail *why)
{
	struct rows rows;

	if (!db_run(s->db, STMT_HEADLINES_WANTED, ARGS(NUMBER(incident)), &rows, why))
		return false;
	*wanted = row_bool(&rows, 0, "wanted");
	rows_done(&rows);
	return true;
}

bool store_invited(
	struct store *s, int64_t incident, const char *who, bool *is_new, struct fail *why)
{
	return put_once(s, STMT_INVITED, incident, who, is_new, why);
}

bool store_invite_refused(struct store *s, int64_t incident, const char *who, const char *error,
	bool *is_new, struct fail *why)
{
	struct rows rows;

	s->changes++;
	if (!db_run(s->db, STMT_INVITE_REFUSED, ARGS(NUMBER(incident), TEXT(who), TEXT(error)),
		    &rows, why))
		return false;
	*is_new = rows.count == 1;
	rows_done(&rows);
	return true;
}

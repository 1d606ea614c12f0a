#include "incident_record.h"

#include <stdlib.h>
#include <string.h>

bool entry_is_message(const struct entry *e)
{
	return strcmp(e->kind, "message") == 0;
}

bool entry_is_reply(const struct entry *e)
{
	return e->thread_ts != NULL && (e->ts == NULL || strcmp(e->thread_ts, e->ts) != 0);
}

bool record_line_is_late(const struct record_line *l)
{
	return l->parent != 0 && l->entry.said_at - l->parent_at > RECORD_LATE_US;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct person *)a)->id, ((const struct person *)b)->id);
}

struct person record_person(const struct record *r, const char *id)
{
	const struct person wanted = { .id = id };
	const struct person *known = NULL;

	if (id != NULL && r->people_count > 0)
		known = bsearch(
			&wanted, r->people, (size_t)r->people_count, sizeof(*r->people), by_id);
	return known != NULL ? *known : wanted;
}

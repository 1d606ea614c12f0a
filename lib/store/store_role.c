#include "store_role.h"

#include "private.h"

bool store_role_give(
	struct store *s, int64_t incident, const struct role_given *g, struct fail *why)
{
	return store_change(s, STMT_ROLE_GIVE,
		ARGS(NUMBER(incident), TEXT(g->id), TEXT(g->label), TEXT(g->person)), why);
}

bool store_role_take(struct store *s, int64_t incident, const char *role, struct fail *why)
{
	return store_change(s, STMT_ROLE_TAKE, ARGS(NUMBER(incident), TEXT(role)), why);
}

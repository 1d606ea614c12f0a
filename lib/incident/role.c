#include "role.h"

#include <stddef.h>

#include "status.h"

const struct role *roles_find(const struct roles *r, const char *word)
{
	for (int i = 0; i < r->count; i++)
		if (is_called(r->list[i].id, r->list[i].label, r->list[i].aliases, word))
			return &r->list[i];
	return NULL;
}

void roles_try(const struct roles *r, struct nearest *near)
{
	for (int i = 0; i < r->count; i++) {
		const char *const *alias = r->list[i].aliases;

		nearest_try(near, r->list[i].id);
		nearest_try(near, r->list[i].label);
		for (; alias != NULL && *alias != NULL; alias++)
			nearest_try(near, *alias);
	}
}

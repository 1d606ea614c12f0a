#include <stddef.h>
#include <strings.h>

#include "incident.h"

static bool is_called(const struct level *l, const char *word)
{
	if (strcasecmp(l->id, word) == 0 || strcasecmp(l->label, word) == 0)
		return true;
	if (l->aliases == NULL)
		return false;
	for (const char *const *alias = l->aliases; *alias != NULL; alias++)
		if (strcasecmp(*alias, word) == 0)
			return true;
	return false;
}

const struct level *levels_find(const struct levels *levels, const char *word)
{
	for (int i = 0; i < levels->count; i++)
		if (is_called(&levels->list[i], word))
			return &levels->list[i];
	return levels_of(levels, word);
}

/* An id that is in use again means the level that has it now. */
const struct level *levels_of(const struct levels *levels, const char *id)
{
	for (int i = 0; i < levels->count; i++)
		if (strcasecmp(levels->list[i].id, id) == 0)
			return &levels->list[i];
	for (int i = 0; i < levels->count; i++) {
		const char *had = levels->list[i].renamed_from;

		if (had != NULL && strcasecmp(had, id) == 0)
			return &levels->list[i];
	}
	return NULL;
}

const struct level *levels_default(const struct levels *levels)
{
	for (int i = 0; i < levels->count; i++)
		if (levels->list[i].is_default)
			return &levels->list[i];
	return NULL;
}

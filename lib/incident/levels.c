#include <stddef.h>
#include <strings.h>

#include "incident.h"

const struct level *levels_find(const struct levels *levels, const char *word)
{
	for (int i = 0; i < levels->count; i++)
		if (is_called(levels->list[i].id, levels->list[i].label, levels->list[i].aliases,
			    word))
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

#include "label.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char NONE[] = "-";

static const char *word(const char *ts)
{
	return ts != NULL && *ts != '\0' ? ts : NONE;
}

const char *label_write(struct arena *a, const struct label *l)
{
	return arena_printf(a, "%" PRId64 " %" PRId64 " %" PRId64 " %s %s %s %s%s", l->began_at,
		l->asked_at, l->said_us, word(l->oldest), word(l->newest), word(l->place),
		word(l->thread), l->limit != 0 ? arena_printf(a, " %" PRId64 " ", l->limit) : "");
}

static bool take_number(const char **rest, int64_t *out)
{
	char *end;

	*out = strtoll(*rest, &end, 10);
	if (end == *rest || *end != ' ')
		return false;
	*rest = end + 1;
	return true;
}

static bool take_word(struct arena *a, const char **rest, const char **out)
{
	size_t len = strcspn(*rest, " ");

	if (len == 0)
		return false;
	*out = strncmp(*rest, NONE, len) == 0 ? NULL : arena_printf(a, "%.*s", (int)len, *rest);
	*rest += len + ((*rest)[len] == ' ');
	return true;
}

bool label_read(struct arena *a, const char *text, struct label *out)
{
	struct label l = { 0 };

	if (text == NULL || !take_number(&text, &l.began_at) || !take_number(&text, &l.asked_at) ||
		!take_number(&text, &l.said_us) || !take_word(a, &text, &l.oldest) ||
		!take_word(a, &text, &l.newest) || !take_word(a, &text, &l.place) ||
		!take_word(a, &text, &l.thread) ||
		(*text != '\0' && !take_number(&text, &l.limit)) || *text != '\0')
		return false;
	*out = l;
	return true;
}

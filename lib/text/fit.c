#include <string.h>

#include "text.h"
#include "token.h"

/* What must not be cut in two: a character, an entity, a <mention>. units: as Slack counts, in UTF-16. */
static size_t whole_at(const char *at, const char *end, size_t *units)
{
	const unsigned char *p = (const unsigned char *)at;
	size_t len = *p >= 0xf0 ? 4 : *p >= 0xe0 ? 3 : *p >= 0xc0 ? 2 : 1;
	struct token token;
	char meant;

	if (token_read(at, end, &token))
		return *units = token.len;
	*units = entity_at(at, end, &meant);
	if (*units > 0)
		return *units;
	*units = len == 4 ? 2 : 1;
	return len < (size_t)(end - at) ? len : (size_t)(end - at);
}

size_t text_fit(const char *mrkdwn, size_t most)
{
	const char *at = mrkdwn, *end = mrkdwn + strlen(mrkdwn);
	size_t units;

	while (at < end) {
		size_t len = whole_at(at, end, &units);

		if (units > most)
			break;
		most -= units;
		at += len;
	}
	return (size_t)(at - mrkdwn);
}

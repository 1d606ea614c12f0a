#include "typed.h"

#include <stdbool.h>
#include <string.h>

/* clang-format off */
static const struct { const char *typed; char meant; } TYPED[] = {
	{ "\u201c", '"' },  { "\u201d", '"' },  { "\u201e", '"' },  { "\u201f", '"' },
	{ "\u2018", '\'' }, { "\u2019", '\'' }, { "\u201a", '\'' }, { "\u201b", '\'' },
	{ "\u00a0", ' ' },  { "\u202f", ' ' },
};
/* clang-format on */

/* The byte that the character at this place means, and how many bytes it takes. */
static char meaning(const char *at, size_t *len)
{
	for (size_t i = 0; i < sizeof(TYPED) / sizeof(TYPED[0]); i++) {
		*len = strlen(TYPED[i].typed);
		if (strncmp(at, TYPED[i].typed, *len) == 0)
			return TYPED[i].meant;
	}
	*len = 1;
	return *at;
}

const char *typed_meant(struct arena *a, const char *text)
{
	char *meant = arena_copy(a, text), *to = meant;
	size_t len;

	for (; *text != '\0'; text += len)
		*to++ = meaning(text, &len);
	*to = '\0';
	return meant;
}

size_t typed_len(const char *text, size_t meant)
{
	size_t all = 0, len;

	for (; meant > 0 && text[all] != '\0'; meant--) {
		(void)meaning(text + all, &len); /* its length is wanted */
		all += len;
	}
	return all;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

size_t typed_blanks(const char *text)
{
	size_t all = 0, len;

	while (is_blank(meaning(text + all, &len)))
		all += len;
	return all;
}

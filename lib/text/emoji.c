#include "emoji.h"

#include <stdlib.h>
#include <string.h>

#include "clean.h"
#include "text.h"

static const char TONE[] = "::skin-tone-";
enum { TONE_LEN = sizeof(TONE) - 1, LONGEST_NAME = 100 };

struct sought {
	const char *name;
	size_t len;
};

static int by_name(const void *key, const void *row)
{
	const struct sought *s = key;
	const char *name = ((const struct emoji *)row)->name;
	int order = strncmp(s->name, name, s->len);

	return order != 0 ? order : name[s->len] == '\0' ? 0 : -1;
}

/* The tones are called 2 to 6; their characters are U+1F3FB to U+1F3FF. 0: no tone at the end of this name. */
static int tone_of(const char *name, size_t len)
{
	if (len <= TONE_LEN + 1 || memcmp(name + len - TONE_LEN - 1, TONE, TONE_LEN) != 0)
		return 0;
	return name[len - 1] >= '2' && name[len - 1] <= '6' ? name[len - 1] - '0' : 0;
}

/* A tone stands behind the first character, in the place of the sign that asks for a picture. */
static void add_toned(struct buf *to, const char *shown, int tone)
{
	const char modifier[] = { (char)0xf0, (char)0x9f, (char)0x8f, (char)(0xbb + tone - 2) };
	const char *end = shown + strlen(shown);
	size_t first = character_at(shown, end);
	const char *rest = shown + first;

	buf_add_bytes(to, shown, first);
	buf_add_bytes(to, modifier, sizeof(modifier));
	buf_add(to, strncmp(rest, "\xef\xb8\x8f", 3) == 0 ? rest + 3 : rest);
}

bool emoji_show(struct buf *to, const char *name, size_t len)
{
	int tone = tone_of(name, len);
	struct sought sought = { name, tone != 0 ? len - TONE_LEN - 1 : len };
	const struct emoji *found = bsearch(&sought, EMOJI, EMOJI_COUNT, sizeof(EMOJI[0]), by_name);

	if (found == NULL || len == 0)
		return false;
	if (tone != 0 && found->toned)
		add_toned(to, found->shown, tone);
	else
		buf_add(to, found->shown);
	return true;
}

bool text_emoji(struct buf *to, const char *name)
{
	return name != NULL && emoji_show(to, name, strlen(name));
}

static bool names(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		(c != '\0' && strchr("_+-'", c) != NULL);
}

size_t emoji_at(const char *at, const char *end)
{
	const char *p = at + 1;

	if (at >= end || *at != ':')
		return 0;
	while (p < end && p - at < LONGEST_NAME && names((unsigned char)*p))
		p++;
	if (p == end || *p != ':' || p == at + 1)
		return 0;
	if (end - p > TONE_LEN + 1 && memcmp(p, TONE, TONE_LEN) == 0 && p[TONE_LEN] >= '2' &&
		p[TONE_LEN] <= '6' && p[TONE_LEN + 1] == ':')
		p += TONE_LEN + 1;
	return (size_t)(p - at) + 1;
}

#include <stddef.h>
#include <string.h>

#include "boundary.h"
#include "clean.h"
#include "text.h"

/* How much of a text is looked at, and of a word: in characters. */
enum { TEXT_MOST = 4000, WORD_MOST = 100 };

struct pair {
	uint32_t from, to;
	int32_t small; /* added to a capital; 1: capitals and small letters take turns, as in the first of them */
};

/* The scripts that have capitals, as far as they are written today. */
static const struct pair CAPITALS[] = {
	{ 'A', 'Z', 32 },
	{ 0xc0, 0xd6, 32 },
	{ 0xd8, 0xde, 32 },
	{ 0x100, 0x12f, 1 },
	{ 0x132, 0x137, 1 },
	{ 0x139, 0x148, 1 },
	{ 0x14a, 0x177, 1 },
	{ 0x178, 0x178, -121 },
	{ 0x179, 0x17e, 1 },
	{ 0x386, 0x386, 38 },
	{ 0x388, 0x38a, 37 },
	{ 0x38c, 0x38c, 64 },
	{ 0x38e, 0x38f, 63 },
	{ 0x391, 0x3ab, 32 },
	{ 0x3c2, 0x3c2, 1 }, /* a sigma at a word's end */
	{ 0x400, 0x40f, 80 },
	{ 0x410, 0x42f, 32 },
	{ 0x460, 0x481, 1 },
	{ 0x48a, 0x4bf, 1 },
	{ 0x4d0, 0x52f, 1 },
	{ 0x531, 0x556, 48 },
	{ 0x1e00, 0x1e95, 1 },
	{ 0x1ea0, 0x1eff, 1 },
	{ 0xff21, 0xff3a, 32 },
};

static uint32_t small(uint32_t c)
{
	for (size_t i = 0; i < sizeof(CAPITALS) / sizeof(CAPITALS[0]); i++) {
		const struct pair *p = &CAPITALS[i];

		if (c < p->from || c > p->to)
			continue;
		if (p->small != 1 || p->from == p->to)
			return (uint32_t)((int64_t)c + p->small);
		return (c - p->from) % 2 == 0 ? c + 1 : c;
	}
	return c;
}

/* Blanks of any kind are one, and quotes are as keyboards have them. */
static uint32_t plain_sign(uint32_t c)
{
	if (c == 0xa0 || c == 0x202f || c == 0x3000 || (c >= 0x2000 && c <= 0x200a) || c <= ' ')
		return ' ';
	if (c == 0x2018 || c == 0x2019)
		return '\'';
	return c == 0x2010 || c == 0x2011 ? '-' : small(c);
}

/* The text in small letters, its blanks one each; how many characters. */
static size_t fold(const char *text, uint32_t *to, size_t most)
{
	const char *end = text + strlen(text);
	size_t count = 0, len;

	for (; text < end && count < most; text += len) {
		uint32_t c = (unsigned char)*text;

		len = c < 0x80 ? 1 : character_at(text, end);
		if (len == 0) {
			len = 1;
			c = 0xfffd;
		} else if (len > 1) {
			c = codepoint_at(text, len);
		}
		c = plain_sign(c);
		if (c != ' ' || (count > 0 && to[count - 1] != ' '))
			to[count++] = c;
	}
	while (count > 0 && to[count - 1] == ' ')
		count--;
	return count;
}

/* Written without blanks between words, so that any character may begin or end one. */
static bool has_no_blanks(uint32_t c)
{
	return (c >= 0x0e00 && c <= 0x0eff) || (c >= 0x1000 && c <= 0x109f) ||
		(c >= 0x1780 && c <= 0x17ff) || (c >= 0x2e80 && c <= 0x2fff) ||
		(c >= 0x3040 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7af) ||
		(c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
	return !is_edge_character(c);
}

/* Between these two a word may begin or end. */
static bool parts(uint32_t a, uint32_t b)
{
	return !is_letter(a) || !is_letter(b) || has_no_blanks(a) || has_no_blanks(b);
}

static bool stands_at(const uint32_t *text, size_t at, const uint32_t *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[at + i] != word[i])
			return false;
	return true;
}

struct text_words {
	uint32_t text[TEXT_MOST];
	size_t count;
};

const struct text_words *text_words(struct arena *a, const char *plain)
{
	struct text_words *w = arena_zeroed(a, sizeof(*w));

	w->count = fold(plain, w->text, TEXT_MOST);
	return w;
}

bool text_has_word(const struct text_words *w, const char *word)
{
	uint32_t folded[WORD_MOST];
	size_t len = fold(word, folded, WORD_MOST);

	for (size_t at = 0; len > 0 && at + len <= w->count; at++) {
		if (!stands_at(w->text, at, folded, len))
			continue;
		if ((at == 0 || parts(w->text[at - 1], folded[0])) &&
			(at + len == w->count || parts(folded[len - 1], w->text[at + len])))
			return true;
	}
	return false;
}

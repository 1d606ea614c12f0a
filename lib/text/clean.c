#include "clean.h"

#include <string.h>

static const char REPLACED[] = "\xef\xbf\xbd"; /* U+FFFD */

/* The length that a first byte announces, and the least code point that needs it. */
static size_t announced(unsigned char c, uint32_t *least)
{
	if (c < 0x80) {
		*least = 0;
		return 1;
	}
	if (c >= 0xc2 && c < 0xe0) {
		*least = 0x80;
		return 2;
	}
	if (c >= 0xe0 && c < 0xf0) {
		*least = 0x800;
		return 3;
	}
	*least = 0x10000;
	return c >= 0xf0 && c < 0xf5 ? 4 : 0;
}

uint32_t codepoint_at(const char *at, size_t len)
{
	static const unsigned char FIRST[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	uint32_t c = (unsigned char)at[0] & FIRST[len];

	for (size_t i = 1; i < len; i++)
		c = c << 6 | ((unsigned char)at[i] & 0x3f);
	return c;
}

size_t character_at(const char *at, const char *end)
{
	uint32_t least, c;
	size_t len = at < end ? announced((unsigned char)*at, &least) : 0;

	if (len == 0 || (size_t)(end - at) < len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if (((unsigned char)at[i] & 0xc0) != 0x80)
			return 0;
	c = codepoint_at(at, len);
	return c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff) ? 0 : len;
}

void character_add(struct buf *to, uint32_t c)
{
	size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char FIRST[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	char bytes[4];

	for (size_t i = len - 1; i > 0; i--, c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3f));
	bytes[0] = (char)(FIRST[len] | c);
	buf_add_bytes(to, bytes, len);
}

static bool is_control(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0);
}

static bool is_override(uint32_t c)
{
	return c == 0x202d || c == 0x202e;
}

static bool is_direction(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* One character that may be more than itself. */
static void add_odd(struct buf *to, const char *at, size_t len)
{
	uint32_t c = codepoint_at(at, len);

	if (c == 0x2028 || c == 0x2029)
		buf_add(to, "\n");
	else if (is_control(c))
		buf_add(to, " ");
	else if (is_override(c))
		buf_printf(to, "[U+%04X]", (unsigned)c);
	else if (!is_direction(c))
		buf_add_bytes(to, at, len);
}

void clean_add(struct buf *to, const char *text, size_t len)
{
	const char *at = text, *end = text + len;

	while (at < end) {
		const char *plain = at;
		size_t one;

		while (at < end && *at >= 0x20 && *at < 0x7f)
			at++;
		buf_add_bytes(to, plain, (size_t)(at - plain));
		if (at == end)
			return;
		one = character_at(at, end);
		if (one == 0)
			buf_add(to, REPLACED);
		else if (*at == '\r' && at + 1 < end && at[1] == '\n')
			buf_add(to, "");
		else
			add_odd(to, at, one);
		at += one > 0 ? one : 1;
	}
}

void clean_add_line(struct buf *to, const char *text, size_t len)
{
	size_t from = to->len;

	clean_add(to, text, len);
	for (size_t i = from; i < to->len; i++)
		if (to->text[i] == '\n' || to->text[i] == '\t')
			to->text[i] = ' ';
}

size_t blank_at(const char *at, const char *end)
{
	size_t len = character_at(at, end);
	uint32_t c;

	if (len == 0)
		return 0;
	c = codepoint_at(at, len);
	if (c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
		c == 0x202f || c == 0x205f || c == 0x3000)
		return len;
	return 0;
}

bool word_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 0x80 || (u >= '0' && u <= '9') || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z');
}

#include "mend.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define REPLACEMENT        "\xef\xbf\xbd"
#define REPLACEMENT_ESCAPE "\\ufffd"

enum { ESCAPE_LEN = 6, NOT_AN_ESCAPE = -1 };

struct mending {
	struct buf *to;
	const unsigned char *at, *end;
	bool in_string;
};

static size_t left(const struct mending *m)
{
	return (size_t)(m->end - m->at);
}

static void keep(struct mending *m, size_t len)
{
	buf_add_bytes(m->to, m->at, len);
	m->at += len;
}

static void replace(struct mending *m, size_t len, const char *by)
{
	buf_add(m->to, by);
	m->at += len;
}

static bool continues(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

/* The length of the valid UTF-8 sequence at p, or 0. RFC 3629: nothing overlong, no surrogates, to U+10FFFF. */
static size_t sequence_len(const unsigned char *p, size_t room)
{
	size_t len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (room < len)
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (!continues(p[i]))
			return 0;
	}
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
		(p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return len;
}

static int hex_digit(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* The number in the \uXXXX at p, or NOT_AN_ESCAPE. */
static int32_t escape_unit(const unsigned char *p, size_t room)
{
	int32_t unit = 0;

	if (room < ESCAPE_LEN || p[0] != '\\' || p[1] != 'u')
		return NOT_AN_ESCAPE;
	for (size_t i = 2; i < ESCAPE_LEN; i++) {
		int digit = hex_digit(p[i]);

		if (digit < 0)
			return NOT_AN_ESCAPE;
		unit = unit * 16 + digit;
	}
	return unit;
}

static void mend_escape(struct mending *m)
{
	int32_t unit = escape_unit(m->at, left(m));

	if (unit == NOT_AN_ESCAPE) {
		keep(m, left(m) > 1 && m->at[1] >= 0x20 && m->at[1] < 0x80 ? 2 : 1);
	} else if (unit >= 0xd800 && unit < 0xdc00) {
		int32_t low = escape_unit(m->at + ESCAPE_LEN, left(m) - ESCAPE_LEN);

		if (low >= 0xdc00 && low < 0xe000)
			keep(m, (size_t)2 * ESCAPE_LEN);
		else
			replace(m, ESCAPE_LEN, REPLACEMENT_ESCAPE);
	} else if (unit == 0 || (unit >= 0xdc00 && unit < 0xe000)) {
		replace(m, ESCAPE_LEN, REPLACEMENT_ESCAPE);
	} else {
		keep(m, ESCAPE_LEN);
	}
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x80 && c != '\\' && c != '"';
}

static bool may_stand_bare(const struct mending *m)
{
	return !m->in_string && strchr("\t\r\n", *m->at) != NULL && *m->at != '\0';
}

/* How many bytes from here on are good as they are. Nothing here is a backslash or a quote. */
static size_t good_len(const struct mending *m)
{
	size_t len = 0;

	while (len < left(m) && is_plain(m->at[len]))
		len++;
	if (len > 0)
		return len;
	if (*m->at < 0x20)
		return may_stand_bare(m) ? 1 : 0;
	return sequence_len(m->at, left(m));
}

static void mend_next(struct mending *m)
{
	size_t len;

	if (*m->at == '\\') {
		mend_escape(m);
		return;
	}
	if (*m->at == '"') {
		m->in_string = !m->in_string;
		keep(m, 1);
		return;
	}
	len = good_len(m);
	if (len > 0)
		keep(m, len);
	else
		replace(m, 1, REPLACEMENT);
}

void mend(struct buf *to, const char *json, size_t len)
{
	const unsigned char *bytes = (const unsigned char *)json;
	struct mending m = { .to = to, .at = bytes };

	if (len == 0)
		return;
	m.end = bytes + len;
	while (m.at < m.end)
		mend_next(&m);
}

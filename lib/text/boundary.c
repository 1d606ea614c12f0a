#include "boundary.h"

#include <string.h>

#include "clean.h"

bool is_edge_character(uint32_t c)
{
	return c == 0xa0 || c == 0xab || c == 0xbb || (c >= 0x2000 && c <= 0x206f) ||
		(c >= 0x2190 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x303f) ||
		(c >= 0xff00 && c <= 0xff0f) || (c >= 0xfe00 && c <= 0xfe0f) ||
		(c >= 0x1f000 && c <= 0x1faff);
}

static bool is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static bool edge_before(const char *at, const char *line)
{
	const char *back = at - 1;

	if (at == line)
		return true;
	if ((unsigned char)*back < 0x80)
		return is_one_of(*back, " \t([{<>\"',;:!?|-*_~`");
	while (back > line && at - back < 4 && ((unsigned char)*back & 0xc0) == 0x80)
		back--;
	return character_at(back, at) == (size_t)(at - back) &&
		is_edge_character(codepoint_at(back, (size_t)(at - back)));
}

/* A full stop ends a sentence, but not within a name: the mark of *notes*.txt is a part of it. */
static bool edge_after(const char *next, const char *end)
{
	size_t len;

	if (next == end)
		return true;
	if (is_one_of(*next, ".,:;!?-"))
		return next + 1 == end || !(word_byte(next[1]) || is_one_of(next[1], "*/\\"));
	if ((unsigned char)*next < 0x80)
		return is_one_of(*next, " \t)]}<>\"'|*_~`&");
	len = character_at(next, end);
	return len > 0 && is_edge_character(codepoint_at(next, len));
}

bool may_open(const char *at, const char *line, const char *end)
{
	const char *next = at + 1;

	if (next == end || blank_at(next, end) > 0 || *next == *at || is_one_of(*next, "./\\"))
		return false;
	return (at == line || at[-1] != *at) && edge_before(at, line);
}

bool may_close(const char *at, const char *line_end)
{
	if (is_one_of(at[-1], " \t/\\="))
		return false;
	return edge_after(at + 1, line_end);
}

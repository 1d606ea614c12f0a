#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

/*
 * A cursor is base64 of "<method>:<18 digits>": 23 bytes, so it ends with '='. The method is there as
 * four hex digits, so that a cursor of another one is refused.
 */
enum { PLAIN_LENGTH = 23, CURSOR_LENGTH = 32 };

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static unsigned method_mark(const char *name)
{
	unsigned hash = 2166136261U;

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	return hash & 0xFFFF;
}

static void encode(const char *plain, char out[CURSOR_LENGTH + 1])
{
	for (int i = 0, o = 0; o < CURSOR_LENGTH; i += 3, o += 4) {
		unsigned last = i + 2 < PLAIN_LENGTH ? (unsigned char)plain[i + 2] : 0;
		unsigned three = (unsigned)(unsigned char)plain[i] << 16 |
			(unsigned)(unsigned char)plain[i + 1] << 8 | last;

		out[o] = DIGITS[three >> 18 & 63];
		out[o + 1] = DIGITS[three >> 12 & 63];
		out[o + 2] = DIGITS[three >> 6 & 63];
		out[o + 3] = DIGITS[three & 63];
	}
	out[CURSOR_LENGTH - 1] = '='; /* the last byte is not there */
	out[CURSOR_LENGTH] = '\0';
}

static void cursor_write(const char *method, int64_t from, char out[CURSOR_LENGTH + 1])
{
	char plain[PLAIN_LENGTH + 1];
	int len = snprintf(plain, sizeof(plain), "%04x:%018" PRId64, method_mark(method), from);

	if (len != PLAIN_LENGTH)
		abort();
	encode(plain, out);
}

static bool decode(const char *cursor, char out[PLAIN_LENGTH + 2])
{
	if (strlen(cursor) != CURSOR_LENGTH || cursor[CURSOR_LENGTH - 1] != '=')
		return false;
	for (int i = 0, o = 0; i < CURSOR_LENGTH; i += 4, o += 3) {
		unsigned four = 0;

		for (int j = 0; j < 4; j++) {
			const char *digit =
				i + j < CURSOR_LENGTH - 1 ? strchr(DIGITS, cursor[i + j]) : DIGITS;

			if (digit == NULL)
				return false;
			four = four << 6 | (unsigned)(digit - DIGITS);
		}
		out[o] = (char)(four >> 16 & 255);
		out[o + 1] = (char)(four >> 8 & 255);
		out[o + 2] = (char)(four & 255);
	}
	out[PLAIN_LENGTH] = '\0';
	return true;
}

static bool cursor_read(const char *method, const char *cursor, int64_t *from_out)
{
	char plain[PLAIN_LENGTH + 2], again[CURSOR_LENGTH + 1];
	int64_t from;

	if (!decode(cursor, plain) || plain[4] != ':' ||
		strspn(plain + 5, "0123456789") != PLAIN_LENGTH - 5)
		return false;
	from = strtoll(plain + 5, NULL, 10);
	cursor_write(method, from, again);
	if (strcmp(again, cursor) != 0)
		return false;
	*from_out = from;
	return true;
}

bool page_start(struct call *c, int otherwise, int64_t *from_out, int *limit_out)
{
	const char *cursor = call_text(c, "cursor");
	int limit = call_number(c, "limit", otherwise);

	if (limit == 0)
		limit = otherwise;
	if (limit < 0 || limit > PAGE_MOST)
		return call_fail(c, "invalid_limit");
	*limit_out = limits_page(c->w, c->m, limit);
	*from_out = 0;
	if (cursor != NULL && *cursor != '\0' && !cursor_read(c->m->name, cursor, from_out))
		return call_fail(c, "invalid_cursor");
	return true;
}

void page_next(struct call *c, int64_t from)
{
	cJSON *about = cJSON_GetObjectItemCaseSensitive(c->body, "response_metadata");
	char cursor[CURSOR_LENGTH + 1] = "";

	if (about == NULL)
		about = cJSON_AddObjectToObject(c->body, "response_metadata");
	if (from >= 0)
		cursor_write(c->m->name, from, cursor);
	tree_set_text(about, "next_cursor", cursor);
}

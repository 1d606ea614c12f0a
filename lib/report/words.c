#include "words.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int64_t SECOND_US = 1000000;

/* Rounds down, also before 1970, so that the rest is never negative. */
static int64_t seconds_of(int64_t us)
{
	return us / SECOND_US - (us % SECOND_US < 0);
}

/* The year is four digits long to whoever reads it: times that need more do not occur. */
static struct tm utc(int64_t us)
{
	time_t seconds = (time_t)seconds_of(us);
	struct tm tm = { 0 };

	return gmtime_r(&seconds, &tm) != NULL ? tm : (struct tm){ 0 };
}

void words_day(char out[WORDS_TIME_ROOM], const struct zone *zone, int64_t us)
{
	struct tm tm = utc(zone_local_us(zone, us));

	if (strftime(out, WORDS_TIME_ROOM, "%Y-%m-%d", &tm) == 0)
		out[0] = '\0';
}

void words_clock(char out[WORDS_TIME_ROOM], const struct zone *zone, int64_t us)
{
	struct tm tm = utc(zone_local_us(zone, us));

	if (strftime(out, WORDS_TIME_ROOM, "%H:%M:%S", &tm) == 0)
		out[0] = '\0';
}

void words_offset(char out[WORDS_TIME_ROOM], const struct zone *zone, int64_t us)
{
	int offset = (int)zone_offset_s(zone, us);
	int minutes = abs(offset) / 60;

	if (offset == 0)
		(void)snprintf(out, WORDS_TIME_ROOM, "UTC"); /* fits */
	else
		(void)snprintf(out, WORDS_TIME_ROOM, "UTC%c%02d:%02d", offset < 0 ? '-' : '+',
			minutes / 60, minutes % 60); /* fits */
}

void words_count(struct buf *to, int64_t count, const char *one, const char *many)
{
	buf_printf(to, "%" PRId64 " %s", count, count == 1 ? one : many);
}

/* What is not plainly part of an address is percent-encoded: an address ends no link and no string. */
static void put_address(struct buf *to, const char *text, const char *also)
{
	for (const char *p = text; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x80 && (isalnum(c) || strchr(also, c) != NULL))
			buf_add_bytes(to, p, 1);
		else
			buf_printf(to, "%%%02X", (unsigned)c);
	}
}

static void put_without_dot(struct buf *to, const char *ts)
{
	size_t before = strcspn(ts, ".");
	struct buf digits = { 0 };

	buf_add_bytes(&digits, ts, before);
	buf_add(&digits, ts[before] == '.' ? ts + before + 1 : "");
	put_address(to, digits.text, "");
	buf_done(&digits);
}

bool words_permalink(struct buf *to, const char *workspace_url, const struct entry *e)
{
	size_t len = workspace_url != NULL ? strlen(workspace_url) : 0;

	if (len == 0 || e->channel == NULL || e->ts == NULL)
		return false;
	put_address(to, workspace_url, ":/.-_~%");
	if (workspace_url[len - 1] != '/')
		buf_add(to, "/");
	buf_add(to, "archives/");
	put_address(to, e->channel, "");
	buf_add(to, "/p");
	put_without_dot(to, e->ts);
	if (entry_is_reply(e)) {
		buf_add(to, "?thread_ts=");
		put_address(to, e->thread_ts, ".");
		buf_add(to, "&cid=");
		put_address(to, e->channel, "");
	}
	return true;
}

/* Embeddings, overrides and isolates of direction, U+202A..E and U+2066..9, and the marks of lines, U+2028 and 9. */
static size_t turns_direction(const char *at)
{
	const unsigned char *c = (const unsigned char *)at;

	if (c[0] != 0xe2)
		return 0;
	return (c[1] == 0x80 && c[2] >= 0xa8 && c[2] <= 0xae) ||
			(c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9)
		? 3
		: 0;
}

static void put_line(struct buf *to, const char *plain, const char *escaped)
{
	for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		size_t turn = turns_direction(p);

		if (turn > 0) {
			p += turn - 1;
			continue;
		}
		if (c < 0x20 || c == 0x7f) {
			buf_add(to, " ");
			continue;
		}
		if (strchr(escaped, c) != NULL)
			buf_add(to, "\\");
		buf_add_bytes(to, p, 1);
	}
}

void words_line(struct buf *to, const char *plain)
{
	put_line(to, plain, "");
}

void words_escaped(struct buf *to, const char *plain)
{
	put_line(to, plain, "\\`*_[]<>#|~&!");
}

/* Slack's own small print is a sentence already: "Ann has joined the channel". */
static const char *const SMALL_PRINT[] = { "joined", "left", "topic", "purpose", "renamed",
	"archived", "unarchived", "converted" };

/* clang-format off */
static const struct { const char *word, *shown; } PROVENANCES[] = {
	{ "live",      NULL },
	{ "note",      NULL }, /* its kind says so */
	{ "recovered", "recovered from Slack's history" },
	{ "retry",     "Slack had to send it again" },
	{ "shortcut",  "put here by a shortcut" },
	{ "api",       "put here over the API" },
};
/* clang-format on */

const char *words_kind(const char *kind)
{
	for (size_t i = 0; i < sizeof(SMALL_PRINT) / sizeof(SMALL_PRINT[0]); i++)
		if (strcmp(SMALL_PRINT[i], kind) == 0)
			return NULL;
	return kind;
}

const char *words_provenance(const char *provenance)
{
	for (size_t i = 0; provenance != NULL && i < sizeof(PROVENANCES) / sizeof(PROVENANCES[0]);
		i++)
		if (strcmp(PROVENANCES[i].word, provenance) == 0)
			return PROVENANCES[i].shown;
	return provenance;
}

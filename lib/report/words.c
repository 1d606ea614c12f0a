#include "words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "outline.h"

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

void words_rfc3339(char out[WORDS_TIME_ROOM], int64_t us)
{
	int milliseconds = (int)((us - seconds_of(us) * SECOND_US) / 1000);
	char day[WORDS_TIME_ROOM], clock[WORDS_TIME_ROOM];

	words_day(day, us);
	words_clock(clock, us);
	(void)snprintf(
		out, WORDS_TIME_ROOM, "%.20sT%.8s.%03dZ", day, clock, milliseconds); /* fits */
}

void words_day(char out[WORDS_TIME_ROOM], int64_t us)
{
	struct tm tm = utc(us);

	if (strftime(out, WORDS_TIME_ROOM, "%Y-%m-%d", &tm) == 0)
		out[0] = '\0';
}

void words_clock(char out[WORDS_TIME_ROOM], int64_t us)
{
	struct tm tm = utc(us);

	if (strftime(out, WORDS_TIME_ROOM, "%H:%M:%S", &tm) == 0)
		out[0] = '\0';
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

bool words_permalink(struct buf *to, const struct record *r, const struct entry *e)
{
	size_t len = r->workspace_url != NULL ? strlen(r->workspace_url) : 0;

	if (len == 0 || e->channel == NULL || e->ts == NULL)
		return false;
	put_address(to, r->workspace_url, ":/.-_~%");
	if (r->workspace_url[len - 1] != '/')
		buf_add(to, "/");
	buf_add(to, "archives/");
	put_address(to, e->channel, "");
	buf_add(to, "/p");
	put_without_dot(to, e->ts);
	if (outline_is_reply(e)) {
		buf_add(to, "?thread_ts=");
		put_address(to, e->thread_ts, ".");
		buf_add(to, "&cid=");
		put_address(to, e->channel, "");
	}
	return true;
}

void words_escaped(struct buf *to, const char *plain)
{
	for (const char *p = plain != NULL ? plain : ""; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		if (c < 0x20 || c == 0x7f) {
			buf_add(to, " ");
			continue;
		}
		if (strchr("\\`*_[]<>#|~&!", c) != NULL)
			buf_add(to, "\\");
		buf_add_bytes(to, p, 1);
	}
}

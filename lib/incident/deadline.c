#include "deadline.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

static const char BLANKS[] = " \t\r\n";
static const int64_t SECOND_US = 1000000, DAY_S = 86400;
enum { WORDS_MOST = 7, LATE_S = 17 * 3600, LONGEST_DAYS = 3660 };

/* A text's last words, or all of them. */
struct words {
	const char *at[WORDS_MOST];
	size_t len[WORDS_MOST];
	int count;
};

/* What kind of day it is decides how much must stand around it. */
enum day_kind { DAY_NONE, DAY_TODAY, DAY_NAMED, DAY_DATE };

struct when {
	enum day_kind kind;
	bool has_time, is_span, is_short; /* is_short: "2h", not "2 hours" */
	struct deadline is;
};

static bool is(const struct words *w, int n, const char *word)
{
	return n < w->count && w->len[n] == strlen(word) &&
		strncasecmp(w->at[n], word, w->len[n]) == 0;
}

/* The place of the word in a list with one blank between, each so long; -1: none. A longer word may go on as `whole` does. */
static int place_in(const char *at, size_t len, const char *const *whole, int count, size_t least)
{
	for (int i = 0; i < count; i++)
		if (len >= least && len <= strlen(whole[i]) &&
			strncasecmp(at, whole[i], len) == 0 &&
			(len == least || len == strlen(whole[i]) || len == least + 1))
			return i;
	return -1;
}

/* So many digits, from least to most of them. */
static bool take_number(const char **at, const char *end, size_t least, size_t most, int *out)
{
	size_t len = 0;
	int value = 0;

	while (*at + len < end && len <= most && (*at)[len] >= '0' && (*at)[len] <= '9')
		value = value * 10 + ((*at)[len++] - '0');
	if (len < least || len > most)
		return false;
	*at += len;
	*out = value;
	return true;
}

static bool take_mark(const char **at, const char *end, char mark)
{
	if (*at == end || **at != mark)
		return false;
	++*at;
	return true;
}

/* --- days, counted from 1970 -------------------------------------------------------------------------- */

static struct tm calendar(int64_t local_us)
{
	time_t s = (time_t)(local_us / SECOND_US - (local_us % SECOND_US < 0));
	struct tm tm = { 0 };

	(void)gmtime_r(&s, &tm); /* every time of ours has a year */
	return tm;
}

static int64_t day_of(int64_t local_us)
{
	return local_us / SECOND_US / DAY_S;
}

static bool day_from(int year, int month, int day, int64_t *out)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day }, same;
	time_t s = timegm(&tm);

	(void)gmtime_r(&s, &same); /* as above */
	*out = s / DAY_S;
	return year >= 2000 && year < 2200 && same.tm_mday == day && same.tm_mon == month - 1;
}

/* 2026-12-01 */
static enum deadline_read read_date(const char *at, size_t len, int64_t *day)
{
	const char *end = at + len;
	int y, m, d;

	if (!take_number(&at, end, 4, 4, &y) || !take_mark(&at, end, '-') ||
		!take_number(&at, end, 1, 2, &m) || !take_mark(&at, end, '-') ||
		!take_number(&at, end, 1, 2, &d) || at != end)
		return DEADLINE_NONE;
	return day_from(y, m, d, day) ? DEADLINE_READ : DEADLINE_WRONG;
}

/* "27 nov": this year, or the next where that is over */
static enum deadline_read read_month_day(const struct words *w, int n, int64_t today, int64_t *day)
{
	static const char *const MONTHS[] = { "january", "february", "march", "april", "may",
		"june", "july", "august", "september", "october", "november", "december" };
	int64_t day_us = today * DAY_S * SECOND_US;
	int year = calendar(day_us).tm_year + 1900, number, month;
	const char *at = w->at[n];

	if (n + 1 >= w->count || !take_number(&at, at + w->len[n], 1, 2, &number) ||
		at != w->at[n] + w->len[n])
		return DEADLINE_NONE;
	month = place_in(w->at[n + 1], w->len[n + 1], MONTHS, 12, 3);
	if (month < 0)
		return DEADLINE_NONE;
	if (!day_from(year, month + 1, number, day) || *day < today)
		if (!day_from(year + 1, month + 1, number, day))
			return DEADLINE_WRONG;
	return DEADLINE_READ;
}

/* The next one, never today: that has a word of its own. 1970 began on a Thursday. */
static bool read_weekday(const char *at, size_t len, int64_t today, int64_t *day)
{
	static const char *const DAYS[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
		"saturday", "sunday" };
	int which = place_in(at, len, DAYS, 7, 3);

	if (which < 0)
		return false;
	*day = today + (which - (today + 3) % 7 + 6) % 7 + 1;
	return true;
}

/* *n goes past what was read. */
static enum deadline_read read_day(
	const struct words *w, int *n, int64_t today, enum day_kind *kind, int64_t *day)
{
	enum deadline_read how;

	*kind = DAY_NONE;
	*day = today;
	if (*n >= w->count)
		return DEADLINE_READ;
	if (is(w, *n, "today"))
		*kind = DAY_TODAY;
	else if (is(w, *n, "tomorrow") || read_weekday(w->at[*n], w->len[*n], today, day))
		*kind = DAY_NAMED;
	if (is(w, *n, "tomorrow"))
		++*day;
	*n += *kind != DAY_NONE;
	if (*kind != DAY_NONE)
		return DEADLINE_READ;
	how = read_date(w->at[*n], w->len[*n], day);
	if (how != DEADLINE_NONE) {
		*kind = DAY_DATE;
		++*n;
		return how;
	}
	how = read_month_day(w, *n, today, day);
	if (how == DEADLINE_NONE)
		return DEADLINE_READ;
	*kind = DAY_DATE;
	*n += 2;
	return how;
}

/* --- times of day and spans ------------------------------------------------------------------------------ */

/* "17:00", "5pm", "5:30pm": in seconds */
static enum deadline_read read_time(const char *at, size_t len, int *out)
{
	const char *end = at + len;
	int hour, minute = 0;
	bool has_minutes;

	if (!take_number(&at, end, 1, 2, &hour))
		return DEADLINE_NONE;
	has_minutes = take_mark(&at, end, ':');
	if (has_minutes && !take_number(&at, end, 2, 2, &minute))
		return DEADLINE_NONE;
	if (end - at == 2 && (strncasecmp(at, "am", 2) == 0 || strncasecmp(at, "pm", 2) == 0)) {
		if (hour < 1 || hour > 12 || minute > 59)
			return DEADLINE_WRONG;
		hour = hour % 12 + (*at == 'p' || *at == 'P' ? 12 : 0);
		at = end;
	} else if (!has_minutes) {
		return DEADLINE_NONE;
	}
	if (at != end)
		return DEADLINE_NONE;
	if (hour > 23 || minute > 59)
		return DEADLINE_WRONG;
	*out = (hour * 60 + minute) * 60;
	return DEADLINE_READ;
}

static int64_t unit_s(const char *at, size_t len)
{
	static const struct {
		const char *name;
		int64_t s;
	} UNITS[] = {
		{ "m", 60 },
		{ "min", 60 },
		{ "minute", 60 },
		{ "h", 3600 },
		{ "hour", 3600 },
		{ "d", DAY_S },
		{ "day", DAY_S },
		{ "w", 7 * DAY_S },
		{ "week", 7 * DAY_S },
	};

	for (size_t i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
		size_t name = strlen(UNITS[i].name);
		bool many = len == name + 1 && name > 1 && (at[name] == 's' || at[name] == 'S');

		if ((len == name || many) && strncasecmp(at, UNITS[i].name, name) == 0)
			return UNITS[i].s;
	}
	return 0;
}

/* "2h", "2 hours" from word n to the last. Days are those of the calendar: the clocks show the same then. */
static bool read_span(const struct words *w, int n, int64_t now_local_us, struct when *out)
{
	const char *at = n < w->count ? w->at[n] : "", *end = at;
	int64_t s;
	int number;

	if (n >= w->count)
		return false;
	end += w->len[n];
	if (!take_number(&at, end, 1, 4, &number) || number == 0)
		return false;
	out->is_short = at != end;
	if (n + (out->is_short ? 1 : 2) != w->count)
		return false;
	s = out->is_short ? unit_s(at, (size_t)(end - at)) : unit_s(w->at[n + 1], w->len[n + 1]);
	if (s == 0 || s * number > LONGEST_DAYS * DAY_S)
		return false;
	out->is_span = true;
	if (s < DAY_S)
		out->is.span_us = s * number * SECOND_US;
	else
		out->is.local_us = now_local_us + s * number * SECOND_US;
	return true;
}

/* All words from n on. */
static enum deadline_read read_when(
	const struct words *w, int n, int64_t now_local_us, struct when *out)
{
	struct when when = { 0 };
	enum deadline_read day_how, time_how = DEADLINE_NONE;
	int64_t day;
	int time_s = LATE_S;

	if (is(w, n, "in") && read_span(w, n + 1, now_local_us, &when)) {
		*out = when;
		return DEADLINE_READ;
	}
	day_how = read_day(w, &n, day_of(now_local_us), &when.kind, &day);
	if (n < w->count) {
		n += is(w, n, "at");
		time_how = n < w->count ? read_time(w->at[n], w->len[n], &time_s) : DEADLINE_NONE;
		if (time_how == DEADLINE_NONE || n + 1 != w->count)
			return DEADLINE_NONE;
		when.has_time = true;
	}
	if (when.kind == DAY_NONE && !when.has_time)
		return DEADLINE_NONE;
	if (day_how == DEADLINE_WRONG || time_how == DEADLINE_WRONG)
		return DEADLINE_WRONG;
	when.is.local_us = (day * DAY_S + time_s) * SECOND_US;
	*out = when;
	return DEADLINE_READ;
}

/* --- where they stand -------------------------------------------------------------------------------------- */

/* The last words of the text, so many of them; fewer where there are no more. */
static void last_words(const char *text, size_t len, int most, struct words *out)
{
	struct words w = { 0 };

	while (w.count < most) {
		size_t word = 0;

		while (len > 0 && strchr(BLANKS, text[len - 1]) != NULL)
			len--;
		while (word < len && strchr(BLANKS, text[len - word - 1]) == NULL)
			word++;
		if (word == 0)
			break;
		len -= word;
		memmove(w.at + 1, w.at, sizeof(w.at[0]) * (size_t)w.count);
		memmove(w.len + 1, w.len, sizeof(w.len[0]) * (size_t)w.count);
		w.at[0] = text + len;
		w.len[0] = word;
		w.count++;
	}
	*out = w;
}

enum deadline_read deadline_read(const char *text, int64_t now_local_us, struct deadline *out)
{
	struct words w;
	struct when when;
	enum deadline_read how;
	int n;

	last_words(text, strlen(text), WORDS_MOST, &w);
	n = is(&w, 0, "due") || is(&w, 0, "by");
	n += is(&w, n, "on");
	how = read_when(&w, n, now_local_us, &when);
	if (how == DEADLINE_READ)
		*out = when.is;
	return how;
}

/* "the logs from monday", "prepare for black friday": it is said of what stands in front of it. */
static bool is_tied(const struct words *w, int n)
{
	static const char *const TIES[] = { "due", "by", "on", "from", "since", "until", "till",
		"before", "after", "of", "for", "to", "the", "a", "last", "next", "this", "every",
		"each", "between", "and", "or", "in", "at", "with", "was", "is", "are", "were",
		"not", "black", "good", "cyber", "during", "than", "per" };

	for (size_t i = 0; i < sizeof(TIES) / sizeof(TIES[0]); i++)
		if (is(w, n, TIES[i]))
			return true;
	return false;
}

static bool is_person(const struct words *w, int n)
{
	return w->at[n][w->len[n] - 1] == '>' &&
		(strncmp(w->at[n], "<@", 2) == 0 || memchr(w->at[n], '|', w->len[n]) != NULL);
}

/* Without a mark; the word in front of it is n. */
static bool may_stand_alone(const struct words *w, int n, const struct when *when)
{
	if (is_person(w, n))
		return when->is_span || when->kind != DAY_NONE;
	if (is_tied(w, n))
		return false;
	if (when->is_span)
		return when->is_short;
	return when->kind == DAY_NAMED || (when->kind == DAY_TODAY && when->has_time);
}

/* From word n on, with a word in front of it. */
static enum deadline_read read_tail(
	const struct words *w, int n, int64_t now_local_us, struct deadline *out)
{
	bool marked = is(w, n, "due") || is(w, n, "by");
	struct when when;
	enum deadline_read how;
	int from = n + marked;

	if (marked)
		from += is(w, from, "on");
	how = read_when(w, from, now_local_us, &when);
	if (how == DEADLINE_NONE || (!marked && how == DEADLINE_WRONG))
		return DEADLINE_NONE;
	if (how == DEADLINE_READ && !marked && !may_stand_alone(w, n - 1, &when))
		return DEADLINE_NONE;
	if (how == DEADLINE_READ)
		*out = when.is;
	return how;
}

enum deadline_read deadline_at_end(
	const char *text, int64_t now_local_us, struct deadline *out, size_t *len)
{
	struct words w;

	last_words(text, strlen(text), WORDS_MOST, &w);
	for (int n = 1; n < w.count; n++) {
		enum deadline_read how = read_tail(&w, n, now_local_us, out);

		if (how == DEADLINE_NONE)
			continue;
		*len = (size_t)(w.at[n - 1] + w.len[n - 1] - text);
		return how;
	}
	return DEADLINE_NONE;
}

void deadline_show(char out[DEADLINE_ROOM], int64_t local_us, int64_t now_local_us)
{
	static const char DAYS[][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char MONTHS[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	struct tm tm = calendar(local_us), now = calendar(now_local_us);
	char year[16] = "";

	if (tm.tm_year != now.tm_year)
		(void)snprintf(year, sizeof(year), " %d", tm.tm_year + 1900); /* fits */
	(void)snprintf(out, DEADLINE_ROOM, "%s %d %s%s %02d:%02d", DAYS[tm.tm_wday], tm.tm_mday,
		MONTHS[tm.tm_mon], year, tm.tm_hour, tm.tm_min); /* fits */
}

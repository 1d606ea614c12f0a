#include "moment.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct day {
	int year, month, day;
};

static const char BLANKS[] = " \t\r\n";

/* So many digits, from least to most of them; *text goes past them. */
static bool take_number(const char **text, size_t least, size_t most, int *out)
{
	size_t len = strspn(*text, "0123456789");
	int value = 0;

	if (len < least || len > most)
		return false;
	for (size_t i = 0; i < len; i++)
		value = value * 10 + ((*text)[i] - '0');
	*text += len;
	*out = value;
	return true;
}

static bool take_mark(const char **text, const char *marks)
{
	if (**text == '\0' || strchr(marks, **text) == NULL)
		return false;
	++*text;
	return true;
}

static int days_in(int year, int month)
{
	static const int DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap;

	assert(month >= 1 && month <= 12);
	leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return DAYS[month - 1] + (month == 2 && leap);
}

static bool is_day(const struct day *d)
{
	return d->year >= 2000 && d->month >= 1 && d->month <= 12 && d->day >= 1 &&
		d->day <= days_in(d->year, d->month);
}

static void step_back(struct day *d)
{
	if (--d->day > 0)
		return;
	if (--d->month == 0) {
		d->month = 12;
		d->year--;
	}
	d->day = days_in(d->year, d->month);
}

/* 2026-03-26 */
static bool take_date(const char **text, struct day *out)
{
	const char *p = *text;

	if (!take_number(&p, 4, 4, &out->year) || !take_mark(&p, "-") ||
		!take_number(&p, 2, 2, &out->month) || !take_mark(&p, "-") ||
		!take_number(&p, 2, 2, &out->day))
		return false;
	*text = p;
	return true;
}

static bool take_word(const char **text, const char *word)
{
	size_t len = strlen(word);

	if (strncasecmp(*text, word, len) != 0 || strspn(*text + len, BLANKS) == 0)
		return false;
	*text += len;
	return true;
}

/* The day, when one is named; else today. */
static void take_day(const char **text, const char *today, struct day *out)
{
	const char *p = *text;

	(void)take_date(&today, out); /* ours */
	if (take_word(&p, "yesterday"))
		step_back(out);
	else if (!take_word(&p, "today") && !take_date(&p, out))
		return;
	/* A T stands between an ISO date and its time. */
	if (!take_mark(&p, "Tt"))
		p += strspn(p, BLANKS);
	*text = p;
}

/* What may stand behind a time, and is no part of the text that follows. */
static bool ends_here(const char **text)
{
	const char *p = *text;

	(void)take_mark(&p, ",;:."); /* or none */
	if (*p != '\0' && strchr(BLANKS, *p) == NULL)
		return false;
	*text = p + strspn(p, BLANKS);
	return true;
}

enum moment_read moment_read(
	const char *text, const char *today, struct moment *out, const char **rest)
{
	const char *p = text;
	struct day day = { 0 };
	int hour, minute, second = 0;
	struct moment m = { 0 };

	take_day(&p, today, &day);
	if (!take_number(&p, 1, 2, &hour) || !take_mark(&p, ":") || !take_number(&p, 2, 2, &minute))
		return MOMENT_NONE;
	if (p[0] == ':' && p[1] != '\0' && strchr(BLANKS, p[1]) == NULL) {
		p++;
		if (!take_number(&p, 2, 2, &second))
			return MOMENT_NONE;
	}
	m.utc = take_mark(&p, "Zz");
	if (!ends_here(&p))
		return MOMENT_NONE;
	if (!is_day(&day) || hour > 23 || minute > 59 || second > 59)
		return MOMENT_WRONG;
	(void)snprintf(m.local, sizeof(m.local), "%04d-%02d-%02d %02d:%02d:%02d", day.year,
		day.month, day.day, hour, minute, second); /* fits */
	*out = m;
	*rest = p;
	return MOMENT_READ;
}

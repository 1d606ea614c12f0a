#include "sight.h"

#include <stdlib.h>
#include <string.h>

enum { SECOND_US = 1000000, LONGEST_SECONDS = 11, FRACTION = 6 };

int64_t slack_moment(const char *ts)
{
	size_t whole = ts != NULL ? strspn(ts, "0123456789") : 0, part;
	int64_t us = 0;

	if (whole == 0 || whole > LONGEST_SECONDS)
		return 0;
	for (size_t i = 0; i < whole; i++)
		us = us * 10 + (ts[i] - '0');
	part = ts[whole] == '.' ? strspn(ts + whole + 1, "0123456789") : 0;
	if (ts[whole] != '\0' && (part == 0 || part > FRACTION || ts[whole + 1 + part] != '\0'))
		return 0;
	for (size_t i = 0; i < FRACTION; i++)
		us = us * 10 + (i < part ? ts[whole + 1 + i] - '0' : 0);
	return us;
}

int64_t sight_edition(const char *ts, const char *edited)
{
	int64_t said = slack_moment(ts), edit = slack_moment(edited);

	return edit > said ? edit : said;
}

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int sight_compare(const struct sight *a, const struct sight *b)
{
	if (a->edition != b->edition)
		return order(a->edition, b->edition);
	if (a->moment != b->moment)
		return order(a->moment, b->moment);
	return (int)b->before - (int)a->before;
}

static int by_age(const void *a, const void *b)
{
	return sight_compare(a, b);
}

/* The first text is as old as the message; of one that no person wrote (a bot's update) only the moment is known. */
static int64_t since(const struct sight *s, int place, int64_t said_at)
{
	if (place == 0)
		return said_at;
	return s->edition > said_at ? s->edition : s->moment;
}

static bool equal(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/*
 * What Slack shows of an earlier version need not say that it was edited. Then it seems as old as the message, but is a
 * text that is known already.
 */
static bool is_echo(const struct sight *of, const struct sight *s, int count, int64_t said_at)
{
	if (!of->before || of->edition > said_at)
		return false;
	for (int i = 0; i < count; i++)
		if (s[i].edition > of->edition && s[i].moment <= of->moment &&
			strcmp(s[i].text, of->text) == 0)
			return true;
	return false;
}

int sights_collapse(struct sight *s, int count, int64_t said_at, struct revision *out)
{
	int texts = 0;

	qsort(s, (size_t)count, sizeof(*s), by_age);
	for (int i = 0; i < count; i++)
		if (!is_echo(&s[i], s, count, said_at) &&
			(texts == 0 || !equal(out[texts - 1].text, s[i].text) ||
				!equal(out[texts - 1].rich, s[i].rich))) {
			out[texts] = (struct revision){ .text = s[i].text,
				.rich = s[i].rich,
				.at = since(&s[i], texts, said_at) };
			texts++;
		}
	return texts > 0 ? texts - 1 : 0;
}

#include "reminder.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int64_t SECOND_US = 1000000, DAY_US = 86400LL * 1000000;

static const char *const NAMES[REMINDER_COUNT] = {
	[REMIND_NO_LEAD] = "no_lead",
	[REMIND_NO_SEVERITY] = "no_severity",
	[REMIND_UPDATE_DUE] = "update_due",
	[REMIND_STILL_OPEN] = "still_open",
	[REMIND_ACTION_DUE] = "action_due",
	[REMIND_REPORT_UNFINISHED] = "report_unfinished",
};

const char *reminder_name(enum reminder what)
{
	assert((unsigned)what < REMINDER_COUNT);
	return NAMES[what];
}

bool reminder_find(const char *name, enum reminder *found)
{
	for (int i = 0; i < REMINDER_COUNT; i++) {
		if (strcmp(NAMES[i], name) == 0) {
			*found = (enum reminder)i;
			return true;
		}
	}
	return false;
}

int64_t reminder_span_us(const char *text)
{
	char *unit;
	int64_t count = text != NULL ? strtoll(text, &unit, 10) : 0;

	if (count <= 0)
		return 0;
	switch (*unit) {
	case 'm': return count * 60 * SECOND_US;
	case 'h': return count * 3600 * SECOND_US;
	case 'd': return count * DAY_US;
	default: return 0;
	}
}

struct member {
	const char *name;
	size_t offset;
};

/* What is said in "no_lead after=10m hours=any" goes over what was said before. */
static void lay_over(struct reminder_words *rule, const char *text)
{
	static const struct member MEMBERS[] = {
		{ " after=", offsetof(struct reminder_words, after) },
		{ " every=", offsetof(struct reminder_words, every) },
		{ " times=", offsetof(struct reminder_words, times) },
		{ " hours=", offsetof(struct reminder_words, hours) },
	};

	for (size_t i = 0; i < sizeof(MEMBERS) / sizeof(MEMBERS[0]); i++) {
		const char *found = strstr(text, MEMBERS[i].name);

		if (found != NULL)
			*(const char **)((char *)rule + MEMBERS[i].offset) =
				found + strlen(MEMBERS[i].name);
	}
}

static bool is_of(const char *text, enum reminder what)
{
	size_t len = strcspn(text, " ");

	return strlen(NAMES[what]) == len && strncmp(NAMES[what], text, len) == 0;
}

struct reminder_rule reminder_rule(
	const struct reminders *all, enum reminder what, const char *const *of_level)
{
	struct reminder_words words = all->rules[what];

	for (; of_level != NULL && *of_level != NULL; of_level++)
		if (is_of(*of_level, what))
			lay_over(&words, *of_level);
	return (struct reminder_rule){
		.after_us = reminder_span_us(words.after),
		.every_us = reminder_span_us(words.every),
		.times = words.times != NULL ? (int)strtol(words.times, NULL, 10) : 0,
		.any_hour = words.hours != NULL && strncmp(words.hours, "any", 3) == 0,
	};
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t reminder_wanted_at(
	const struct reminder_rule *r, const struct reminder_state *s, int64_t others_said_at)
{
	int64_t at = s->count == 0 ? s->since + r->after_us : s->said_at + r->every_us;

	if (s->since == 0 || s->stopped || s->count >= r->times)
		return 0;
	at = later(at, s->snoozed_until);
	return others_said_at != 0 ? later(at, others_said_at + REMINDERS_APART_US) : at;
}

/* Two digits of *text, and goes past them and the mark behind; the last has none. -1: they are not there. */
static int take_two(const char **text, char mark)
{
	const char *p = *text;

	if (strspn(p, "0123456789") != 2 || p[2] != mark)
		return -1;
	*text = mark != '\0' ? p + 3 : p + 2;
	return (p[0] - '0') * 10 + (p[1] - '0');
}

/* "09:00" in seconds, or -1 */
static int take_time(const char **text, char mark)
{
	int hour = take_two(text, ':');
	int minute = hour >= 0 ? take_two(text, mark) : -1;

	return minute >= 0 && minute < 60 ? (hour * 60 + minute) * 60 : -1;
}

bool working_hours_read(const char *days, const char *hours, struct working_hours *out)
{
	static const char NAMES_OF_DAYS[] = "mon tue wed thu fri sat sun";
	struct working_hours h = { 0 };

	for (const char *p = days; *p != '\0'; p += *p == ',') {
		size_t len = strcspn(p, ",");
		char day[4] = "";
		const char *found;

		(void)snprintf(
			day, sizeof(day), "%.*s", (int)len, p); /* what is longer is no day */
		found = len == 3 ? strstr(NAMES_OF_DAYS, day) : NULL;
		if (found == NULL)
			return false;
		h.days[(found - NAMES_OF_DAYS) / 4] = true;
		p += len;
	}
	h.from_s = take_time(&hours, '-');
	h.to_s = h.from_s >= 0 ? take_time(&hours, '\0') : -1;
	if (*days == '\0' || h.from_s < 0 || h.from_s >= h.to_s || h.to_s > 86400)
		return false;
	*out = h;
	return true;
}

/* 1970 began on a Thursday. */
static bool is_working_day(const struct working_hours *h, int64_t day)
{
	return h->days[((day + 3) % 7 + 7) % 7];
}

int64_t working_hours_next(const struct working_hours *h, const struct zone *z, int64_t at)
{
	int64_t local = zone_local_us(z, at);
	int64_t day = local / DAY_US - (local % DAY_US < 0);
	int64_t time_s = (local - day * DAY_US) / SECOND_US;

	if (is_working_day(h, day) && time_s >= h->from_s && time_s < h->to_s)
		return at;
	if (time_s >= h->from_s)
		day++;
	while (!is_working_day(h, day))
		day++;
	return later(at, zone_utc_us(z, day * DAY_US + h->from_s * SECOND_US));
}

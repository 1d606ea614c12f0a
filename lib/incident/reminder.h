#ifndef REMINDER_H
#define REMINDER_H

#include <stdbool.h>
#include <stdint.h>

#include "zone.h"

/*
 * When somebody is reminded of something. Pure: times are arguments, in microseconds since 1970, UTC; 0 is "never" or
 * "not yet". See docs/REMINDERS.md.
 */
enum reminder {
	REMIND_NO_LEAD,
	REMIND_NO_SEVERITY, /* nobody has said how severe it is: the level is the default */
	REMIND_UPDATE_DUE,  /* the level's update_every is over */
	REMIND_STILL_OPEN,
	REMIND_ACTION_DUE,        /* once for each action */
	REMIND_REPORT_UNFINISHED, /* it is resolved, and nobody has written its summary or its impact */
	REMINDER_COUNT
};

const char *reminder_name(enum reminder); /* "no_lead" */
bool reminder_find(const char *name, enum reminder *found);

/* A rule as it stands in the settings; NULL is what is not said there. */
struct reminder_words {
	const char *after, *every; /* "10m" */
	const char *times;         /* "3" */
	const char *hours;         /* "working" or "any" */
};

/* All of the settings. */
struct reminders {
	struct reminder_words rules[REMINDER_COUNT];
	const char *days;  /* "mon,tue,wed,thu,fri" */
	const char *hours; /* "09:00-17:30" */
};

struct reminder_rule {
	int64_t after_us, every_us; /* the first one, and those that follow it */
	int times;                  /* 0: never */
	bool any_hour;
};

/* "20m", "2h", "1d". NULL, and what is no duration, is 0. */
int64_t reminder_span_us(const char *text);
/*
 * The rule that holds for an incident. of_level: what its level says otherwise, each "no_lead after=10m hours=any", ended
 * by NULL; or NULL.
 */
struct reminder_rule reminder_rule(
	const struct reminders *, enum reminder, const char *const *of_level);

/* How far it has come with one thing that somebody is to be reminded of. */
struct reminder_state {
	int64_t since;         /* it has been so since then; 0: it is not so */
	int64_t said_at;       /* the last reminder */
	int64_t snoozed_until; /* somebody said: not before */
	int count;             /* of reminders since then */
	bool stopped;          /* somebody said: no more */
};

/* Reminders of one incident stand so far from each other. */
static const int64_t REMINDERS_APART_US = 5LL * 60 * 1000000;

/* When the next one is wanted; 0: never. others_said_at: when the incident had its last reminder of anything else. */
int64_t reminder_wanted_at(
	const struct reminder_rule *, const struct reminder_state *, int64_t others_said_at);

struct working_hours {
	bool days[7];     /* Monday first */
	int from_s, to_s; /* of the day, by the clocks of the zone */
};

/* False: they are none. At least one day; to is later than from, on the same day. */
bool working_hours_read(const char *days, const char *hours, struct working_hours *out);
/* Then, or when they begin next. The zone must be known from a day before to ten days after. */
int64_t working_hours_next(const struct working_hours *, const struct zone *, int64_t at);

#endif

#include "check.h"
#include "reminder.h"

static const int64_t MINUTE_US = 60LL * 1000000, HOUR_US = 3600LL * 1000000,
		     DAY_US = 86400LL * 1000000;
/* Monday, 2026-03-23 00:00 UTC. In London the clocks go forward on the Sunday after, at 01:00. */
static const int64_t MONDAY_US = 1774224000000000;

static const struct zone_change CHANGES[] = {
	{ 1761440400000000, 0 },    /* 2025-10-26 01:00 UTC */
	{ 1774746000000000, 3600 }, /* 2026-03-29 01:00 UTC */
	{ 1792890000000000, 0 },    /* 2026-10-25 01:00 UTC */
};
static const struct zone LONDON = { "Europe/London", CHANGES, 3 };

static const struct reminders HOUSE = {
	.rules = {
		[REMIND_NO_LEAD] = { "10m", "30m", "3", "any" },
		[REMIND_UPDATE_DUE] = { NULL, "30m", "2", "working" },
	},
	.days = "mon,tue,wed,thu,fri",
	.hours = "09:00-17:30",
};

static struct working_hours hours(void)
{
	struct working_hours h = { 0 };

	CHECK(working_hours_read(HOUSE.days, HOUSE.hours, &h));
	return h;
}

static int64_t on(int day, int hour, int minute)
{
	return MONDAY_US + day * DAY_US + hour * HOUR_US + minute * MINUTE_US;
}

static void a_reminder_is_found_by_its_name(void)
{
	enum reminder found = REMIND_NO_LEAD;

	for (int i = 0; i < REMINDER_COUNT; i++) {
		CHECK(reminder_find(reminder_name((enum reminder)i), &found));
		CHECK((int)found == i);
	}
	CHECK(!reminder_find("no_lea", &found));
}

static void a_span_is_a_number_with_a_unit(void)
{
	CHECK(reminder_span_us("20m") == 20 * MINUTE_US);
	CHECK(reminder_span_us("2h every=1d") == 2 * HOUR_US);
	CHECK(reminder_span_us("5d") == 5 * DAY_US);
	CHECK(reminder_span_us(NULL) == 0);
	CHECK(reminder_span_us("soon") == 0);
}

static void a_level_says_what_it_wants_otherwise(void)
{
	static const char *const level[] = { "update_due hours=any times=9", "no_lead after=2m",
		NULL };
	struct reminder_rule r = reminder_rule(&HOUSE, REMIND_UPDATE_DUE, level);

	CHECK(r.any_hour && r.times == 9 && r.every_us == 30 * MINUTE_US && r.after_us == 0);
	r = reminder_rule(&HOUSE, REMIND_NO_LEAD, level);
	CHECK(r.after_us == 2 * MINUTE_US && r.every_us == 30 * MINUTE_US && r.times == 3);
	r = reminder_rule(&HOUSE, REMIND_NO_LEAD, NULL);
	CHECK(r.after_us == 10 * MINUTE_US && r.any_hour);
	CHECK(reminder_rule(&HOUSE, REMIND_STILL_OPEN, level).times == 0);
}

static void it_comes_after_a_while_and_then_at_intervals_so_many_times(void)
{
	const struct reminder_rule r = reminder_rule(&HOUSE, REMIND_NO_LEAD, NULL);
	struct reminder_state s = { .since = MONDAY_US };

	CHECK(reminder_wanted_at(&r, &s, 0) == MONDAY_US + 10 * MINUTE_US);
	s.count = 1;
	s.said_at = MONDAY_US + 12 * MINUTE_US;
	CHECK(reminder_wanted_at(&r, &s, 0) == s.said_at + 30 * MINUTE_US);
	s.count = 3;
	CHECK(reminder_wanted_at(&r, &s, 0) == 0);
}

static void nothing_is_wanted_of_what_is_not_so_or_was_stopped(void)
{
	const struct reminder_rule r = reminder_rule(&HOUSE, REMIND_NO_LEAD, NULL);
	struct reminder_state s = { 0 };

	CHECK(reminder_wanted_at(&r, &s, 0) == 0);
	s.since = MONDAY_US;
	s.stopped = true;
	CHECK(reminder_wanted_at(&r, &s, 0) == 0);
}

/* Nobody was there to say those of three hours: the one that is said is followed by the next interval. */
static void after_downtime_there_is_one(void)
{
	const struct reminder_rule r = reminder_rule(&HOUSE, REMIND_NO_LEAD, NULL);
	struct reminder_state s = { .since = MONDAY_US };
	int64_t back = MONDAY_US + 3 * HOUR_US;

	CHECK(reminder_wanted_at(&r, &s, 0) < back);
	s.count = 1;
	s.said_at = back;
	CHECK(reminder_wanted_at(&r, &s, 0) == back + 30 * MINUTE_US);
}

static void a_snoozed_one_comes_when_that_is_over(void)
{
	const struct reminder_rule r = reminder_rule(&HOUSE, REMIND_NO_LEAD, NULL);
	struct reminder_state s = { .since = MONDAY_US,
		.count = 1,
		.said_at = MONDAY_US,
		.snoozed_until = MONDAY_US + 2 * HOUR_US };

	CHECK(reminder_wanted_at(&r, &s, 0) == MONDAY_US + 2 * HOUR_US);
	s.snoozed_until = MONDAY_US + MINUTE_US; /* sooner than it would have come */
	CHECK(reminder_wanted_at(&r, &s, 0) == MONDAY_US + 30 * MINUTE_US);
}

static void two_of_one_incident_do_not_come_together(void)
{
	const struct reminder_rule r = reminder_rule(&HOUSE, REMIND_NO_LEAD, NULL);
	const struct reminder_state s = { .since = MONDAY_US };

	CHECK(reminder_wanted_at(&r, &s, MONDAY_US + 9 * MINUTE_US) == MONDAY_US + 14 * MINUTE_US);
	CHECK(reminder_wanted_at(&r, &s, MONDAY_US + 2 * MINUTE_US) == MONDAY_US + 10 * MINUTE_US);
}

static void in_working_hours_it_is_now(void)
{
	const struct working_hours h = hours();

	CHECK(working_hours_next(&h, NULL, on(0, 9, 0)) == on(0, 9, 0));
	CHECK(working_hours_next(&h, NULL, on(0, 17, 29)) == on(0, 17, 29));
	CHECK(working_hours_next(&h, NULL, on(0, 17, 30)) == on(1, 9, 0));
	CHECK(working_hours_next(&h, NULL, on(0, 3, 0)) == on(0, 9, 0));
}

/* Opened on Monday evening, a day later it is evening again: it waits for Wednesday morning, and is not lost. */
static void a_close_reminder_for_an_incident_opened_on_a_monday_evening(void)
{
	const struct reminder_rule r = { .after_us = DAY_US, .every_us = DAY_US, .times = 5 };
	struct reminder_state s = { .since = on(0, 20, 0) };
	const struct working_hours h = hours();
	int64_t at = working_hours_next(&h, NULL, reminder_wanted_at(&r, &s, 0));

	CHECK(at == on(2, 9, 0));
	s.count = 1;
	s.said_at = at;
	CHECK(working_hours_next(&h, NULL, reminder_wanted_at(&r, &s, 0)) == on(3, 9, 0));
}

static void a_weekend_is_waited_for(void)
{
	const struct working_hours h = hours();

	CHECK(working_hours_next(&h, NULL, on(4, 18, 0)) == on(7, 9, 0));
	CHECK(working_hours_next(&h, NULL, on(5, 12, 0)) == on(7, 9, 0));
	CHECK(working_hours_next(&h, NULL, on(6, 23, 59)) == on(7, 9, 0));
}

static void nine_is_nine_by_the_clocks_of_the_zone(void)
{
	const struct working_hours h = hours();

	CHECK(working_hours_next(&h, &LONDON, on(4, 8, 30)) == on(4, 9, 0));
	/* After the Sunday on which they went forward, nine in London is eight. */
	CHECK(working_hours_next(&h, &LONDON, on(4, 18, 0)) == on(7, 8, 0));
	CHECK(working_hours_next(&h, &LONDON, on(7, 8, 30)) == on(7, 8, 30));
	CHECK(working_hours_next(&h, &LONDON, on(7, 16, 45)) == on(8, 8, 0));
	/* 2026-10-23 is a Friday: on the Monday after, nine is nine again. */
	CHECK(working_hours_next(&h, &LONDON, on(214, 17, 0)) == on(217, 9, 0));
}

static void an_hour_that_the_clocks_leave_out_is_not_waited_for_in_vain(void)
{
	struct working_hours h = { 0 };

	CHECK(working_hours_read("sun", "01:30-02:30", &h));
	CHECK(working_hours_next(&h, &LONDON, on(5, 12, 0)) >= on(6, 0, 30));
	CHECK(working_hours_next(&h, &LONDON, on(5, 12, 0)) <= on(6, 1, 30));
}

static void what_are_no_working_hours(void)
{
	struct working_hours h;

	CHECK(working_hours_read("sat", "00:00-24:00", &h) && h.days[5] && !h.days[6]);
	CHECK(!working_hours_read("", "09:00-17:30", &h));
	CHECK(!working_hours_read("mon,day", "09:00-17:30", &h));
	CHECK(!working_hours_read("monday", "09:00-17:30", &h));
	CHECK(!working_hours_read("mon", "17:30-09:00", &h));
	CHECK(!working_hours_read("mon", "09:00-09:00", &h));
	CHECK(!working_hours_read("mon", "09:00-24:01", &h));
	CHECK(!working_hours_read("mon", "9-5", &h));
	CHECK(!working_hours_read("mon", "9:00-17:00", &h));
	CHECK(!working_hours_read("mon", "09:00-17:30 ", &h));
	CHECK(!working_hours_read("mon", "09:60-17:30", &h));
}

int main(void)
{
	a_reminder_is_found_by_its_name();
	a_span_is_a_number_with_a_unit();
	a_level_says_what_it_wants_otherwise();
	it_comes_after_a_while_and_then_at_intervals_so_many_times();
	nothing_is_wanted_of_what_is_not_so_or_was_stopped();
	after_downtime_there_is_one();
	a_snoozed_one_comes_when_that_is_over();
	two_of_one_incident_do_not_come_together();
	in_working_hours_it_is_now();
	a_close_reminder_for_an_incident_opened_on_a_monday_evening();
	a_weekend_is_waited_for();
	nine_is_nine_by_the_clocks_of_the_zone();
	an_hour_that_the_clocks_leave_out_is_not_waited_for_in_vain();
	what_are_no_working_hours();
	return 0;
}

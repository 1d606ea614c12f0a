#include "check.h"
#include "deadline.h"

/* Monday, 2026-11-23 20:00 by the clocks. */
static const int64_t SECOND_US = 1000000;
static const int64_t NOW = 1795464000LL * 1000000;

static const char *shown(const struct deadline *d)
{
	static char text[DEADLINE_ROOM];

	deadline_show(text, d->span_us != 0 ? NOW + d->span_us : d->local_us, NOW);
	return text;
}

static void means(const char *text, const char *when)
{
	struct deadline d = { 0 };

	CHECK(deadline_read(text, NOW, &d) == DEADLINE_READ);
	CHECK_TEXT(shown(&d), when);
}

static void ends(const char *text, const char *left, const char *when)
{
	struct deadline d = { 0 };
	char rest[200] = "";
	size_t len = 0;

	CHECK(deadline_at_end(text, NOW, &d, &len) == DEADLINE_READ);
	CHECK(len > 0 && len < sizeof(rest));
	memcpy(rest, text, len);
	CHECK_TEXT(rest, left);
	CHECK_TEXT(shown(&d), when);
}

static enum deadline_read at_end(const char *text)
{
	struct deadline d = { 0 };
	size_t len;

	return deadline_at_end(text, NOW, &d, &len);
}

static void days_are_named(void)
{
	means("today 21:00", "Mon 23 Nov 21:00");
	means("tomorrow", "Tue 24 Nov 17:00");
	means("Tomorrow 10:00", "Tue 24 Nov 10:00");
	means("tomorrow at 5:30pm", "Tue 24 Nov 17:30");
	means("fri", "Fri 27 Nov 17:00");
	means("Friday 9am", "Fri 27 Nov 09:00");
	means("wednesday 12am", "Wed 25 Nov 00:00");
	means("2026-12-01", "Tue 1 Dec 17:00");
	means("2027-02-28 08:05", "Sun 28 Feb 2027 08:05");
	means("27 nov 12:00", "Fri 27 Nov 12:00");
	means("1 february", "Mon 1 Feb 2027 17:00");
	means("by 2 Sept", "Thu 2 Sep 2027 17:00");
	means("21:30", "Mon 23 Nov 21:30");
}

static void a_day_of_the_week_is_never_today(void)
{
	means("mon", "Mon 30 Nov 17:00");
	means("monday 23:00", "Mon 30 Nov 23:00");
	means("sun", "Sun 29 Nov 17:00");
	means("tue", "Tue 24 Nov 17:00");
}

static void spans_count_from_now(void)
{
	means("in 2h", "Mon 23 Nov 22:00");
	means("in 90 minutes", "Mon 23 Nov 21:30");
	means("in 3d", "Thu 26 Nov 20:00");
	means("in 1 week", "Mon 30 Nov 20:00");
}

static void hours_are_by_the_clock_of_the_world_and_days_by_the_calendar(void)
{
	struct deadline d = { 0 };

	CHECK(deadline_read("in 24h", NOW, &d) == DEADLINE_READ);
	CHECK(d.span_us == 86400 * SECOND_US && d.local_us == 0);
	CHECK(deadline_read("in 1d", NOW, &d) == DEADLINE_READ);
	CHECK(d.local_us == NOW + 86400 * SECOND_US && d.span_us == 0);
}

static void it_stands_at_the_end_of_a_text(void)
{
	ends("Restart the proxy by fri", "Restart the proxy", "Fri 27 Nov 17:00");
	ends("Restart it due 2026-12-01", "Restart it", "Tue 1 Dec 17:00");
	ends("Restart it due on 27 nov at 9:15", "Restart it", "Fri 27 Nov 09:15");
	ends("Restart it by 21:00", "Restart it", "Mon 23 Nov 21:00");
	ends("Restart it due in 2 hours", "Restart it", "Mon 23 Nov 22:00");
	ends("Restart it in 2h", "Restart it", "Mon 23 Nov 22:00");
	ends("Restart it tomorrow 10:00", "Restart it", "Tue 24 Nov 10:00");
	ends("Restart it\nfri  ", "Restart it", "Fri 27 Nov 17:00");
	ends("Restart it today 21:00", "Restart it", "Mon 23 Nov 21:00");
	ends("Restart <@U2> 2026-12-01", "Restart <@U2>", "Tue 1 Dec 17:00");
	ends("Restart <@U2|bob> today", "Restart <@U2|bob>", "Mon 23 Nov 17:00");
	ends("Restart it tomorrow by fri", "Restart it tomorrow", "Fri 27 Nov 17:00");
}

static void what_may_be_part_of_the_text_is_left_there(void)
{
	static const char *const TEXTS[] = { "fri", "by fri", "tomorrow 10:00", "restart it",
		"look at the logs from monday", "what broke on fri", "prepare for black friday",
		"see what broke today", "renew what ends 2026-12-01", "start at 10:00",
		"bring it to run in 5 minutes", "by friday we know more", "read it by next friday",
		"the backup of sun 10:00", "restart <@U2> 10:00", "due in 5", "in 0h done in 0h",
		"find who was paid by 17", "say it on the second of may", "rest of the week" };

	for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++)
		if (at_end(TEXTS[i]) != DEADLINE_NONE)
			CHECK_TEXT(TEXTS[i], "a text without a date");
}

static void no_such_day(void)
{
	static const char *const TEXTS[] = { "do it due 2026-02-30", "do it by 24:00",
		"do it due fri 12:60", "do it by 13pm", "do it by 31 nov", "do it by 0am",
		"do it due 1999-01-01" };

	for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++)
		if (at_end(TEXTS[i]) != DEADLINE_WRONG)
			CHECK_TEXT(TEXTS[i], "a date that is none");
}

int main(void)
{
	days_are_named();
	a_day_of_the_week_is_never_today();
	spans_count_from_now();
	hours_are_by_the_clock_of_the_world_and_days_by_the_calendar();
	it_stands_at_the_end_of_a_text();
	what_may_be_part_of_the_text_is_left_there();
	no_such_day();
	return 0;
}

#include "check.h"
#include "moment.h"

static const char TODAY[] = "2026-03-01 10:00";

static void reads(const char *text, const char *local, const char *rest)
{
	struct moment m = { 0 };
	const char *left = NULL;

	CHECK(moment_read(text, TODAY, &m, &left) == MOMENT_READ);
	CHECK_TEXT(m.local, local);
	CHECK_TEXT(left, rest);
}

static enum moment_read how(const char *text)
{
	struct moment m;
	const char *left;

	return moment_read(text, TODAY, &m, &left);
}

static void a_time_alone_is_today(void)
{
	reads("14:05", "2026-03-01 14:05:00", "");
	reads("9:05 rolled back", "2026-03-01 09:05:00", "rolled back");
	reads("14:05:30 x", "2026-03-01 14:05:30", "x");
	reads("Today 14:05 x", "2026-03-01 14:05:00", "x");
	reads("14:05: x", "2026-03-01 14:05:00", "x");
	reads("14:05,\n x", "2026-03-01 14:05:00", "x");
}

static void a_day_may_be_named(void)
{
	reads("yesterday 14:05 x", "2026-02-28 14:05:00", "x");
	reads("2024-02-29 00:00 x", "2024-02-29 00:00:00", "x");
	reads("2026-01-31T23:59:59Z x", "2026-01-31 23:59:59", "x");
}

static void yesterday_crosses_months_and_years(void)
{
	struct moment m = { 0 };
	const char *left;

	CHECK(moment_read("yesterday 1:00", "2024-03-01", &m, &left) == MOMENT_READ);
	CHECK_TEXT(m.local, "2024-02-29 01:00:00");
	CHECK(moment_read("yesterday 1:00", "2026-01-01", &m, &left) == MOMENT_READ);
	CHECK_TEXT(m.local, "2025-12-31 01:00:00");
}

static void only_z_is_utc(void)
{
	struct moment m = { 0 };
	const char *left;

	CHECK(moment_read("14:05Z x", TODAY, &m, &left) == MOMENT_READ && m.utc);
	CHECK(moment_read("14:05 Z x", TODAY, &m, &left) == MOMENT_READ && !m.utc);
	CHECK_TEXT(left, "Z x");
}

static void other_text_is_no_time(void)
{
	static const char *const TEXTS[] = { "", "rolled back", "yesterday it broke", "today",
		"2026-03-01 it broke", "2026-03-01", "3:1 is a ratio", "14:05pm", "14:055",
		"114:05", "14:05-15:00 outage", "14.05 x", ":05", "14:", "14:05:3 x", "yesterday",
		"yesterday14:05", "\xd9\xa1\xd9\xa4:\xd9\xa0\xd9\xa5 x" };

	for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++)
		CHECK(how(TEXTS[i]) == MOMENT_NONE);
}

static void what_looks_like_a_time_may_be_none(void)
{
	static const char *const TEXTS[] = { "24:00", "12:60 x", "12:00:60", "2026-02-29 12:00",
		"2026-13-01 12:00", "2026-00-01 12:00", "2026-01-00 12:00", "1999-12-31 12:00",
		"99:99" };

	for (size_t i = 0; i < sizeof(TEXTS) / sizeof(TEXTS[0]); i++)
		CHECK(how(TEXTS[i]) == MOMENT_WRONG);
}

int main(void)
{
	a_time_alone_is_today();
	a_day_may_be_named();
	yesterday_crosses_months_and_years();
	only_z_is_utc();
	other_text_is_no_time();
	what_looks_like_a_time_may_be_none();
	return 0;
}

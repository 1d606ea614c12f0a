/* Whether anybody is listening: what the desk writes down of it while time passes. */
#include <inttypes.h>
#include <stdlib.h>

#include "clock.h"
#include "they.h"

static const int64_t LONG_AGO_MS = 1; /* by clock_ms */

/* live_since: as watch_tick has it */
static void tick(struct stage *s, int64_t live_since)
{
	struct fail why;

	s->watch.desk = "talk";
	if (!watch_tick(&s->watch, s->store, &s->house, live_since, &why))
		stage_wrong(s, why.text, "a watch");
}

/* All that is known of who watched, and of what was read, was so long ago. */
static void pass(struct stage *s, int64_t seconds)
{
	static const char *const ALL[] = {
		"update watch set began_at = began_at - $1::bigint * interval '1 second',"
		" seen_at = seen_at - $1::bigint * interval '1 second' returning process",
		"update recovery set began_at = began_at - $1::bigint * interval '1 second',"
		" complete_at = complete_at - $1::bigint * interval '1 second' returning incident",
	};

	for (size_t i = 0; i < sizeof(ALL) / sizeof(ALL[0]); i++)
		(void)stage_ask(s, ALL[i], seconds);
	s->watch.seen_ms -= seconds * 1000;
	s->watch.again_at_ms -= seconds * 1000;
}

/* From now on. Watches go by the database's clock, and so do reports from here. */
void we_watch(struct stage *s, const char *rest)
{
	(void)rest;
	tick(s, clock_ms());
	s->now_us = clock_wall_us();
}

/* On its own; its watch is on record as ended. */
void incidentd_is_stopped(struct stage *s, const char *rest)
{
	struct fail why;

	(void)rest;
	if (!watch_end(&s->watch, s->store, &why))
		stage_wrong(s, why.text, "the end of a watch");
	s->now_us = clock_wall_us();
}

/* Nothing is on record of its end, and the next one knows nothing of it. */
void incidentd_is_killed(struct stage *s, const char *rest)
{
	(void)rest;
	s->watch = (struct watch){ 0 };
}

/* 10 seconds: it may be at work, or killed */
void incidentd_is_silent(struct stage *s, const char *rest)
{
	pass(s, strtoll(rest, NULL, 10));
}

/* 70 seconds; Slack is connected all the time */
void postgres_is_away(struct stage *s, const char *rest)
{
	pass(s, strtoll(rest, NULL, 10));
	tick(s, LONG_AGO_MS);
}

/* 40 seconds */
void slack_is_away(struct stage *s, const char *rest)
{
	tick(s, 0);
	pass(s, strtoll(rest, NULL, 10));
	tick(s, clock_ms());
}

/* The event is one without an event: it says so of the workspace. */
void slack_leaves_out(struct stage *s, const char *rest)
{
	enum { NOTICED_S = 6, OVER_S = 80 };

	(void)rest;
	they_limit(s);
	pass(s, NOTICED_S);
	tick(s, LONG_AGO_MS);
	tick(s, LONG_AGO_MS); /* it is not over yet */
	pass(s, OVER_S);
	tick(s, LONG_AGO_MS);
}

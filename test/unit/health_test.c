#include "check.h"
#include "health.h"

/* When a loop counts as stuck. Time is told. */

enum { BEGAN = 1000, LATE = BEGAN + HEALTH_STUCK_MS };

static void before_the_first_note_it_lives_and_is_not_begun(void)
{
	struct health *h = health_new();
	struct buf reasons = { 0 };

	CHECK(health_is_live(h, 1, &reasons));
	CHECK(health_is_live(h, LATE + 1, &reasons)); /* a Postgres that recovers takes its time */
	CHECK(!health_has_begun(h));
	CHECK(reasons.len == 0);
	buf_done(&reasons);
	health_free(h);
}

static void a_loop_that_does_not_turn_is_not_live(void)
{
	struct health *h = health_new();
	struct buf reasons = { 0 };

	health_note(h, BEGAN, 1, NULL);
	CHECK(health_has_begun(h));
	CHECK(health_is_live(h, LATE, &reasons));
	CHECK(reasons.len == 0);
	CHECK(!health_is_live(h, LATE + 1, &reasons));
	CHECK_TEXT(reasons.text, "loop: stuck for 10001 ms\n");
	health_note(h, LATE, 1, NULL);
	CHECK(health_is_live(h, LATE + 1, &reasons));
	buf_done(&reasons);
	health_free(h);
}

static void what_keeps_slack_away_is_told(void)
{
	struct health *h = health_new();
	struct buf reasons = { 0 };

	health_note(h, BEGAN, 0, " invalid_auth: look at the token");
	CHECK(!health_has_slack(h, &reasons));
	CHECK_TEXT(reasons.text, "slack: no connection invalid_auth: look at the token\n");
	health_note(h, BEGAN, 0, NULL);
	buf_empty(&reasons);
	CHECK(!health_has_slack(h, &reasons));
	CHECK_TEXT(reasons.text, "slack: no connection\n");
	health_note(h, BEGAN, 2, NULL);
	CHECK(health_has_slack(h, &reasons));
	buf_done(&reasons);
	health_free(h);
}

int main(void)
{
	before_the_first_note_it_lives_and_is_not_begun();
	a_loop_that_does_not_turn_is_not_live();
	what_keeps_slack_away_is_told();
	return 0;
}

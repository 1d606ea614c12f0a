#include "check.h"
#include "queue.h"
#include "troubles.h"

/* Tried each so many ms from a moment on, until another: what is to be done with it then. */
static enum patience tried(struct item *it, int64_t from, int64_t until, int64_t step)
{
	enum patience last = PATIENCE_ALL_WAIT;

	for (int64_t at = from; at <= until; at += step)
		last = item_failed_at(it, at);
	return last;
}

static void first_all_wait_then_others_go_first_then_it_is_over(void)
{
	struct item it = { 0 };

	CHECK(tried(&it, 1, 1, 1) == PATIENCE_ALL_WAIT);
	CHECK(tried(&it, 500, 20000, 500) == PATIENCE_ALL_WAIT);
	CHECK(tried(&it, 20001, 20001, 1) == PATIENCE_OTHERS_FIRST);
	CHECK(tried(&it, 30000, 600000, 10000) == PATIENCE_OTHERS_FIRST);
	CHECK(tried(&it, 600001, 600001, 1) == PATIENCE_OVER);
}

/* Postgres was away for an hour: the first race that is lost afterwards is not the end. */
static void time_in_which_it_was_not_tried_does_not_count(void)
{
	struct item it = { 0 };

	CHECK(tried(&it, 1000, 19000, 1000) == PATIENCE_ALL_WAIT);
	CHECK(item_failed_at(&it, 3600000) == PATIENCE_ALL_WAIT);
	CHECK(tried(&it, 3601000, 3619000, 1000) == PATIENCE_ALL_WAIT);
	CHECK(item_failed_at(&it, 3620000) == PATIENCE_OTHERS_FIRST);
}

/* Looked at every two seconds for an hour. */
static int asked_in_an_hour(struct troubles *t, int64_t *first)
{
	int asked = 0;

	*first = 0;
	for (int64_t at = 0; at <= 3600000; at += 2000)
		if (troubles_ask_now(t, 1, at) && asked++ == 0)
			*first = at;
	return asked;
}

static void what_stands_is_asked_about_ever_more_seldom(void)
{
	struct troubles t = { 0 };
	int64_t first;

	CHECK(asked_in_an_hour(&t, &first) == 15);
	CHECK(first == 16000);
	CHECK(!troubles_ask_now(&t, 0, 3600000)); /* it is over: never */
	CHECK(!troubles_ask_now(&t, 1, 3601000)); /* another one: soon again */
	CHECK(troubles_ask_now(&t, 1, 3616000));
}

int main(void)
{
	what_stands_is_asked_about_ever_more_seldom();
	first_all_wait_then_others_go_first_then_it_is_over();
	time_in_which_it_was_not_tried_does_not_count();
	return 0;
}

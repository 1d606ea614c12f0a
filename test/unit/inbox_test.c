#include "check.h"
#include "queue.h"

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

int main(void)
{
	first_all_wait_then_others_go_first_then_it_is_over();
	time_in_which_it_was_not_tried_does_not_count();
	return 0;
}

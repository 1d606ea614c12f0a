#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "check.h"
#include "clock.h"
#include "loop.h"

struct seen {
	struct loop *loop;
	int wakes, dues, terms, hups, founds;
	char address[64];
	bool lost;
};

static void count_wake(void *ctx)
{
	struct seen *s = ctx;

	s->wakes++;
	loop_stop(s->loop);
}

static void count_due(void *ctx)
{
	struct seen *s = ctx;

	s->dues++;
	loop_stop(s->loop);
}

static void never(void *ctx)
{
	(void)ctx;
	CHECK(!"this timer was cancelled");
}

static void count_term(void *ctx)
{
	struct seen *s = ctx;

	s->terms++;
	loop_stop(s->loop);
}

static void count_hup(void *ctx)
{
	struct seen *s = ctx;

	s->hups++;
	loop_stop(s->loop);
}

static void *wake_from_afar(void *ctx)
{
	struct seen *s = ctx;

	for (int i = 0; i < 100; i++)
		loop_wake(s->loop);
	return NULL;
}

static struct loop *good_loop(void)
{
	struct fail why = { 0 };
	struct loop *l = loop_new(NULL, &why);

	if (l == NULL)
		fprintf(stderr, "%s\n", why.text);
	CHECK(l != NULL);
	return l;
}

static void birth_and_death_are_clean(void)
{
	loop_free(NULL);
	loop_free(good_loop());
	loop_free(good_loop());
}

static void an_authority_file_that_is_not_there_is_refused(void)
{
	struct fail why = { 0 };

	CHECK(loop_new("/nowhere/ca.pem", &why) == NULL);
	CHECK(why.kind == FAIL_REFUSED && strstr(why.text, "/nowhere/ca.pem") != NULL);
}

static void another_thread_wakes_the_loop(void)
{
	struct seen s = { .loop = good_loop() };
	pthread_t thread;

	loop_on_wake(s.loop, count_wake, &s);
	CHECK(pthread_create(&thread, NULL, wake_from_afar, &s) == 0);
	loop_run(s.loop);
	CHECK(pthread_join(thread, NULL) == 0);
	CHECK(s.wakes == 1);
	loop_free(s.loop);
}

static void a_timer_is_due_once_and_can_be_moved_and_cancelled(void)
{
	struct seen s = { .loop = good_loop() };
	struct timer *due = timer_new(s.loop, count_due, &s);
	struct timer *cancelled = timer_new(s.loop, never, NULL);
	struct timer *freed = timer_new(s.loop, never, NULL);
	int64_t begun = clock_ms();

	timer_set(cancelled, 1);
	timer_cancel(cancelled);
	timer_set(freed, 1);
	timer_free(freed);
	timer_free(NULL);
	timer_set(due, 1);
	timer_set(due, 30);
	loop_run(s.loop);
	CHECK(s.dues == 1);
	CHECK(clock_ms() - begun >= 29);
	timer_free(due);
	timer_free(cancelled);
	loop_free(s.loop);
}

static void signals_reach_their_rooms(void)
{
	struct seen s = { .loop = good_loop() };

	loop_on_term(s.loop, count_term, &s);
	loop_on_hup(s.loop, count_hup, &s);
	CHECK(kill(getpid(), SIGHUP) == 0);
	loop_run(s.loop);
	CHECK(s.hups == 1 && s.terms == 0);
	CHECK(kill(getpid(), SIGTERM) == 0);
	loop_run(s.loop);
	CHECK(kill(getpid(), SIGINT) == 0);
	loop_run(s.loop);
	CHECK(s.hups == 1 && s.terms == 2);
	loop_free(s.loop);
}

static void keep_address(void *ctx, const char *address, const char *error)
{
	struct seen *s = ctx;

	s->founds++;
	s->lost = error != NULL;
	(void)snprintf(s->address, sizeof(s->address), "%s", address != NULL ? address : "");
	loop_stop(s->loop);
}

static void a_host_is_looked_up(void)
{
	struct seen s = { .loop = good_loop() };
	struct lookup *number = lookup_new(s.loop, "127.0.0.1", 7, keep_address, &s);
	struct lookup *given_up;

	loop_run(s.loop);
	CHECK(s.founds == 1);
	CHECK_TEXT(s.address, "127.0.0.1");
	lookup_free(number);
	number = lookup_new(s.loop, "no host.invalid", 0, keep_address, &s);
	loop_run(s.loop);
	CHECK(s.founds == 2 && s.lost);
	lookup_free(number);
	lookup_free(NULL);
	given_up = lookup_new(s.loop, "127.0.0.2", 0, keep_address, &s);
	lookup_free(given_up);
	loop_free(s.loop);
	CHECK(s.founds == 2);
}

int main(void)
{
	birth_and_death_are_clean();
	an_authority_file_that_is_not_there_is_refused();
	another_thread_wakes_the_loop();
	a_timer_is_due_once_and_can_be_moved_and_cancelled();
	signals_reach_their_rooms();
	a_host_is_looked_up();
	return 0;
}

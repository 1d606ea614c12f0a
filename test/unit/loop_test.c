#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
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

/* A folder with a file in it, which is reached by a link to that folder, as Kubernetes mounts settings. */
struct mount {
	char *folder;
	char path[64], name[64], link[64], next[64];
	struct loop *loop;
	struct timer *deadline;
	char said[64], error[64];
	int reads;
};

static void too_late(void *ctx)
{
	(void)ctx;
	CHECK(!"the file was not read again");
}

static void keep_text(void *ctx, const char *text, size_t len, const char *error)
{
	struct mount *m = ctx;

	CHECK((text == NULL) == (error != NULL));
	CHECK(text == NULL || strlen(text) == len);
	m->reads++;
	(void)snprintf(m->said, sizeof(m->said), "%s", text != NULL ? text : "");
	(void)snprintf(m->error, sizeof(m->error), "%s", error != NULL ? error : "");
	loop_stop(m->loop);
}

static void write_in(const struct mount *m, const char *folder, const char *text)
{
	char name[200];
	FILE *f;

	(void)snprintf(name, sizeof(name), "%s/%s", m->folder, folder);
	(void)mkdir(name, 0755); /* it may be there */
	(void)snprintf(name, sizeof(name), "%s/%s/file", m->folder, folder);
	f = fopen(name, "w");
	CHECK(f != NULL && fputs(text, f) >= 0 && fclose(f) == 0);
}

static void turn_link_to(const struct mount *m, const char *folder)
{
	CHECK(symlink(folder, m->next) == 0 && rename(m->next, m->link) == 0);
}

static void open_mount(struct mount *m)
{
	char folder[] = "/tmp/loop_test.XXXXXX";

	*m = (struct mount){ .loop = good_loop() };
	m->folder = strdup(mkdtemp(folder));
	(void)snprintf(m->link, sizeof(m->link), "%s/now", m->folder);
	(void)snprintf(m->next, sizeof(m->next), "%s/next", m->folder);
	(void)snprintf(m->path, sizeof(m->path), "%s/now/file", m->folder);
	(void)snprintf(m->name, sizeof(m->name), "%s/a/new", m->folder);
	m->deadline = timer_new(m->loop, too_late, m);
	timer_set(m->deadline, 20000);
}

static void close_mount(struct mount *m)
{
	char command[100];

	timer_free(m->deadline);
	loop_free(m->loop);
	(void)snprintf(command, sizeof(command), "rm -r '%s'", m->folder);
	CHECK(system(command) == 0);
	free(m->folder);
}

static void expect(struct mount *m, const char *said, const char *error)
{
	loop_run(m->loop);
	CHECK_TEXT(m->said, said);
	CHECK_TEXT(m->error, error);
}

static void a_file_is_read_again_however_it_changes(void)
{
	struct mount m;
	struct file_watch *w;
	FILE *f;

	open_mount(&m);
	write_in(&m, "a", "one");
	write_in(&m, "b", "four");
	turn_link_to(&m, "a");
	w = file_watch_new(m.loop, m.path, 8, keep_text, &m);
	expect(&m, "one", "");
	write_in(&m, "a", "two");
	expect(&m, "two", "");
	f = fopen(m.name, "w"); /* as an editor saves */
	CHECK(f != NULL && fputs("three", f) >= 0 && fclose(f) == 0);
	(void)snprintf(m.next, sizeof(m.next), "%s/a/file", m.folder);
	CHECK(rename(m.name, m.next) == 0);
	expect(&m, "three", "");
	(void)snprintf(m.next, sizeof(m.next), "%s/next", m.folder);
	turn_link_to(&m, "b");
	expect(&m, "four", "");
	CHECK(unlink(m.path) == 0);
	expect(&m, "", "No such file or directory");
	CHECK(mkdir(m.path, 0755) == 0);
	expect(&m, "", "it is not a file");
	CHECK(rmdir(m.path) == 0);
	write_in(&m, "b", "123456789");
	expect(&m, "12345678", "");
	file_watch_look(w);
	file_watch_look(w);
	expect(&m, "12345678", "");
	CHECK(m.reads == 8);
	file_watch_look(w);
	file_watch_free(w);
	file_watch_free(NULL);
	close_mount(&m);
	CHECK(m.reads == 8);
}

int main(void)
{
	birth_and_death_are_clean();
	an_authority_file_that_is_not_there_is_refused();
	another_thread_wakes_the_loop();
	a_timer_is_due_once_and_can_be_moved_and_cancelled();
	signals_reach_their_rooms();
	a_host_is_looked_up();
	a_file_is_read_again_however_it_changes();
	return 0;
}

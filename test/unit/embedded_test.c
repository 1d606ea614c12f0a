#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "check.h"
#include "clock.h"
#include "embedded.h"

/* A real Postgres in a directory of /tmp. As root it runs as `postgres`, and once more as `nobody`. */

static int run(const char *command)
{
	int status = system(command); // NOLINT(bugprone-command-processor,cert-env33-c): a test
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int query(const char *conninfo, const char *sql)
{
	struct buf command = { 0 };
	int status;

	buf_printf(&command, "psql -X -q -d \"%s\" -c \"%s\" >/dev/null 2>&1", conninfo, sql);
	status = run(command.text);
	buf_done(&command);
	return status;
}

/* The number in the first line of postmaster.pid; 0: there is none. */
static int server_of(const char *data)
{
	struct buf path = { 0 };
	char line[32] = "";
	FILE *in;

	buf_printf(&path, "%s/postgres/postmaster.pid", data);
	in = fopen(path.text, "re");
	buf_done(&path);
	if (in == NULL)
		return 0;
	CHECK(fgets(line, sizeof(line), in) != NULL);
	(void)fclose(in);
	return (int)strtol(line, NULL, 10);
}

static void it_starts_answers_and_stops(const char *data)
{
	struct fail why = { 0 };
	struct embedded *e = embedded_open(data, &why);
	char *found;
	int server;

	if (e == NULL)
		fprintf(stderr, "%s\n", why.text);
	CHECK(e != NULL);
	server = server_of(data);
	CHECK(server > 0);
	CHECK(query(embedded_conninfo(e), "create table kept (n int)") == 0);
	found = embedded_find(data, &why);
	CHECK_TEXT(found, embedded_conninfo(e));
	free(found);
	embedded_close(e);
	CHECK(kill(server, 0) != 0);
	CHECK(embedded_find(data, &why) == NULL);
	CHECK(why.kind == FAIL_REFUSED);
}

/* A daemon that is killed takes its Postgres with it, even with a session open. */
static int killed_daemon(const char *data)
{
	int pipes[2], server = 0;
	pid_t daemon;

	CHECK(pipe(pipes) == 0);
	daemon = fork();
	if (daemon == 0) {
		struct fail why = { 0 };
		struct embedded *e = embedded_open(data, &why);
		int up = e != NULL ? server_of(data) : -1;
		if (write(pipes[1], &up, sizeof(up)) != sizeof(up))
			_exit(1);
		for (;;)
			pause();
	}
	CHECK(read(pipes[0], &server, sizeof(server)) == sizeof(server));
	(void)close(pipes[0]);
	(void)close(pipes[1]);
	CHECK(kill(daemon, SIGKILL) == 0);
	CHECK(waitpid(daemon, NULL, 0) == daemon);
	return server;
}

static void it_comes_back_after_a_kill(const char *data)
{
	struct fail why = { 0 };
	int first = killed_daemon(data);
	struct embedded *e;

	CHECK(first > 0);
	e = embedded_open(data, &why);
	if (e == NULL)
		fprintf(stderr, "%s\n", why.text);
	CHECK(e != NULL);
	CHECK(server_of(data) != first);
	CHECK(query(embedded_conninfo(e), "insert into kept values (1)") == 0);
	embedded_close(e);
	CHECK(server_of(data) == 0);
}

/* Its sessions may need a moment to see that it is gone: until then a new one refuses to start. */
static void it_is_started_again_when_it_dies_alone(const char *data)
{
	struct fail why = { 0 };
	struct embedded *e = embedded_open(data, &why);
	struct buf conninfo = { 0 };
	int first, tries = 0;

	CHECK(e != NULL);
	buf_add(&conninfo, embedded_conninfo(e));
	first = server_of(data);
	CHECK(embedded_watch(e, &why) && server_of(data) == first);
	CHECK(kill(first, SIGKILL) == 0);
	while (server_of(data) == first || query(conninfo.text, "select n from kept") != 0) {
		CHECK(++tries < 300);
		CHECK(embedded_watch(e, &why));
		(void)usleep(100000);
	}
	CHECK_TEXT(embedded_conninfo(e), conninfo.text);
	first = server_of(data);
	embedded_close(e);
	CHECK(kill(first, 0) != 0);
	buf_done(&conninfo);
}

/* postgresql.conf with one more line, or without the last such. */
static void set_line(const char *data, const char *line)
{
	struct buf command = { 0 };

	buf_printf(&command,
		"cd %s/postgres && sed -i '/ # of the test$/d' postgresql.conf && echo '%s # of the test' "
		">>postgresql.conf",
		data, line);
	CHECK(run(command.text) == 0);
	buf_done(&command);
}

static int count_in_log(const char *data, const char *words)
{
	struct buf path = { 0 };
	char line[1024];
	int count = 0;
	FILE *in;

	buf_printf(&path, "%s/postgres.log", data);
	in = fopen(path.text, "re");
	CHECK(in != NULL);
	while (fgets(line, sizeof(line), in) != NULL)
		count += strstr(line, words) != NULL;
	(void)fclose(in);
	buf_done(&path);
	return count;
}

/* One that cannot start: after 0.5 s, 1 s more, 2 s more; watched for 3 s, and as long as it takes to say so. */
static void it_is_started_more_and_more_rarely(const char *data)
{
	struct fail why = { 0 };
	struct embedded *e = embedded_open(data, &why);
	int64_t begun = clock_ms();
	int tries = 0;

	CHECK(e != NULL);
	set_line(data, "nonsense = 1");
	CHECK(kill(server_of(data), SIGKILL) == 0);
	while (clock_ms() - begun < 3000) {
		CHECK(embedded_watch(e, &why));
		(void)usleep(50000);
	}
	CHECK(count_in_log(data, "nonsense") <= 4);
	CHECK(count_in_log(data, "FATAL:  configuration file") <= 2);
	while (count_in_log(data, "nonsense") == 0) {
		CHECK(++tries < 600);
		CHECK(embedded_watch(e, &why));
		(void)usleep(50000);
	}
	tries = 0;
	set_line(data, "");
	while (query(embedded_conninfo(e), "select n from kept") != 0) {
		CHECK(++tries < 300);
		CHECK(embedded_watch(e, &why));
		(void)usleep(100000);
	}
	embedded_close(e);
}

/* A session that is at work sees only afterwards that its Postgres is gone. It ends by itself. */
static pid_t busy_session(const char *conninfo)
{
	pid_t session = fork();
	int tries = 0;

	if (session == 0) {
		(void)execlp("psql", "psql", "-X", "-q", "-d", conninfo, "-c",
			"select count(*) as busy from (select generate_series(1, 20000000)) n",
			(char *)NULL);
		_exit(1);
	}
	while (query(conninfo,
		       "select 1 / count(*) from pg_stat_activity where pid <> pg_backend_pid() and "
		       "query like '%as busy%'") != 0) {
		CHECK(++tries < 1000);
		(void)usleep(20000);
	}
	return session;
}

/* Neither the daemon nor the first process of its Postgres is there to end the sessions. */
static void both_are_killed_at_once(const char *data)
{
	struct fail why = { 0 };
	struct embedded *killed = embedded_open(data, &why), *next;
	pid_t session, first;

	CHECK(killed != NULL);
	first = server_of(data);
	session = busy_session(embedded_conninfo(killed));
	CHECK(kill(first, SIGKILL) == 0);
	CHECK(kill(session, SIGKILL) == 0);
	CHECK(waitpid(session, NULL, 0) == session);
	next = embedded_open(data, &why);
	if (next == NULL)
		fprintf(stderr, "%s\n", why.text);
	CHECK(next != NULL);
	CHECK(server_of(data) != first);
	embedded_close(next);
	embedded_close(killed);
}

static void a_stale_number_does_not_matter(const char *data)
{
	struct fail why = { 0 };
	struct buf path = { 0 };
	struct embedded *e;
	FILE *out;

	buf_printf(&path, "%s/postgres/postmaster.pid", data);
	out = fopen(path.text, "we");
	CHECK(out != NULL);
	fprintf(out, "%d\n%s/postgres\n1\n5432\n\n\n\nready\n", (int)getppid(), data);
	CHECK(fclose(out) == 0);
	buf_done(&path);
	CHECK(embedded_find(data, &why) == NULL);
	e = embedded_open(data, &why);
	CHECK(e != NULL);
	embedded_close(e);
}

static void another_version_is_refused(const char *data)
{
	struct fail why = { 0 };
	struct buf path = { 0 };
	FILE *out;

	buf_printf(&path, "%s/postgres/PG_VERSION", data);
	out = fopen(path.text, "we");
	CHECK(out != NULL);
	fprintf(out, "9\n");
	CHECK(fclose(out) == 0);
	buf_done(&path);
	CHECK(embedded_open(data, &why) == NULL);
	CHECK(why.kind == FAIL_REFUSED);
	CHECK(strstr(why.text, "Postgres 9") != NULL);
}

static void a_long_path_is_no_obstacle(const char *data)
{
	struct buf deep = { 0 };
	struct fail why = { 0 };
	struct embedded *e;

	buf_printf(&deep, "%s/long-%0100d", data, 7);
	e = embedded_open(deep.text, &why);
	if (e == NULL)
		fprintf(stderr, "%s\n", why.text);
	CHECK(e != NULL);
	CHECK(query(embedded_conninfo(e), "select 1") == 0);
	embedded_close(e);
	buf_done(&deep);
}

static void a_closed_directory_is_explained(const char *data)
{
	struct buf deep = { 0 };
	struct fail why = { 0 };

	if (geteuid() != 0)
		return; /* nobody else is asked to enter */
	buf_printf(&deep, "%s/closed", data);
	CHECK(mkdir(deep.text, 0700) == 0);
	buf_add(&deep, "/data");
	CHECK(embedded_open(deep.text, &why) == NULL);
	CHECK(strstr(why.text, "cannot reach") != NULL);
	buf_done(&deep);
}

static bool log_has(const char *data, const char *words)
{
	struct buf command = { 0 };
	int status;

	buf_printf(&command, "grep -q '%s' %s/postgres.log", words, data);
	status = run(command.text);
	buf_done(&command);
	CHECK(status == 0 || status == 1);
	return status == 0;
}

static void its_log_has_nothing_of_what_is_kept(const char *data)
{
	struct fail why = { 0 };
	struct embedded *e = embedded_open(data, &why);

	CHECK(e != NULL);
	CHECK(query(embedded_conninfo(e),
		      "create table said (id int primary key, words text check (words = 'x'))") ==
		0);
	CHECK(query(embedded_conninfo(e), "insert into said values (1, 'a-secret-word')") != 0);
	CHECK(query(embedded_conninfo(e), "select 'a-secret-word' from nowhere") != 0);
	embedded_close(e);
	CHECK(log_has(data, "violates check constraint"));
	CHECK(!log_has(data, "a-secret-word"));
}

static void a_long_log_is_put_aside(const char *data)
{
	struct buf command = { 0 };
	struct fail why = { 0 };

	CHECK(log_has(data, "violates check constraint"));
	buf_printf(&command, "truncate -s 20M %s/postgres.log", data);
	CHECK(run(command.text) == 0);
	embedded_close(embedded_open(data, &why));
	CHECK(!log_has(data, "violates check constraint"));
	buf_empty(&command);
	buf_printf(&command, "grep -q 'violates check constraint' %s/postgres.log.1", data);
	CHECK(run(command.text) == 0);
	buf_done(&command);
}

static void all_of_it(void)
{
	char data[] = "/tmp/embedded-test-XXXXXX";
	struct buf sweep = { 0 };

	CHECK(mkdtemp(data) != NULL);
	CHECK(chmod(data, geteuid() == 0 ? 0711 : 0700) == 0);
	it_starts_answers_and_stops(data);
	it_comes_back_after_a_kill(data);
	it_is_started_again_when_it_dies_alone(data);
	it_is_started_more_and_more_rarely(data);
	both_are_killed_at_once(data);
	a_stale_number_does_not_matter(data);
	its_log_has_nothing_of_what_is_kept(data);
	a_long_log_is_put_aside(data);
	a_long_path_is_no_obstacle(data);
	a_closed_directory_is_explained(data);
	another_version_is_refused(data);
	buf_printf(&sweep, "rm -rf %s", data);
	CHECK(run(sweep.text) == 0);
	buf_done(&sweep);
}

int main(void)
{
	int status = 0;

	all_of_it();
	if (geteuid() != 0)
		return 0;
	const struct passwd *nobody = getpwnam("nobody");
	if (nobody == NULL)
		return 0;
	if (fork() == 0) {
		CHECK(setgroups(0, NULL) == 0 && setgid(nobody->pw_gid) == 0 &&
			setuid(nobody->pw_uid) == 0);
		all_of_it();
		exit(0);
	}
	CHECK(wait(&status) > 0);
	return status == 0 ? 0 : 1;
}

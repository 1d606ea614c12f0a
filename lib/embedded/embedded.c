#include "embedded.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "buf.h"
#include "clock.h"
#include "log.h"
#include "parts.h"

enum {
	STEP_MS = 20,
	READY_MS = 300000, /* after a crash it replays its journal first */
	GONE_MS = 10000,
	STOP_MS = 10000,
	PORT = 5432,
	LONG_LOG = 16 * 1024 * 1024,
	/* When it ends by itself: the first pause, the longest, and for how long it must have run to be well. */
	PAUSE_MS = 500,
	LONGEST_PAUSE_MS = 30000,
	WELL_MS = 60000,
};

struct embedded {
	struct owner owner;
	char *user; /* owned; owner.user */
	char *bin;  /* owned */
	struct buf data, cluster, data_file, log, sockets, conninfo;
	bool sockets_elsewhere;     /* in /tmp: a socket's path is limited to 107 bytes */
	pid_t pid;                  /* 0: not running */
	int64_t began_at, again_at; /* ms: when it was started, and is not before */
	int pause_ms;
};

static void step(void)
{
	(void)nanosleep(&(struct timespec){ .tv_nsec = STEP_MS * 1000000L }, NULL);
}

static bool find_data(struct embedded *e, const char *data_dir, struct fail *why)
{
	char *whole;

	if (mkdir(data_dir, geteuid() == 0 ? 0711 : 0700) != 0 && errno != EEXIST)
		return fail_set(why, FAIL_REFUSED, "cannot make the data directory %s: %s",
			data_dir, strerror(errno));
	whole = realpath(data_dir, NULL);
	if (whole == NULL)
		return fail_set(
			why, FAIL_REFUSED, "data directory %s: %s", data_dir, strerror(errno));
	buf_add(&e->data, whole);
	free(whole);
	buf_printf(&e->cluster, "%s/postgres", e->data.text);
	buf_printf(&e->data_file, "%s/PG_VERSION", e->cluster.text);
	buf_printf(&e->log, "%s/postgres.log", e->data.text);
	return true;
}

/* Data that was made by a user stays that user's, even when root starts us later. */
static bool find_owner(struct embedded *e, struct fail *why)
{
	const struct passwd *person;
	uid_t uid;

	if (geteuid() != 0)
		return true;
	uid = cluster_owner(e->cluster.text);
	person = uid != 0 ? getpwuid(uid) : getpwnam("postgres");
	if (person == NULL)
		return fail_set(why, FAIL_REFUSED,
			"Postgres does not run as root and there is no user for it: install postgresql, "
			"start incidentd as another user, or set DATABASE_URL");
	e->user = strdup(person->pw_name);
	e->owner = (struct owner){ person->pw_uid, person->pw_gid, e->user };
	return true;
}

/* Nobody runs here: a number in it that is somebody else's by now would only keep us from starting. */
static void forget_socket_lock(const struct embedded *e)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s/.s.PGSQL.%d.lock", e->sockets.text, PORT);
	(void)unlink(path.text); /* usually absent */
	buf_done(&path);
}

static bool place_sockets(struct embedded *e, struct fail *why)
{
	const size_t most =
		sizeof(((struct sockaddr_un *)NULL)->sun_path) - sizeof("/.s.PGSQL.5432");
	char elsewhere[] = "/tmp/incidentd-XXXXXX";

	buf_printf(&e->sockets, "%s/run", e->data.text);
	if (e->sockets.len > most) {
		if (mkdtemp(elsewhere) == NULL)
			return fail_set(
				why, FAIL_LATER, "no directory in /tmp: %s", strerror(errno));
		buf_empty(&e->sockets);
		buf_add(&e->sockets, elsewhere);
		e->sockets_elsewhere = true;
	}
	if (!cluster_directory(e->sockets.text, 0700, &e->owner, why))
		return false;
	forget_socket_lock(e);
	return true;
}

/*
 * A Postgres whose daemon was killed goes down by itself, and the sessions of one that was killed end: a new one
 * would refuse to start beside them. One that stays has a daemon that lives.
 */
static bool wait_for_last_one(const struct embedded *e, struct fail *why)
{
	int64_t until = clock_ms() + GONE_MS;
	pid_t last;

	while ((last = worker_find(e->cluster.text)) != 0) {
		if (clock_ms() > until)
			return fail_set(why, FAIL_REFUSED,
				"a Postgres (process %d) runs in %s already: is there another incidentd "
				"with this data directory?",
				(int)last, e->cluster.text);
		step();
	}
	pidfile_remove_foreign(e->cluster.text);
	return true;
}

static bool wait_until_ready(struct embedded *e, const struct child *child, struct fail *why)
{
	int64_t until = clock_ms() + READY_MS;
	int status = 0;

	while (clock_ms() < until) {
		struct pidfile now;
		if (pidfile_read(e->cluster.text, &now) && now.pid == e->pid && now.ready)
			return true;
		if (waitpid(e->pid, &status, WNOHANG) == e->pid) {
			child_explain(child, e->pid, status, why);
			e->pid = 0;
			return false;
		}
		step();
	}
	return fail_set(why, FAIL_LATER, "Postgres is not ready after %d s, see %s",
		READY_MS / 1000, e->log.text);
}

/* One that grew long is put aside, in the place of the one before. */
static void turn_log(const struct embedded *e)
{
	struct buf aside = { 0 };
	struct stat s;

	if (stat(e->log.text, &s) != 0 || s.st_size <= LONG_LOG)
		return;
	buf_printf(&aside, "%s.1", e->log.text);
	if (rename(e->log.text, aside.text) != 0)
		log_warn("%s stays as long as it is: %s", e->log.text, strerror(errno));
	buf_done(&aside);
}

/*
 * Its log says which rule was broken and by which table, never what was in the row or in the statement: that is what
 * people said. Whatever stands in postgresql.conf, these win.
 */
#define SAY_NO_TEXTS                                                                               \
	"-c", "log_error_verbosity=terse", "-c", "log_min_error_statement=panic", "-c",            \
		"log_statement=none", "-c", "log_min_duration_statement=-1", "-c",                 \
		"log_parameter_max_length_on_error=0"

static bool start(struct embedded *e, bool wait, struct fail *why)
{
	struct buf program = { 0 }, sockets = { 0 };
	bool started;

	buf_printf(&program, "%s/postgres", e->bin);
	buf_printf(&sockets, "unix_socket_directories=\"%s\"", e->sockets.text);
	const char *argv[] = { program.text, "-D", e->cluster.text, "-c", "listen_addresses=", "-c",
		sockets.text, "-c", "unix_socket_permissions=0700", "-c", "port=5432", "-c",
		"shared_buffers=32MB", "-c", "max_connections=40", "-c", "logging_collector=off",
		"-c", "log_checkpoints=off", SAY_NO_TEXTS, NULL };
	struct child child = { .argv = argv,
		.dir = e->cluster.text,
		.log = e->log.text,
		.owner = &e->owner,
		.dies_by = SIGINT };

	turn_log(e);
	e->began_at = clock_ms();
	e->pid = child_start(&child, why);
	started = e->pid > 0 && (!wait || wait_until_ready(e, &child, why));
	buf_done(&program);
	buf_done(&sockets);
	return started;
}

static void write_conninfo(struct buf *to, const char *socket_dir, int port)
{
	buf_add(to, "host='");
	for (const char *p = socket_dir; *p != '\0'; p++)
		buf_printf(to, "%s%c", *p == '\'' || *p == '\\' ? "\\" : "", *p);
	buf_printf(to, "' port=%d user=postgres dbname=postgres", port);
}

static bool prepare_and_start(struct embedded *e, const char *data_dir, struct fail *why)
{
	int version;

	if (!find_data(e, data_dir, why) || !find_owner(e, why))
		return false;
	version = cluster_version(e->cluster.text);
	e->bin = install_find(version, why);
	return e->bin != NULL &&
		(version != 0 ||
			cluster_make(e->cluster.text, e->bin, e->log.text, &e->owner, why)) &&
		wait_for_last_one(e, why) && place_sockets(e, why) && start(e, true, why);
}

struct embedded *embedded_open(const char *data_dir, struct fail *why)
{
	struct embedded *e = calloc(1, sizeof(*e));

	if (e == NULL)
		abort();
	if (!prepare_and_start(e, data_dir, why)) {
		embedded_close(e);
		return NULL;
	}
	write_conninfo(&e->conninfo, e->sockets.text, PORT);
	return e;
}

/* Each time that it does not last the pause doubles. */
static void put_off(struct embedded *e, bool lasted)
{
	e->pause_ms = lasted || e->pause_ms == 0 ? PAUSE_MS : e->pause_ms * 2;
	if (e->pause_ms > LONGEST_PAUSE_MS)
		e->pause_ms = LONGEST_PAUSE_MS;
	e->again_at = clock_ms() + e->pause_ms;
}

/* False: it runs. Else it has been told, and is put off. */
static bool has_ended(struct embedded *e)
{
	const char *argv[] = { "postgres", NULL };
	const struct child child = {
		.argv = argv, .dir = e->cluster.text, .log = e->log.text, .owner = &e->owner
	};
	bool lasted = clock_ms() - e->began_at >= WELL_MS;
	int status = 0;
	struct fail why;

	if (waitpid(e->pid, &status, WNOHANG) == 0)
		return false;
	child_explain(&child, e->pid, status, &why);
	e->pid = 0;
	put_off(e, lasted);
	if (lasted)
		log_warn("our Postgres is started again in %d ms: %s", e->pause_ms, why.text);
	else
		log_error(
			"our Postgres does not stay up, again in %d ms: %s", e->pause_ms, why.text);
	return true;
}

/*
 * postmaster.pid stays: by it Postgres sees that sessions of the one that died still end, and refuses to
 * start beside them. Then it ends, and a later watch tries again.
 */
bool embedded_watch(struct embedded *e, struct fail *why)
{
	if (e->pid > 0 && !has_ended(e))
		return true;
	if (clock_ms() < e->again_at)
		return true;
	if (start(e, false, why))
		return true;
	e->pid = 0;
	put_off(e, false);
	return false;
}

static void stop(pid_t pid)
{
	int64_t until = clock_ms() + STOP_MS;

	if (pid <= 0)
		return;
	(void)kill(pid, SIGINT); /* fast: open sessions are ended, the journal is written */
	while (waitpid(pid, NULL, WNOHANG) == 0) {
		if (clock_ms() > until) {
			(void)kill(pid, SIGQUIT); /* it recovers at the next start */
			(void)waitpid(pid, NULL, 0);
			return;
		}
		step();
	}
}

void embedded_close(struct embedded *e)
{
	if (e == NULL)
		return;
	stop(e->pid);
	if (e->sockets_elsewhere)
		(void)rmdir(e->sockets.text); /* Postgres took its socket away */
	free(e->user);
	free(e->bin);
	buf_done(&e->data);
	buf_done(&e->cluster);
	buf_done(&e->data_file);
	buf_done(&e->log);
	buf_done(&e->sockets);
	buf_done(&e->conninfo);
	free(e);
}

bool embedded_has_data(const struct embedded *e)
{
	return cluster_version(e->cluster.text) != 0;
}

const char *embedded_data_file(const struct embedded *e)
{
	return e->data_file.text;
}

const char *embedded_conninfo(const struct embedded *e)
{
	return e->conninfo.text;
}

char *embedded_find(const char *data_dir, struct fail *why)
{
	struct buf cluster = { 0 }, conninfo = { 0 };
	struct pidfile now;
	bool found;

	buf_printf(&cluster, "%s/postgres", data_dir);
	found = pidfile_read(cluster.text, &now) && worker_is(now.pid, cluster.text) && now.ready;
	if (found)
		write_conninfo(&conninfo, now.socket_dir, now.port);
	else
		(void)fail_set(why, FAIL_REFUSED,
			"no Postgres runs in %s: start incidentd, or set DATABASE_URL",
			cluster.text);
	buf_done(&cluster);
	return conninfo.text;
}

#ifndef PARTS_H
#define PARTS_H

#include <stdbool.h>
#include <sys/types.h>

#include "fail.h"

/* What the files of this room share. */

/* install.c: where initdb and postgres are. The caller frees it. want: the major version of the data, 0: any. */
char *install_find(int want, struct fail *why);

/* Whom Postgres runs as. */
struct owner {
	uid_t uid;
	gid_t gid;
	const char *user; /* NULL: who we are, nothing to change */
};

/* cluster.c: the directories. */
int cluster_version(const char *dir); /* the major version; 0: there is no cluster yet */
uid_t cluster_owner(const char *dir); /* 0 too when there is none */
bool cluster_directory(const char *dir, mode_t mode, const struct owner *, struct fail *why);
bool cluster_make(
	const char *dir, const char *bin, const char *log, const struct owner *, struct fail *why);

/* child.c: a program of Postgres', run as its owner, with an environment that holds none of our secrets. */
struct child {
	const char *const *argv; /* argv[0] is the absolute path */
	const char *dir;         /* must be reachable for the owner; not where it runs */
	const char *log;         /* standard output and error are added to it */
	const struct owner *owner;
	int dies_by; /* the signal that it gets when our thread ends, however that ends */
};

pid_t child_start(const struct child *, struct fail *why); /* -1: why */
bool child_run(const struct child *, struct fail *why);    /* waits; false unless it ended with 0 */
void child_explain(const struct child *, pid_t, int status, struct fail *why);

/* worker.c: the processes of Postgres' that run in a cluster, the first of them and its sessions. */
bool worker_is(pid_t, const char *cluster);
pid_t worker_find(const char *cluster); /* one of them; 0: there is none */

/* pidfile.c: postmaster.pid as Postgres writes it. */
struct pidfile {
	pid_t pid; /* proves nothing: after a container's restart it is soon somebody else's */
	int port;
	char socket_dir[1024]; /* at most 107, but who knows what the file says */
	bool ready;
};

bool pidfile_read(
	const char *cluster, struct pidfile *out); /* false: there is none that can be read */

/*
 * By the file Postgres sees whether another runs, or its sessions still end. Goes only when a program that is not
 * Postgres has the number, which Postgres would take for its own kind.
 */
void pidfile_remove_foreign(const char *cluster);

#endif

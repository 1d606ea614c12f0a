#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "parts.h"

/* A zombie is dead, though kill(2) does not say so. */
static bool is_living_postgres(pid_t pid)
{
	struct buf path = { 0 };
	char name[32] = "", state = 'Z';
	FILE *in;

	buf_printf(&path, "/proc/%d/stat", (int)pid);
	in = fopen(path.text, "re");
	buf_done(&path);
	if (in == NULL)
		return false;
	if (fscanf(in, "%*d (%31[^)]) %c", name, &state) != 2)
		state = 'Z';
	(void)fclose(in); /* only read */
	return state != 'Z' && state != 'X' && strcmp(name, "postgres") == 0;
}

/*
 * Each of them has the cluster as its working directory. Where another user's process works cannot be seen, and it
 * cannot be one of them: Postgres takes its owner's data only, and we are the owner or root.
 */
static bool works_in(pid_t pid, const struct stat *cluster)
{
	struct buf path = { 0 };
	struct stat where;
	bool same;

	buf_printf(&path, "/proc/%d/cwd", (int)pid);
	same = stat(path.text, &where) == 0 && where.st_dev == cluster->st_dev &&
		where.st_ino == cluster->st_ino;
	buf_done(&path);
	return same && is_living_postgres(pid);
}

bool worker_is(pid_t pid, const char *cluster)
{
	struct stat s;

	return stat(cluster, &s) == 0 && works_in(pid, &s);
}

pid_t worker_find(const char *cluster)
{
	struct stat s;
	DIR *processes = stat(cluster, &s) == 0 ? opendir("/proc") : NULL;
	const struct dirent *entry;
	pid_t found = 0;

	while (processes != NULL && found == 0 && (entry = readdir(processes)) != NULL) {
		pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);

		if (pid > 0 && works_in(pid, &s))
			found = pid;
	}
	if (processes != NULL)
		(void)closedir(processes); /* only read */
	return found;
}

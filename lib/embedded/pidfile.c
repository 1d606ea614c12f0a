#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "parts.h"

enum { LINE_PID = 1, LINE_PORT = 4, LINE_SOCKET_DIR = 5, LINE_STATUS = 8 };

static void read_line(struct pidfile *file, int number, const char *line)
{
	switch (number) {
	case LINE_PID: file->pid = (pid_t)strtol(line, NULL, 10); break;
	case LINE_PORT: file->port = (int)strtol(line, NULL, 10); break;
	case LINE_SOCKET_DIR:
		(void)snprintf(file->socket_dir, sizeof(file->socket_dir), "%.1023s", line);
		break;
	case LINE_STATUS: file->ready = strncmp(line, "ready", strlen("ready")) == 0; break;
	default: break;
	}
}

static FILE *open_in(const char *cluster)
{
	struct buf path = { 0 };
	FILE *file;

	buf_printf(&path, "%s/postmaster.pid", cluster);
	file = fopen(path.text, "re");
	buf_done(&path);
	return file;
}

bool pidfile_read(const char *cluster, struct pidfile *out)
{
	struct pidfile file = { 0 };
	char line[8192]; /* the data directory's is the longest */
	FILE *in = open_in(cluster);
	int number = 0;

	if (in == NULL)
		return false;
	while (fgets(line, sizeof(line), in) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		read_line(&file, ++number, line);
	}
	(void)fclose(in); /* only read */
	if (file.pid <= 0)
		return false;
	*out = file;
	return true;
}

void pidfile_remove_foreign(const char *cluster)
{
	struct buf path = { 0 };
	struct pidfile file;

	if (!pidfile_read(cluster, &file) || worker_is(file.pid, cluster) ||
		(kill(file.pid, 0) != 0 && errno == ESRCH))
		return;
	buf_printf(&path, "%s/postmaster.pid", cluster);
	(void)unlink(path.text); /* if it stays, Postgres says so */
	buf_done(&path);
}

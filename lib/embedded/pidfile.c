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
		(void)snprintf(file->socket_dir, sizeof(file->socket_dir), "%s", line);
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
	char line[1024]; /* a longer one is the data directory's, which is not needed */
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

/*
 * A number alone proves nothing: after a container's restart it is soon somebody else's. A zombie is
 * dead, though kill(2) does not say so.
 */
bool pidfile_alive(const struct pidfile *file)
{
	struct buf path = { 0 };
	char name[32] = "", state = 'Z';
	FILE *in;

	buf_printf(&path, "/proc/%d/stat", (int)file->pid);
	in = fopen(path.text, "re");
	buf_done(&path);
	if (in == NULL)
		return false;
	if (fscanf(in, "%*d (%31[^)]) %c", name, &state) != 2)
		state = 'Z';
	(void)fclose(in); /* only read */
	return state != 'Z' && state != 'X' && strcmp(name, "postgres") == 0;
}

void pidfile_remove(const char *cluster)
{
	struct buf path = { 0 };

	buf_printf(&path, "%s/postmaster.pid", cluster);
	(void)unlink(path.text); /* if it stays, Postgres says so */
	buf_done(&path);
}

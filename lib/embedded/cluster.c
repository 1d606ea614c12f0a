#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "parts.h"

enum { OPEN_FILES = 16 };

int cluster_version(const char *dir)
{
	struct buf path = { 0 };
	char text[16] = "";
	FILE *in;

	buf_printf(&path, "%s/PG_VERSION", dir);
	in = fopen(path.text, "re");
	buf_done(&path);
	if (in == NULL)
		return 0;
	if (fgets(text, sizeof(text), in) == NULL)
		text[0] = '\0';
	(void)fclose(in); /* only read */
	return (int)strtol(text, NULL, 10);
}

uid_t cluster_owner(const char *dir)
{
	struct stat s;

	return stat(dir, &s) == 0 ? s.st_uid : 0;
}

bool cluster_directory(const char *dir, mode_t mode, const struct owner *owner, struct fail *why)
{
	if (mkdir(dir, mode) != 0 && errno != EEXIST)
		return fail_set(why, FAIL_REFUSED, "cannot make %s: %s", dir, strerror(errno));
	if (owner->user != NULL && lchown(dir, owner->uid, owner->gid) != 0)
		return fail_set(why, FAIL_REFUSED, "cannot give %s to the user %s: %s", dir,
			owner->user, strerror(errno));
	return true;
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *where)
{
	(void)s;
	(void)kind;
	(void)where;
	return remove(path);
}

/* What is in a folder by name is on the disk. */
static bool keep_names(const char *dir)
{
	struct buf above = { 0 };
	int folder;
	bool kept;

	buf_printf(&above, "%s/..", dir);
	folder = open(above.text, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	kept = folder >= 0 && fsync(folder) == 0;
	if (folder >= 0)
		(void)close(folder); /* only synced */
	buf_done(&above);
	return kept;
}

/* Made beside its place and moved there when it is whole: a kill in the middle leaves no half of one. */
bool cluster_make(const char *dir, const char *bin, const char *log, const struct owner *owner,
	struct fail *why)
{
	struct buf half = { 0 }, initdb = { 0 };
	bool made;

	buf_printf(&half, "%s.new", dir);
	buf_printf(&initdb, "%s/initdb", bin);
	(void)nftw(half.text, remove_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS); /* usually absent */
	made = cluster_directory(half.text, 0700, owner, why);
	if (made) {
		const char *argv[] = { initdb.text, "-D", half.text, "-A", "trust", "-U",
			"postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions", NULL };
		made = child_run(
			&(struct child){ .argv = argv,
				.dir = half.text,
				.log = log,
				.owner = owner,
				.dies_by =
					SIGKILL }, /* by a gentler one it would clear a place that is made anew */
			why);
	}
	if (made && (rename(half.text, dir) != 0 || !keep_names(dir)))
		made = fail_set(why, FAIL_BROKEN, "cannot move %s into its place: %s", half.text,
			strerror(errno));
	buf_done(&half);
	buf_done(&initdb);
	return made;
}

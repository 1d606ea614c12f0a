#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "parts.h"

static const char DEBIAN[] = "/usr/lib/postgresql/*/bin/postgres";

static bool has_both(const char *bin, size_t len)
{
	struct buf path = { 0 };
	bool both = false;

	buf_printf(&path, "%.*s/postgres", (int)len, bin);
	if (access(path.text, X_OK) == 0) {
		buf_empty(&path);
		buf_printf(&path, "%.*s/initdb", (int)len, bin);
		both = access(path.text, X_OK) == 0;
	}
	buf_done(&path);
	return both;
}

static int debian_version(const char *path)
{
	return (int)strtol(path + strlen("/usr/lib/postgresql/"), NULL, 10);
}

/* Debian keeps the versions side by side: the one that is wanted, or else the newest. */
static char *find_debian(int want, int *other)
{
	glob_t found;
	char *best = NULL;
	int best_version = 0;

	if (glob(DEBIAN, 0, NULL, &found) != 0)
		return NULL;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		const char *path = found.gl_pathv[i];
		size_t len = strlen(path) - strlen("/postgres");
		int version = debian_version(path);
		if (!has_both(path, len))
			continue;
		*other = version;
		if ((want != 0 && version != want) || version <= best_version)
			continue;
		free(best);
		best = strndup(path, len);
		best_version = version;
	}
	globfree(&found);
	return best;
}

/* The version of these is not known; a Postgres refuses another one's data itself. */
static char *find_on_path(void)
{
	const char *path = getenv("PATH");

	while (path != NULL && *path != '\0') {
		size_t len = strcspn(path, ":");
		if (len > 0 && path[0] == '/' && has_both(path, len))
			return strndup(path, len);
		path += len;
		path += *path == ':';
	}
	return NULL;
}

char *install_find(int want, struct fail *why)
{
	int other = 0;
	char *bin = find_debian(want, &other);

	if (bin == NULL && other == 0)
		bin = find_on_path();
	if (bin != NULL)
		return bin;
	if (other != 0)
		(void)fail_set(why, FAIL_REFUSED,
			"the data is Postgres %d's and only Postgres %d is installed: install "
			"postgresql-%d, or dump and restore",
			want, other, want);
	else
		(void)fail_set(why, FAIL_REFUSED,
			"Postgres is not installed (wanted: initdb and postgres in "
			"/usr/lib/postgresql/*/bin or PATH): install postgresql, or set DATABASE_URL");
	return NULL;
}

#include "settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"

struct settings_owner {
	struct arena *arena;
};

static const struct node *read_text(
	struct reading *r, const char *file, const char *text, size_t len)
{
	if (len <= SETTINGS_BIGGEST)
		return tree_read(r->arena, file, text, len, r->mistakes);
	(void)mistake_add(r->mistakes, (struct place){ file, 1, 1 },
		"the file is too big: %zu bytes; the limit is %d", len, SETTINGS_BIGGEST);
	return NULL;
}

/* At most one byte more than we read, so that too big is seen; of a plain file, its whole size is told. */
static const struct node *read_stream(struct reading *r, const char *path, FILE *f)
{
	const struct place whole = { .file = path };
	char *text = arena_zeroed(r->arena, SETTINGS_BIGGEST + 1);
	struct stat about;
	size_t len = fread(text, 1, SETTINGS_BIGGEST + 1, f);

	if (ferror(f)) {
		(void)mistake_add(r->mistakes, whole, "cannot be read: %s", strerror(errno));
		return NULL;
	}
	if (len > SETTINGS_BIGGEST && fstat(fileno(f), &about) == 0 &&
		about.st_size > SETTINGS_BIGGEST)
		len = (size_t)about.st_size;
	return read_text(r, path, text, len);
}

static const struct node *read_file(struct reading *r, const char *path)
{
	FILE *f = fopen(path, "re");
	const struct node *root;

	if (f == NULL) {
		(void)mistake_add(r->mistakes, (struct place){ .file = path }, "cannot be read: %s",
			strerror(errno));
		return NULL;
	}
	root = read_stream(r, path, f);
	(void)fclose(f); /* it was only read */
	return root;
}

/* A file named in the settings is looked for beside them. */
static const char *beside(struct arena *a, const char *settings_path, const char *file)
{
	const char *slash = strrchr(settings_path, '/');

	if (file == NULL || file[0] == '/' || slash == NULL)
		return file;
	return arena_printf(a, "%.*s%s", (int)(slash - settings_path + 1), settings_path, file);
}

static void read_severities(struct reading *r, struct settings *out)
{
	const char *file = out->severities_file;
	int before = r->mistakes->count;
	const struct node *root;

	/* After mistakes above, the file's name may be wrong: then its absence says nothing. */
	if (before > 0 && access(file, R_OK) != 0)
		return;
	root = read_file(r, file);
	if (root != NULL) {
		severities_read(r, root, &out->levels);
		severities_check_pages(r, root, out->webhook_hosts);
	}
	mistakes_sort(r->mistakes, before);
}

static void read_daemon(struct reading *r, const char *path, struct settings *out)
{
	const struct node *root = read_file(r, path);

	daemon_defaults(out);
	if (root != NULL)
		daemon_read(r, root, out);
	mistakes_sort(r->mistakes, 0);
	daemon_read_environment(r, out);
	daemon_check_webhooks(r, root, out);
	out->data_dir = beside(r->arena, path, out->data_dir);
	out->ca_file = beside(r->arena, path, out->ca_file);
	out->severities_file = beside(r->arena, path, out->severities_file);
}

static struct settings_owner *open_some(
	const char *path, bool with_levels, struct settings *out, struct buf *mistakes)
{
	struct arena *a = arena_new();
	struct mistakes found = { .arena = a };
	struct reading r = { a, &found };
	struct settings settings = { 0 };
	struct settings_owner *owner;

	settings.levels.statuses = STATUSES_SHIPPED;
	read_daemon(&r, arena_copy(a, path), &settings);
	if (with_levels)
		read_severities(&r, &settings);
	if (found.count > 0) {
		mistakes_write(&found, mistakes);
		arena_free(a);
		return NULL;
	}
	owner = arena_zeroed(a, sizeof(*owner));
	owner->arena = a;
	*out = settings;
	return owner;
}

struct settings_owner *settings_open(const char *path, struct settings *out, struct buf *mistakes)
{
	return open_some(path, true, out, mistakes);
}

struct settings_owner *settings_open_without_levels(
	const char *path, struct settings *out, struct buf *mistakes)
{
	return open_some(path, false, out, mistakes);
}

void settings_free(struct settings_owner *owner)
{
	if (owner != NULL)
		arena_free(owner->arena);
}

static bool take_levels(
	struct reading *r, const struct node *root, struct levels *out, struct buf *mistakes)
{
	struct levels levels = { 0 };

	if (root != NULL)
		severities_read(r, root, &levels);
	mistakes_sort(r->mistakes, 0);
	mistakes_write(r->mistakes, mistakes);
	if (r->mistakes->count > 0)
		return false;
	*out = levels;
	return true;
}

bool settings_levels(struct arena *a, const char *file, const char *text, size_t len,
	struct levels *out, struct buf *mistakes)
{
	struct mistakes found = { .arena = a };
	struct reading r = { a, &found };

	return take_levels(&r, read_text(&r, file, text, len), out, mistakes);
}

bool settings_levels_file(
	struct arena *a, const char *path, struct levels *out, struct buf *mistakes)
{
	struct mistakes found = { .arena = a };
	struct reading r = { a, &found };

	return take_levels(&r, read_file(&r, path), out, mistakes);
}

bool settings_check_text(const char *text, size_t len, bool is_severities, struct buf *mistakes)
{
	struct arena *a = arena_new();
	struct mistakes found = { .arena = a };
	struct reading r = { a, &found };
	struct settings settings = { 0 };
	const char *file = is_severities ? "severities.yml" : "incidentd.yml";
	const struct node *root = read_text(&r, file, text, len);

	if (root != NULL && is_severities)
		severities_read(&r, root, &settings.levels);
	else if (root != NULL)
		daemon_read(&r, root, &settings);
	mistakes_sort(&found, 0);
	mistakes_write(&found, mistakes);
	arena_free(a);
	return found.count == 0;
}

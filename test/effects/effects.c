/*
 * What becomes of each kind of frame on record: every sample goes through the desk into a real Postgres, and what is in its
 * tables then must be what stands in "expected", below the sample's name. EFFECTS_WRITE=FILE writes what it was there,
 * to be read by somebody before it is taken over.
 */
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "desk.h"
#include "settings.h"
#include "store.h"

static const int64_t NOW_US = 1791300200000000;

struct place {
	PGconn *look;
	struct store *store;
	struct house house;
	char *seed, *effects; /* statements */
};

_Noreturn static void wrong(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

/* A whole file, ended by NUL. The caller frees it. */
static char *file_of(const char *folder, const char *name)
{
	struct buf path = { 0 }, text = { 0 };
	char piece[4096];
	size_t len;
	FILE *f;

	buf_printf(&path, "%s/%s", folder, name);
	f = fopen(path.text, "rb");
	if (f == NULL)
		wrong(path.text, "cannot be read");
	buf_add(&text, "");
	while ((len = fread(piece, 1, sizeof(piece), f)) > 0)
		buf_add_bytes(&text, piece, len);
	(void)fclose(f); /* it was only read */
	buf_done(&path);
	return text.text;
}

static PGresult *ask(const struct place *p, const char *sql)
{
	PGresult *r = PQexec(p->look, sql);

	if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
		wrong("the database", PQresultErrorMessage(r));
	return r;
}

static bool go_on(void *ctx, struct fail *why)
{
	(void)ctx;
	(void)why;
	return true;
}

/* As the inbox does: what has no envelope to acknowledge never comes to the desk. */
static bool run(const struct place *p, char *frame)
{
	struct desk_needs needs = { .store = p->store, .house = &p->house, .between = go_on };
	struct item *it = calloc(1, sizeof(*it));
	struct items items = { 0 };
	struct tally tally = { 0 };
	struct fail why = { 0 };

	if (it == NULL)
		abort();
	if (!event_read(frame, strlen(frame), &it->ev, &why))
		wrong("a frame", why.text);
	if (it->ev.kind == EVENT_HELLO || it->ev.kind == EVENT_DISCONNECT) {
		event_done(&it->ev);
		free(it);
		return false;
	}
	it->ev.received_us = NOW_US;
	items_put(&items, it);
	if (!desk_run(&needs, &items, &tally, &why))
		wrong("the desk", why.text);
	items_done(&items);
	return true;
}

static void add_effects(const struct place *p, struct buf *to)
{
	PGresult *r = ask(p, p->effects);

	for (int i = 0; i < PQntuples(r); i++)
		buf_printf(to, "\t%s\n", PQgetvalue(r, i, 0));
	if (PQntuples(r) == 0)
		buf_add(to, "\tnothing\n");
	PQclear(r);
}

static void play(const struct place *p, const char *folder, const char *file, struct buf *to)
{
	char *frame = file_of(folder, file);

	buf_printf(to, "%.*s\n", (int)(strlen(file) - strlen(".json")), file);
	PQclear(ask(p, p->seed));
	if (run(p, frame))
		add_effects(p, to);
	else
		buf_add(to, "\tthe link's alone\n");
	free(frame);
}

static int is_sample(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return len > 5 && strcmp(d->d_name + len - 5, ".json") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static void play_all(const struct place *p, const char *folder, struct buf *to)
{
	struct dirent **list;
	int count = scandir(folder, &list, is_sample, by_name);

	if (count <= 0)
		wrong(folder, "no samples");
	for (int i = 0; i < count; i++) {
		play(p, folder, list[i]->d_name, to);
		free(list[i]);
	}
	free(list);
}

static void open_place(struct place *p, const char *conninfo, const char *folder)
{
	struct fail why;
	int made;

	p->look = PQconnectdb(conninfo);
	if (PQstatus(p->look) != CONNECTION_OK)
		wrong("the database", PQerrorMessage(p->look));
	if (!store_migrate(conninfo, MIGRATE_PATIENT, &made, &why))
		wrong("the schema", why.text);
	p->store = store_open(conninfo, &why);
	if (p->store == NULL)
		wrong("the database", why.text);
	PQclear(ask(p, "set client_min_messages = warning"));
	p->seed = file_of(folder, "seed.sql");
	p->effects = file_of(folder, "effects.sql");
}

static void close_place(struct place *p)
{
	store_close(p->store);
	PQfinish(p->look);
	free(p->seed);
	free(p->effects);
}

/* The first line that is another one, with the sample that it belongs to. */
static int compare(const char *got, const char *want)
{
	const char *sample = got;

	while (*got != '\0' || *want != '\0') {
		size_t g = strcspn(got, "\n"), w = strcspn(want, "\n");

		if (*got != '\t')
			sample = got;
		if (g != w || strncmp(got, want, g) != 0) {
			fprintf(stderr, "%.*s: got\n%.*s\nwant\n%.*s\n", (int)strcspn(sample, "\n"),
				sample, (int)g, got, (int)w, want);
			return 1;
		}
		got += g + (got[g] == '\n');
		want += w + (want[w] == '\n');
	}
	return 0;
}

static void write_out(const char *path, const struct buf *text)
{
	FILE *f = path != NULL ? fopen(path, "w") : NULL;

	if (f != NULL && (fwrite(text->text, 1, text->len, f) != text->len || fclose(f) != 0))
		wrong(path, "cannot be written");
}

int main(int argc, char **argv)
{
	struct place p = { 0 };
	struct settings settings = { 0 };
	struct buf mistakes = { 0 }, got = { 0 }, folder = { 0 };
	struct settings_owner *owner;
	char *want;
	int code;

	if (argc != 4)
		wrong("usage", "effects CONNINFO SETTINGS FOLDER");
	owner = settings_open(argv[2], &settings, &mistakes);
	if (owner == NULL)
		wrong("settings", mistakes.text);
	p.house = (struct house){ .levels = settings.levels,
		.slash = settings.slash_command,
		.marks = settings.mark_reactions,
		.action_marks = "hammer",
		.time_zone = "UTC" };
	open_place(&p, argv[1], argv[3]);
	buf_printf(&folder, "%s/../samples", argv[3]);
	play_all(&p, folder.text, &got);
	write_out(getenv("EFFECTS_WRITE"), &got);
	want = file_of(argv[3], "expected");
	code = compare(got.text, want);
	free(want);
	close_place(&p);
	settings_free(owner);
	buf_done(&got);
	buf_done(&folder);
	return code;
}

/* The severities file is edited, and the daemon reads it: also a second daemon, on the same database. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regime.h"
#include "settings.h"
#include "stage.h"
#include "store_levels.h"

static const char FILE_NAME[] = "/etc/incidentd/severities.yml";

/* p1 "P1 Critical" "default true": a level, with its id, its label, and what else it has */
void the_file_has_level(struct stage *s, const char *rest)
{
	const char *id = stage_word(s, &rest), *label = stage_word(s, &rest), *more;

	buf_printf(&s->file_text, "  - id: %s\n    label: %s\n    description: What %s means.\n",
		id, label, label);
	while ((more = stage_word(s, &rest)) != NULL) {
		const char *key = stage_word(s, &more);

		buf_printf(&s->file_text, "    %s: %s\n", key, more);
	}
}

/* A line of it, whatever it says */
void the_file_has_line(struct stage *s, const char *rest)
{
	buf_printf(&s->file_text, "%s\n", rest);
}

static const char *shipped(struct stage *s)
{
	enum { MOST = 100000 };
	FILE *f = fopen(s->severities_file, "r");
	char *text = arena_zeroed(s->arena, MOST);

	if (f == NULL || fread(text, 1, MOST - 1, f) == 0)
		stage_wrong(s, s->severities_file, "the levels that are shipped");
	(void)fclose(f); /* it was only read */
	return text;
}

/* What another daemon records as soon as ours has read its own file: a reader of levels has no other context. */
static struct rival {
	struct stage *stage;
	char *text;
} rival;

static bool read_in_a_race(struct arena *a, const char *file, const char *text, size_t len,
	struct levels *out, struct buf *mistakes)
{
	const struct levels_revision r = { .text = rival.text,
		.changes = "",
		.cause = "changed",
		.host = "host2",
		.file = FILE_NAME };
	struct fail why;

	if (rival.text != NULL && !store_levels_add(rival.stage->store, &r, &why))
		stage_wrong(rival.stage, why.text, "another daemon's levels");
	free(rival.text);
	rival.text = NULL;
	return settings_levels(a, file, text, len, out, mistakes);
}

static char *file_of(struct stage *s)
{
	struct buf whole = { 0 };

	buf_printf(&whole, "version: 1\nseverities:\n%s",
		s->file_text.text != NULL ? s->file_text.text : "");
	buf_empty(&s->file_text);
	return whole.text;
}

/* The file so far is another daemon's, which is the first to record it. */
void another_records_first(struct stage *s, const char *rest)
{
	(void)rest;
	rival = (struct rival){ s, file_of(s) };
}

static void tick(struct stage *s, struct paper *p)
{
	struct fail why = { 0 };

	regime_put(&s->regime, p);
	if (!regime_tick(&s->regime, s->store, &s->house, &why) && why.kind != FAIL_LATER)
		stage_wrong(s, why.text, "levels");
	if (why.kind == FAIL_LATER && !regime_tick(&s->regime, s->store, &s->house, &why))
		stage_wrong(s, why.text, "levels");
}

/* The daemon starts with the file that is shipped: every talk about levels begins so. */
static void begin(struct stage *s)
{
	const char *text = shipped(s);

	if (s->regime.read != NULL)
		return;
	regime_init(&s->regime, read_in_a_race, FILE_NAME, "talk");
	(void)snprintf(s->regime.host, sizeof(s->regime.host), "host1"); /* fits */
	tick(s, paper_new("start", text, strlen(text), NULL));
}

/* changed, SIGHUP: why it is read. What it has was said before; the next one has nothing yet. */
void the_file_is_read(struct stage *s, const char *rest)
{
	char *text;

	begin(s);
	text = file_of(s);
	s->now_us += 1000000;
	tick(s,
		paper_new(strcmp(rest, "SIGHUP") == 0 ? "SIGHUP" : "changed", text, strlen(text),
			NULL));
	free(text);
}

/* As it is shipped */
void the_file_is_shipped(struct stage *s, const char *rest)
{
	const char *text = shipped(s);

	(void)rest;
	begin(s);
	tick(s, paper_new("changed", text, strlen(text), NULL));
}

void the_file_is_gone(struct stage *s, const char *rest)
{
	(void)rest;
	begin(s);
	tick(s, paper_new("changed", NULL, 0, "No such file or directory"));
}

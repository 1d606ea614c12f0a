#include "script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"

enum { LINES_MAX = 10000 };

struct script {
	struct story story;
	char *path;
	char **lines; /* as in the file, without comments' lines being left out: the index is the number */
	size_t n, at;
	bool begun; /* the line at `at` is waiting */
	int64_t until;
	bool over;
};

static bool script_read(struct script *s, FILE *f, struct fail *why)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, f) >= 0) {
		char **more = realloc(s->lines, (s->n + 1) * sizeof *s->lines);

		if (more == NULL)
			abort();
		s->lines = more;
		line[strcspn(line, "\r\n")] = '\0';
		s->lines[s->n++] = strdup(line);
		if (s->n > LINES_MAX) {
			free(line);
			return fail_set(
				why, FAIL_REFUSED, "%s: more than %d lines", s->path, LINES_MAX);
		}
	}
	free(line);
	return true;
}

struct script *script_open(struct box *box, const char *path, struct fail *why)
{
	FILE *f = fopen(path, "r");
	struct script *s;
	bool good;

	if (f == NULL) {
		(void)fail_set(why, FAIL_REFUSED, "%s: %s", path, strerror(errno));
		return NULL;
	}
	s = calloc(1, sizeof *s);
	if (s == NULL)
		abort();
	s->story = (struct story){ .box = box, .transcript = transcript_new(box->world) };
	s->path = strdup(path);
	good = script_read(s, f, why);
	(void)fclose(f); /* it was only read */
	if (!good) {
		script_free(s);
		return NULL;
	}
	return s;
}

void script_free(struct script *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		free(s->lines[i]);
	free(s->lines);
	free(s->path);
	transcript_free(s->story.transcript);
	free(s);
}

static void script_end(struct script *s, int exit_status)
{
	s->over = true;
	transcript_tell(s->story.transcript);
	if (s->story.box->options.exit_when_done)
		box_stop(s->story.box, exit_status);
}

static void script_fail(struct script *s, const char *what)
{
	(void)fprintf(stderr, "%s:%zu: %s: %s\n", s->path, s->at + 1, what, s->lines[s->at]);
	script_end(s, 1);
}

/* One line, or one more look at the line that waits. true: go on with the next. */
static bool script_step(struct script *s, int64_t now_ms)
{
	const char *line = s->lines[s->at] + strspn(s->lines[s->at], " \t");
	struct story_wait wait = { 0 };
	const char *wrong;

	if (*line == '\0' || *line == '#')
		return true;
	transcript_tell(s->story.transcript); /* what was said before comes before */
	wrong = story_line(&s->story, line, s->begun, &wait);
	if (wrong != NULL) {
		script_fail(s, wrong);
		return false;
	}
	if (!s->begun) {
		s->until = now_ms + wait.ms;
		s->begun = true;
	}
	if (wait.done || (now_ms >= s->until && !wait.must)) {
		s->begun = false;
		return true;
	}
	if (now_ms >= s->until)
		script_fail(s, "it did not happen");
	return false;
}

void script_tick(struct script *s, int64_t now_ms)
{
	transcript_tell(s->story.transcript);
	while (!s->over && s->at < s->n && script_step(s, now_ms)) {
		s->at++;
		s->begun = false;
	}
	if (!s->over && s->at == s->n)
		script_end(s, 0);
}

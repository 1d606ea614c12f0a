#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "ctl.h"

typedef void renderer(struct buf *to, const struct record *, int64_t now_us);

static const struct {
	const char *name;
	renderer *render;
} FORMATS[] = {
	{ "markdown", report_markdown },
	{ "json", report_json },
};

static renderer *format_named(const char *name)
{
	for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++)
		if (strcmp(FORMATS[i].name, name) == 0)
			return FORMATS[i].render;
	return NULL;
}

static bool print_report(
	struct store *s, int64_t id, renderer *render, struct arena *a, struct fail *why)
{
	struct record r;
	struct buf out = { 0 };
	bool found, written;

	if (!store_record(s, a, id, &r, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED, "there is no incident %lld", (long long)id);
	render(&out, &r, clock_wall_us());
	written = fwrite(out.text, 1, out.len, stdout) == out.len && fflush(stdout) == 0;
	buf_done(&out);
	return written || fail_set(why, FAIL_LATER, "standard output is closed");
}

static int report(int64_t id, renderer *render)
{
	struct ctl_place p;
	struct fail why;
	struct store *s;
	struct arena *a;
	bool ok;

	if (!ctl_place_open(&p))
		return CTL_FAILED;
	s = store_open_for_reading(p.conninfo, &why);
	a = arena_new();
	ok = s != NULL && print_report(s, id, render, a, &why);
	arena_free(a);
	store_close(s);
	ctl_place_close(&p);
	return ok ? CTL_DONE : ctl_fail("report", &why);
}

/* report N [--format markdown|json] */
int ctl_report(int argc, char **argv)
{
	renderer *render = report_markdown;
	char *end = NULL;
	int64_t id = argc > 1 ? strtoll(argv[1], &end, 10) : 0;

	if (argc == 4)
		render = strcmp(argv[2], "--format") == 0 ? format_named(argv[3]) : NULL;
	if ((argc != 2 && argc != 4) || id <= 0 || *end != '\0' || render == NULL)
		return CTL_MISUSED;
	return report(id, render);
}

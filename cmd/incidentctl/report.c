#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl.h"
#include "store_record.h"
#include "store_time.h"

static const int64_t DAY_US = 24LL * 3600 * 1000000;

/* What was asked for. */
struct wish {
	int64_t id;
	struct report_how how;
	const char *since, *zone; /* NULL when not given */
	struct zone clocks;       /* of that zone */
	bool templated;
};

static bool is_option(const char *name)
{
	static const char *const OPTIONS[] = { "--format", "--template", "--since", "--timezone" };

	for (size_t i = 0; i < sizeof(OPTIONS) / sizeof(OPTIONS[0]); i++)
		if (strcmp(OPTIONS[i], name) == 0)
			return true;
	return false;
}

/* value NULL: the line ends there. */
static bool read_option(struct wish *w, const char *name, const char *value, struct fail *why)
{
	if (!is_option(name))
		return fail_set(why, FAIL_REFUSED,
			"no option '%.60s'; there are --format, --template, --key-moments, --since, --timezone",
			name);
	if (value == NULL)
		return fail_set(why, FAIL_REFUSED, "%.60s wants a value behind it", name);
	if (strcmp(name, "--format") == 0)
		return report_format_find(value, &w->how.format, why);
	if (strcmp(name, "--template") == 0) {
		w->templated = true;
		return report_template_find(value, &w->how.template, why);
	}
	if (strcmp(name, "--since") == 0)
		w->since = value;
	else
		w->zone = value;
	return true;
}

static bool read_wish(int argc, char **argv, struct wish *w, struct fail *why)
{
	*w = (struct wish){ 0 };
	if (argc < 2 || !ctl_number(argv[1], &w->id))
		return fail_set(why, FAIL_REFUSED,
			"wanted the number of an incident, such as 12%s%.60s",
			argc > 1 ? ", not " : "", argc > 1 ? argv[1] : "");
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--key-moments") == 0) {
			w->how.choice.key_moments = true;
			continue;
		}
		if (!read_option(w, argv[i], i + 1 < argc ? argv[i + 1] : NULL, why))
			return false;
		i++;
	}
	if (w->templated && w->how.format != REPORT_MARKDOWN && w->how.format != REPORT_HTML)
		return fail_set(why, FAIL_REFUSED,
			"a template is for people to read: --format markdown or html");
	return true;
}

/* The zone that was asked for or that the house has, from the incident's first moment to what may be due. */
static bool find_zone(struct store *s, struct arena *a, struct wish *w, const struct record *r,
	const char *house, struct fail *why)
{
	const char *name = w->zone != NULL ? w->zone : house;
	int64_t from = r->incident.started_at;
	bool found;

	if (r->earliest_us != 0 && r->earliest_us < from)
		from = r->earliest_us;
	if (strcmp(name, "UTC") == 0)
		return true;
	if (!store_zone(s, a, name, from - 2 * DAY_US, &w->clocks, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED,
			"no time zone '%.60s'; wanted a name such as Europe/London or UTC", name);
	w->how.zone = &w->clocks;
	return true;
}

static bool tell(struct store *s, const struct record *r, const struct wish *w, report_put *put,
	FILE *to, struct fail *why)
{
	struct report *report;
	const struct record_line *lines;
	int count = 1;
	bool ok = store_timeline_open(s, w->id, &w->how.choice, why);

	if (!ok)
		return false;
	report = report_begin(r, &w->how, put, to);
	while (ok && count > 0) {
		struct arena *page = arena_new();

		ok = store_timeline_next(s, page, &lines, &count, why);
		for (int i = 0; ok && i < count; i++)
			report_line(report, &lines[i]);
		arena_free(page);
	}
	report_end(report);
	return ok;
}

static void put_to_file(void *ctx, const char *bytes, size_t len)
{
	(void)fwrite(bytes, 1, len, ctx); /* ferror is asked in the end */
}

/* All of one moment. Nothing of the database is held for longer than that takes: who reads may be slow. */
static bool write_report(
	struct store *s, struct wish *w, const char *house_zone, FILE *to, struct fail *why)
{
	struct arena *a = arena_new();
	struct record r;
	bool found = true;
	bool ok = store_begin_reading(s, why) && store_now(s, &w->how.now_us, why) &&
		store_record(s, a, w->id, w->how.now_us, &r, &found, why);

	if (ok && !found)
		ok = fail_set(why, FAIL_REFUSED, "there is no incident %lld", (long long)w->id);
	ok = ok && find_zone(s, a, w, &r, house_zone, why) &&
		(w->since == NULL ||
			report_since(w->since, w->how.zone, w->how.now_us, &w->how.choice.since_us,
				why)) &&
		tell(s, &r, w, put_to_file, to, why);
	store_abandon(s);
	arena_free(a);
	if (ok && (fflush(to) != 0 || ferror(to)))
		ok = fail_set(why, FAIL_LATER,
			"the report can not be written: no room for a temporary file");
	return ok;
}

static bool copy(FILE *from, FILE *to, struct fail *why)
{
	char bytes[65536];
	size_t len;

	rewind(from);
	while ((len = fread(bytes, 1, sizeof(bytes), from)) > 0)
		if (fwrite(bytes, 1, len, to) != len)
			break;
	return (!ferror(from) && fflush(to) == 0 && !ferror(to)) ||
		fail_set(why, FAIL_LATER, "standard output is closed");
}

static int report(struct wish *w)
{
	struct ctl_place p;
	struct fail why;
	struct store *s;
	FILE *spool;
	bool ok;

	if (!ctl_place_open(&p))
		return CTL_FAILED;
	s = store_open_for_reading(p.conninfo, &why);
	spool = tmpfile();
	if (spool == NULL && s != NULL)
		(void)fail_set(&why, FAIL_LATER, "no temporary file can be made in /tmp");
	ok = s != NULL && spool != NULL && write_report(s, w, p.settings.time_zone, spool, &why);
	store_close(s);
	ctl_place_close(&p);
	ok = ok && copy(spool, stdout, &why);
	if (spool != NULL)
		(void)fclose(spool); /* it is gone with it */
	return ok ? CTL_DONE : ctl_fail("report", &why);
}

/* report N [--format F] [--template T] [--key-moments] [--since TIME] [--timezone ZONE] */
int ctl_report(int argc, char **argv)
{
	struct wish w;
	struct fail why;

	if (read_wish(argc, argv, &w, &why))
		return report(&w);
	(void)ctl_fail("report", &why); /* the code is CTL_MISUSED */
	return CTL_MISUSED;
}

#include "redact.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "ctl.h"

static const char DIGITS[] = "0123456789";
/* A ts has six digits behind its dot, a permalink has no dot. */
enum { FRACTION = 6 };

static bool is_ts(const char *text)
{
	size_t whole = strspn(text, DIGITS);

	return whole > 0 && text[whole] == '.' && strspn(text + whole + 1, DIGITS) == FRACTION &&
		text[whole + 1 + FRACTION] == '\0';
}

/* https://acme.slack.com/archives/C024BE91L/p1774519260000100?thread_ts=... */
static bool read_permalink(struct arena *a, const char *text, struct redact_order *o)
{
	static const char ARCHIVES[] = "/archives/";
	const char *channel = strstr(text, ARCHIVES);
	const char *end, *digits;
	size_t len;

	if (strncmp(text, "http", 4) != 0 || channel == NULL)
		return false;
	channel += strlen(ARCHIVES);
	end = strchr(channel, '/');
	if (end == NULL || end[1] != 'p')
		return false;
	digits = end + 2;
	len = strspn(digits, DIGITS);
	if (len <= FRACTION || strchr("?#", digits[len]) == NULL)
		return false;
	o->which.channel = arena_printf(a, "%.*s", (int)(end - channel), channel);
	o->which.ts = arena_printf(
		a, "%.*s.%.*s", (int)(len - FRACTION), digits, FRACTION, digits + len - FRACTION);
	return true;
}

static bool channel_of(
	struct store *s, struct arena *a, int64_t incident, const char **channel, struct fail *why)
{
	struct incident i;
	bool found;

	if (!store_incident_get(s, a, incident, &i, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED, "there is no incident %" PRId64, incident);
	*channel = i.channel;
	return true;
}

/* What was named: an entry's number, a permalink, or a ts in the incident's channel. */
static bool read_entry(struct store *s, struct arena *a, const char *text, struct redact_order *o,
	struct fail *why)
{
	const char *channel = NULL; /* gcc sees no way from "true" to "written" when it optimises */

	if (!channel_of(s, a, o->incident, &channel, why))
		return false;
	if (read_permalink(a, text, o))
		return true;
	if (is_ts(text)) {
		o->which.channel = channel;
		o->which.ts = text;
		return true;
	}
	return ctl_number(text, &o->which.entry) ||
		fail_set(why, FAIL_REFUSED,
			"'%.200s' is no entry: its number, its permalink or its ts is wanted",
			text);
}

static const char *counted(struct arena *a, int64_t n, const char *what)
{
	return arena_printf(a, "%" PRId64 " %s%s", n, what, n == 1 ? "" : "s");
}

static void say(struct arena *a, const struct redact_tally *t)
{
	(void)printf("entry %" PRId64 " (%s): the text of %s, %s, %s, %s, %s, %s elsewhere\n",
		t->what.id, t->what.kind,
		t->entries == 1 ? "1 entry" : arena_printf(a, "%" PRId64 " entries", t->entries),
		counted(a, t->revisions, "earlier text"), counted(a, t->files, "file name"),
		counted(a, t->frames, "raw frame"), counted(a, t->calls, "call"),
		t->copies == 1 ? "1 copy" : arena_printf(a, "%" PRId64 " copies", t->copies));
	if (*t->others != '\0')
		(void)printf("others said the same, and it is still on record: entries %s\n",
			t->others); /* lost with the pipe, as above */
}

static bool redact_one(struct store *s, struct arena *a, const char *text,
	const struct redact_order *all, struct fail *why)
{
	struct redact_order o = *all;
	struct redact_tally tally;

	if (store_begin(s, why) && read_entry(s, a, text, &o, why) &&
		redact_entry(s, a, &o, &tally, why) && store_commit(s, why)) {
		say(a, &tally);
		return true;
	}
	store_abandon(s);
	return false;
}

struct request {
	int64_t incident;
	const char *reason, *by;
	const char **entries;
	int count;
};

static bool read_request(int argc, char **argv, struct request *out)
{
	struct request r = { .entries = out->entries };
	int64_t number;

	for (int i = 1; i < argc; i++) {
		const char **option = strcmp(argv[i], "--reason") == 0 ? &r.reason
			: strcmp(argv[i], "--by") == 0                 ? &r.by
								       : NULL;

		if (option == NULL && argv[i][0] == '-')
			return false;
		if (option != NULL && ++i < argc)
			*option = argv[i];
		else if (option == NULL && r.incident == 0)
			r.incident = ctl_number(argv[i], &number) ? number : -1;
		else if (option == NULL)
			r.entries[r.count++] = argv[i];
	}
	*out = r;
	return r.incident > 0 && r.count > 0 && r.reason != NULL && *r.reason != '\0' &&
		r.by != NULL && *r.by != '\0';
}

static int redact(const char *conninfo, const struct request *r)
{
	const struct redact_order all = {
		.incident = r->incident,
		.how = { .by = r->by, .why = r->reason, .at = clock_wall_us() },
		.provenance = "live",
		.everywhere = true,
	};
	struct fail why;
	struct store *s = store_open_for_reading(conninfo, &why); /* it takes the time it takes */
	struct arena *a = arena_new();
	int code = s != NULL ? CTL_DONE : ctl_fail("redact", &why);

	for (int i = 0; s != NULL && i < r->count; i++)
		if (!redact_one(s, a, r->entries[i], &all, &why))
			code = ctl_fail("redact", &why);
	if (s != NULL && code == CTL_DONE && !store_vacuum(s, &why))
		code = ctl_fail("redact: vacuum", &why);
	store_close(s);
	arena_free(a);
	return code;
}

/* redact N ENTRY... --reason TEXT --by NAME */
int ctl_redact(int argc, char **argv)
{
	struct ctl_place p;
	struct request r = { 0 };
	int code = CTL_MISUSED;

	r.entries = calloc((size_t)argc, sizeof(*r.entries));
	if (r.entries == NULL)
		abort();
	if (read_request(argc, argv, &r)) {
		code = CTL_FAILED;
		if (ctl_place_open(&p)) {
			code = redact(p.conninfo, &r);
			ctl_place_close(&p);
		}
	}
	free(r.entries);
	return code;
}

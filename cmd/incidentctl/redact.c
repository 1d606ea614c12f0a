#include "redact.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clock.h"
#include "ctl.h"
#include "dispatch.h"
#include "store_entry.h"
#include "store_sweep.h"

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

static bool read_entry(struct arena *a, const char *text, struct redact_order *o, struct fail *why)
{
	if (read_permalink(a, text, o))
		return true;
	if (is_ts(text)) {
		o->which.ts = text;
		return true;
	}
	return ctl_number(text, &o->which.entry) ||
		fail_set(why, FAIL_REFUSED,
			"'%.200s' is no entry: its number, its permalink or its ts is wanted",
			text);
}

static const char *all_of(struct arena *a, const struct redact_list *list)
{
	const char *all = "";

	for (int i = 0; i < list->count; i++)
		all = arena_printf(a, "%s%s%" PRId64 " (channel %s)", all, i > 0 ? ", " : "",
			list->list[i].id, list->list[i].channel);
	return all;
}

/* What was named: an entry's number, a permalink, or a ts of any channel of which the incident has messages. */
static bool find_entry(struct store *s, struct arena *a, const char *text, struct redact_order *o,
	struct fail *why)
{
	struct redact_list list;

	if (!read_entry(a, text, o, why) ||
		!store_redact_meant(s, a, o->incident, &o->which, &list, why))
		return false;
	if (list.count > 1)
		return fail_set(why, FAIL_REFUSED,
			"incident %" PRId64
			" has messages of %.20s from several channels: name one by its number: %.120s",
			o->incident, text, all_of(a, &list));
	if (list.count == 1)
		o->which = (struct redact_which){ list.list[0].id, list.list[0].channel,
			list.list[0].ts };
	return true;
}

static const char *counted(struct arena *a, int64_t n, const char *what)
{
	return arena_printf(a, "%" PRId64 " %s%s", n, what, n == 1 ? "" : "s");
}

/* What was redacted on one record. */
struct taken {
	struct taken *next;
	int64_t incident;
	struct redact_tally tally;
};

static void say(struct arena *a, const struct taken *one, const struct sweep *w, bool elsewhere)
{
	const struct redact_tally *t = &one->tally;
	int64_t copies = t->copies + w->copies;

	if (elsewhere)
		(void)printf("incident %" PRId64 " had it as well: ", one->incident);
	(void)printf("entry %" PRId64 " (%s): the text of %s, %s, %s, %s, %s, %s elsewhere\n",
		t->what.id, t->what.kind,
		t->entries == 1 ? "1 entry" : arena_printf(a, "%" PRId64 " entries", t->entries),
		counted(a, t->revisions, "earlier text"), counted(a, t->files, "file name"),
		counted(a, w->frames, "raw frame"), counted(a, w->calls, "call"),
		copies == 1 ? "1 copy" : arena_printf(a, "%" PRId64 " copies", copies));
	if (*t->others != '\0')
		(void)printf("others said the same, and it is still on record: entries %s\n",
			t->others); /* lost with the pipe, as above */
}

/* One run of the program. */
struct run {
	struct store *store;
	struct arena *arena;
	struct house house;
	int64_t told_at; /* ms */
};

enum { TELL_MS = 2000, REST_MS = 50, TRIES_MOST = 100 };

/* A pipe that is closed loses it, which is no reason to stop. */
static void tell(struct run *r, const struct sweep *w)
{
	if (clock_ms() - r->told_at < TELL_MS)
		return;
	r->told_at = clock_ms();
	(void)fprintf(stderr,
		"the text is out of the record; copies are looked for: frame %" PRId64
		" of %" PRId64 ", call %" PRId64 " of %" PRId64 "\n",
		w->frame_at, w->frame_last, w->call_at, w->call_last);
}

static bool piece(struct run *r, struct fail *why)
{
	static const struct due due = { .what = DUE_SWEEP };

	if (store_begin(r->store, why) &&
		dispatch_due(&r->house, r->store, &due, clock_wall_us(), why) &&
		store_commit(r->store, why))
		return true;
	store_abandon(r->store);
	return false;
}

/* Where nothing comes of it, the daemon is at it, or somebody who did not know of the redaction has yet to commit. */
static bool sweep(struct run *r, int64_t id, struct sweep *out, struct fail *why)
{
	const struct timespec rest = { .tv_nsec = REST_MS * 1000000L };
	struct sweep was = { 0 };
	int in_vain = 0;

	r->told_at = clock_ms();
	for (;;) {
		if (!store_sweep_get(r->store, r->arena, id, out, why))
			return false;
		if (out->complete)
			return true;
		tell(r, out);
		if (was.id != 0 && out->entry_at == was.entry_at && out->frame_at == was.frame_at &&
			out->call_at == was.call_at)
			(void)nanosleep(&rest, NULL); /* shorter is fine */
		was = *out;
		in_vain = piece(r, why) ? 0 : in_vain + 1;
		if (in_vain > 0 &&
			(why->kind != FAIL_LATER || !store_alive(r->store) ||
				in_vain == TRIES_MOST))
			return false;
	}
}

static bool redact_in(struct run *r, const struct redact_order *all, int64_t incident,
	struct taken **list, struct fail *why)
{
	struct taken *one = arena_zeroed(r->arena, sizeof(*one));
	struct redact_order o = *all;

	o.incident = one->incident = incident;
	if (incident != all->incident)
		o.which.entry = 0; /* it has another number there */
	if (!redact_entry(r->store, r->arena, &o, &one->tally, why))
		return false;
	while (*list != NULL)
		list = &(*list)->next;
	*list = one;
	return true;
}

/* On all records that have it, as from the menu in Slack: in the order of their numbers, as who redacts there locks them. */
static bool redact_everywhere(
	struct run *r, const struct redact_order *o, struct taken **list, struct fail *why)
{
	bool here = o->which.channel == NULL || o->which.ts == NULL;
	int64_t id = 0;

	if (here)
		return redact_in(r, o, o->incident, list, why);
	for (;;) {
		if (!store_said_incident(r->store, o->which.channel, o->which.ts, id, &id, why))
			return false;
		if (id == 0)
			break;
		here = here || id == o->incident;
		/* Where it is redacted already nothing is left to do, but for who named it there. */
		if (!redact_in(r, o, id, list, why) &&
			(why->kind != FAIL_REFUSED || id == o->incident))
			return false;
	}
	return here || redact_in(r, o, o->incident, list, why);
}

static bool finish(
	struct run *r, const struct taken *one, const struct redact_order *o, struct fail *why)
{
	struct sweep done;

	if (!sweep(r, one->tally.sweep, &done, why))
		return fail_set(why, why->kind,
			"entry %" PRId64 " of incident %" PRId64
			" is redacted, and the daemon will look for its copies: %.300s",
			one->tally.what.id, one->incident, arena_copy(r->arena, why->text));
	say(r->arena, one, &done, one->incident != o->incident);
	return true;
}

static bool redact_one(
	struct run *r, const char *text, const struct redact_order *all, struct fail *why)
{
	struct redact_order o = *all;
	struct taken *list = NULL;
	bool ok = true;

	if (!store_begin(r->store, why) || !find_entry(r->store, r->arena, text, &o, why) ||
		!redact_everywhere(r, &o, &list, why) || !store_commit(r->store, why)) {
		store_abandon(r->store);
		return false;
	}
	for (const struct taken *one = list; ok && one != NULL; one = one->next)
		ok = finish(r, one, &o, why);
	return ok;
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

static int redact(const struct ctl_place *p, const struct request *q)
{
	const struct redact_order all = {
		.incident = q->incident,
		.how = { .by = q->by, .why = q->reason, .at = clock_wall_us() },
		.provenance = "live",
	};
	struct fail why;
	/* It takes the time it takes. */
	struct run r = { .store = store_open_for_reading(p->conninfo, &why),
		.arena = arena_new(),
		.house = ctl_house(&p->settings) };
	int code = r.store != NULL ? CTL_DONE : ctl_fail("redact", &why);

	for (int i = 0; r.store != NULL && i < q->count; i++)
		if (!redact_one(&r, q->entries[i], &all, &why))
			code = ctl_fail("redact", &why);
	if (r.store != NULL && code == CTL_DONE && !store_vacuum(r.store, &why))
		code = ctl_fail("redact: vacuum", &why);
	store_close(r.store);
	arena_free(r.arena);
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
			code = redact(&p, &r);
			ctl_place_close(&p);
		}
	}
	free(r.entries);
	return code;
}

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "address.h"
#include "ctl.h"
#include "store_levels.h"
#include "text.h"

/* Nobody is told when standard output is closed: the lines below are lost with it, and finish() says so. */
static bool finish(struct fail *why)
{
	return fflush(stdout) == 0 || fail_set(why, FAIL_LATER, "standard output is closed");
}

static void print_revision(struct arena *a, const struct levels_revision *r, const char *since)
{
	(void)printf("revision %" PRId64 ", %s%s, %s on %s, %s\n", r->number, since,
		ctl_time(a, r->recorded_at), r->file, r->host, r->cause);
}

/* Those on record that are in force. */
static bool read_levels(struct store *s, struct arena *a, struct levels_revision *r,
	struct levels *levels, struct fail *why)
{
	struct buf mistakes = { 0 };
	bool found, good;

	if (!store_levels_in_force(s, a, r, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED,
			"no levels are on record yet: a daemon records them when it starts");
	good = settings_levels(a, r->file, r->text, strlen(r->text), levels, &mistakes);
	buf_done(&mistakes);
	return good ||
		fail_set(why, FAIL_BROKEN,
			"revision %" PRId64 " was recorded by another version, and cannot be read",
			r->number);
}

static void print_words(const char *name, const char *const *words)
{
	if (words == NULL || *words == NULL)
		return;
	(void)printf("    %s", name);
	for (int i = 0; words[i] != NULL; i++)
		(void)printf("%s%s", i > 0 ? ", " : " ", words[i]);
	(void)printf("\n");
}

/* Of the address that is paged, no more than its host is told: whoever knows all of it may page. */
static void print_level(const struct level *l)
{
	char host[ADDRESS_HOST_ROOM];

	(void)printf("%s  %s%s\n    %s\n", l->id, l->label,
		l->is_default ? " (when nothing is said)" : "", l->description);
	print_words("also called", l->aliases);
	if (l->renamed_from != NULL)
		(void)printf("    was %s\n", l->renamed_from);
	if (l->respond_within != NULL)
		(void)printf("    respond within %s\n", l->respond_within);
	if (l->update_every != NULL)
		(void)printf("    update every %s\n", l->update_every);
	if (l->emoji != NULL)
		(void)printf("    shown with %s\n", l->emoji);
	print_words("invites", l->invite);
	print_words("announces in", l->announce);
	for (int i = 0; l->remind != NULL && l->remind[i] != NULL; i++)
		(void)printf("    reminds %s\n", l->remind[i]);
	if (l->page != NULL && address_host(l->page, host))
		(void)printf("    pages %s%s\n", host, l->page_drills ? ", for exercises too" : "");
}

static void print_status(const struct status *s)
{
	(void)printf("status %s  %s (%s)\n", s->id, s->label, status_kind_name(s->kind));
	print_words("also called", s->aliases);
}

static void print_role(const struct role *r)
{
	(void)printf("role %s  %s\n", r->id, r->label);
	if (r->description != NULL)
		(void)printf("    %s\n", r->description);
	print_words("also called", r->aliases);
}

static void print_reply(const struct keyword_reply *r)
{
	(void)printf("keyword reply, not again before %s\n", r->cool_down);
	print_words("to", r->words);
	(void)printf("    %s\n", r->reply);
}

typedef bool task(const struct ctl_place *, struct store *, struct arena *, const char *file,
	struct fail *why);

static bool list(const struct ctl_place *p, struct store *s, struct arena *a, const char *file,
	struct fail *why)
{
	struct levels_revision r;
	struct levels levels = { 0 };

	(void)p, (void)file;
	if (!read_levels(s, a, &r, &levels, why))
		return false;
	print_revision(a, &r, "since ");
	for (int i = 0; i < levels.count; i++)
		print_level(&levels.list[i]);
	for (int i = 0; i < levels.statuses.count; i++)
		print_status(&levels.statuses.list[i]);
	for (int i = 0; i < levels.roles.count; i++)
		print_role(&levels.roles.list[i]);
	for (int i = 0; i < levels.replies.count; i++)
		print_reply(&levels.replies.list[i]);
	return finish(why);
}

static void print_lines(const char *lines, const char *before)
{
	while (*lines != '\0') {
		int len = (int)strcspn(lines, "\n");

		(void)printf("%s%.*s\n", before, len, lines);
		lines += len + (lines[len] == '\n');
	}
}

/* What nobody outside may read is not shown, also not to who runs this. */
static const char *title_of(struct arena *a, const struct incident *i)
{
	struct buf b = { 0 };
	const char *title;

	if (i->private)
		return "private";
	text_plain(&b, text_read(a, i->title, NULL), NULL);
	title = arena_copy(a, b.text != NULL ? b.text : "");
	buf_done(&b);
	return title;
}

static void print_fate(struct arena *a, const struct incident *i, const struct levels *before,
	const struct levels *now)
{
	const struct level *l = levels_of(now, i->severity_id);

	if (l == NULL && levels_of(before, i->severity_id) == NULL)
		return; /* it has lost its level before */
	if (l != NULL && incident_has_level(i, l))
		return;
	(void)printf("incident %" PRId64 " (%s): %s", i->id, title_of(a, i), i->severity_label);
	if (l == NULL)
		(void)printf(" stays what it was, until another level is set\n");
	else if (strcmp(l->id, i->severity_id) != 0)
		(void)printf(" becomes %s\n", l->label);
	else
		(void)printf(" stays what it was, until %s is set again\n", l->id);
}

static bool diff(const struct ctl_place *p, struct store *s, struct arena *a, const char *file,
	struct fail *why)
{
	const char *path = file != NULL ? file : p->settings.severities_file;
	struct levels_revision r;
	struct levels before = { 0 }, now = { 0 };
	struct buf mistakes = { 0 }, changes = { 0 };
	const struct incident *running;
	int count;

	if (!settings_levels_file(a, path, &now, &mistakes)) {
		(void)fputs(mistakes.text, stderr); /* nowhere else to say it */
		buf_done(&mistakes);
		return fail_set(why, FAIL_REFUSED, "%s cannot be used", path);
	}
	if (!read_levels(s, a, &r, &before, why) ||
		!store_incidents_running(s, a, &running, &count, why))
		return false;
	levels_changes(&before, &now, &changes);
	if (changes.len == 0)
		(void)printf("nothing would change\n");
	print_lines(changes.len > 0 ? changes.text : "", "");
	for (int i = 0; changes.len > 0 && i < count; i++)
		print_fate(a, &running[i], &before, &now);
	buf_done(&changes);
	return finish(why);
}

static bool history(const struct ctl_place *p, struct store *s, struct arena *a, const char *file,
	struct fail *why)
{
	const struct levels_revision *revisions;
	int count;

	(void)p, (void)file;
	if (!store_levels_list(s, a, &revisions, &count, why))
		return false;
	for (int i = 0; i < count; i++) {
		print_revision(a, &revisions[i], "");
		print_lines(revisions[i].changes, "  ");
		if (revisions[i].changes[0] == '\0')
			(void)printf("  %s\n", i == 0 ? "the first on record" : "no level changed");
	}
	return finish(why);
}

/* clang-format off */
static const struct { const char *name; task *run; int most; } TASKS[] = {
	{ "list",    list,    2 },
	{ "diff",    diff,    3 },
	{ "history", history, 2 },
};
/* clang-format on */

static int run(task *one, const char *file)
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
	ok = s != NULL && one(&p, s, a, file, &why);
	arena_free(a);
	store_close(s);
	ctl_place_close(&p);
	return ok ? CTL_DONE : ctl_fail("severities", &why);
}

/* severities list: those in force; diff [PATH]: what the file would change; history: what became of them */
int ctl_severities(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(TASKS) / sizeof(TASKS[0]); i++)
		if (strcmp(TASKS[i].name, argv[1]) == 0 && argc <= TASKS[i].most)
			return run(TASKS[i].run, argc > 2 ? argv[2] : NULL);
	return CTL_MISUSED;
}

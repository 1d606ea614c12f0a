#include <string.h>

#include "handler.h"
#include "remind.h"
#include "store_levels.h"

/* So many lines are read in Slack; the others are in the log, in the history, or told by check-config. */
enum { LINES_MOST = 20, LINE_MOST = 300 };

/* Each line as an item of a list, or as it is. */
static const char *some_lines(struct turn *t, const char *lines, bool as_list)
{
	const char *text = "", *rest = slack_escaped(t, lines);
	int more = 0;

	for (int n = 0; *rest != '\0'; n++) {
		size_t len = strcspn(rest, "\n");
		const char *line = arena_printf(t->arena, "%.*s", (int)len, rest);

		if (n < LINES_MOST)
			text = arena_printf(t->arena, "%s%s%s\n", text, as_list ? "- " : "",
				turn_cut(t, line, LINE_MOST));
		else
			more++;
		rest += len + (rest[len] == '\n');
	}
	return more == 0
		? text
		: arena_printf(t->arena, "%s%sand %d more\n", text, as_list ? "- " : "", more);
}

static void tell_admins(struct turn *t, const char *text)
{
	if (t->house->admin != NULL)
		turn_say(t, call_post(t->arena, t->house->admin, NULL, text));
}

static const char *name_of_file(struct turn *t, const struct levels_news *n)
{
	return arena_printf(
		t->arena, "`%s` on %s", slack_escaped(t, n->file), slack_escaped(t, n->host));
}

/* The parts of the file by which lines name them; and what stands only in one of them. */
static const struct part {
	const char *sign, *name;
} PARTS[] = {
	{ "severities[", "levels" },
	{ "severities: ", "levels" },
	{ "severities must ", "levels" },
	{ "'severities' is missing", "levels" },
	{ "no level is ", "levels" },
	{ "second default level", "levels" },
	{ "statuses[", "statuses" },
	{ "statuses: ", "statuses" },
	{ "statuses must ", "statuses" },
	{ "no status is ", "statuses" },
	{ "roles[", "roles" },
	{ "roles: ", "roles" },
	{ "roles must ", "roles" },
	{ "keyword_replies[", "keyword replies" },
	{ "keyword_replies: ", "keyword replies" },
	{ "keyword_replies must ", "keyword replies" },
	{ "].page ", "webhooks" },
};

/* A line begins with the file's name, which may have any words. The last sign that it has says it most exactly. */
static const char *part_of(const char *line, size_t len, const char *file)
{
	size_t name = strlen(file);
	const char *part = NULL;

	for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++)
		if (len > name &&
			memmem(line + name, len - name, PARTS[i].sign, strlen(PARTS[i].sign)) !=
				NULL)
			part = PARTS[i].name;
	return part;
}

/* ": levels, roles", each once; "" where no line says which. */
static const char *wrong_parts(struct turn *t, const struct levels_news *n)
{
	const char *parts = "", *part;

	for (const char *line = n->mistakes; *line != '\0';) {
		size_t len = strcspn(line, "\n");

		part = part_of(line, len, n->file);
		if (part != NULL && strstr(parts, part) == NULL)
			parts = arena_printf(
				t->arena, "%s%s%s", parts, *parts != '\0' ? ", " : ": ", part);
		line += len + (line[len] == '\n');
	}
	return parts;
}

/* Told once, by whoever of us sees it first; as long as there is nobody to be told, it is not told. */
static bool bad(struct turn *t, const struct levels_news *n, struct fail *why)
{
	bool is_new;

	if (t->house->admin == NULL)
		return true;
	if (!store_levels_tell(t->store, n->mistakes, &is_new, why))
		return false;
	if (is_new)
		tell_admins(t,
			arena_printf(t->arena,
				":warning: %s cannot be used%s. The levels and other rules stay as "
				"they were.\n```\n%s```",
				name_of_file(t, n), wrong_parts(t, n),
				some_lines(t, n->mistakes, false)));
	return true;
}

static const char *changes_text(
	struct turn *t, const struct levels *before, const struct levels *now)
{
	struct buf b = { 0 };
	const char *text;

	levels_changes(before, now, &b);
	text = arena_copy(t->arena, b.text != NULL ? b.text : "");
	buf_done(&b);
	return text;
}

/* These are the levels from now on. The first ones are no news to anybody. */
static bool record(struct turn *t, const struct levels_news *n, bool is_first, struct fail *why)
{
	struct levels_revision r = {
		.text = n->text,
		.changes = is_first ? "" : changes_text(t, &t->house->levels, n->levels),
		.cause = n->cause,
		.host = n->host,
		.file = n->file,
	};

	if (!store_levels_add(t->store, &r, why))
		return false;
	if (r.changes[0] != '\0')
		tell_admins(t,
			arena_printf(t->arena,
				"The *levels and other rules* were changed in %s:\n%s",
				name_of_file(t, n), some_lines(t, r.changes, true)));
	return true;
}

/* What was changed is told against the house's: those must be in force yet. */
static bool are_in_force(struct turn *t, const struct levels_news *n, struct fail *why)
{
	int64_t number;

	if (!store_levels_number(t->store, &number, why))
		return false;
	return number == n->number ||
		fail_set(why, FAIL_LATER, "another daemon has recorded levels meanwhile");
}

static bool good(struct turn *t, const struct levels_news *n, struct fail *why)
{
	struct levels_revision last = { 0 };
	bool found, was_told;

	if (!store_levels_lock(t->store, why) ||
		!store_levels_in_force(t->store, t->arena, &last, &found, why) ||
		!store_levels_good(t->store, &was_told, why))
		return false;
	if (!found || strcmp(last.text, n->text) != 0)
		return are_in_force(t, n, why) && record(t, n, !found, why);
	if (was_told)
		tell_admins(t,
			arena_printf(t->arena,
				"%s is good again. The levels and other rules are as they were.",
				name_of_file(t, n)));
	return true;
}

bool incident_follow_level(struct turn *t, struct incident *i, struct fail *why)
{
	const struct level *l = levels_of(&t->house->levels, i->severity_id);
	const char *before = slack_escaped(t, i->severity_label);

	if (l == NULL || strcmp(l->id, i->severity_id) == 0)
		return true;
	incident_set_level(i, l);
	return incident_change(t, i, NULL, "severity",
		arena_printf(t->arena, "%s, was %s: the level was renamed",
			slack_escaped(t, l->label), before),
		why);
}

/* Each of us does this before it uses the levels: what it declared meanwhile, at the old ones, is not left behind. */
static bool carry_over(struct turn *t, const char *renamed_from, struct fail *why)
{
	const struct incident *list;
	int count;

	if (!store_incidents_at(t->store, t->arena, renamed_from, &list, &count, why))
		return false;
	for (int n = 0; n < count; n++) {
		struct incident i = list[n];

		if (!incident_follow_level(t, &i, why))
			return false;
	}
	return true;
}

static bool in_force(struct turn *t, struct fail *why)
{
	const struct levels *l = &t->house->levels;

	for (int n = 0; n < l->count; n++)
		if (l->list[n].renamed_from != NULL && !carry_over(t, l->list[n].renamed_from, why))
			return false;
	return true;
}

/* The severities file was read, or other levels are in force. */
bool handle_levels(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct levels_news *n = &ev->as.levels;

	if (n->in_force)
		return in_force(t, why) && remind_look(t, why);
	return n->text != NULL ? good(t, n, why) : bad(t, n, why);
}

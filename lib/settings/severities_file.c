#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "files.h"
#include "reminder.h"
#include "section.h"
#include "values.h"

enum { MOST_LEVELS = 50 };

static key_reader read_levels, read_reminders, read_occasion;

struct draft_rule {
	const char *when;
	struct reminder_words words;
};

#define AT(member) offsetof(struct level, member)

/* clang-format off */
static const struct key FILE_KEYS[] = {
	{ "version",    value_version, 0, KEY_MUST, NULL },
	{ "severities", read_levels,   0, KEY_MUST, NULL },
	{ "statuses",   read_statuses, offsetof(struct levels, statuses), KEY_MAY, NULL },
	{ "roles",      read_roles,    offsetof(struct levels, roles),    KEY_MAY, NULL },
	{ "keyword_replies", read_keyword_replies, offsetof(struct levels, replies), KEY_MAY, NULL },
};

static const struct key LEVEL_KEYS[] = {
	{ "id",             value_id,        AT(id),             KEY_MUST, NULL },
	{ "label",          value_line,      AT(label),          KEY_MUST, NULL },
	{ "aliases",        value_words,     AT(aliases),        KEY_MAY,  NULL },
	{ "description",    value_paragraph, AT(description),    KEY_MUST, NULL },
	{ "emoji",          value_emoji,     AT(emoji),          KEY_MAY,  NULL },
	{ "colour",         value_colour,    AT(colour),         KEY_MAY,  NULL },
	{ "default",        value_bool,      AT(is_default),     KEY_MAY,  NULL },
	{ "respond_within", value_duration,  AT(respond_within), KEY_MAY,  NULL },
	{ "update_every",   value_duration,  AT(update_every),   KEY_MAY,  NULL },
	{ "remind",         read_reminders,  AT(remind),         KEY_MAY,  NULL },
	{ "invite",         value_people,    AT(invite),         KEY_MAY,  NULL },
	{ "announce",       value_channels,  AT(announce),       KEY_MAY,  NULL },
	{ "page",           value_webhook,   AT(page),           KEY_MAY,  NULL },
	{ "page_drills",    value_bool,      AT(page_drills),    KEY_MAY,  NULL },
	{ "renamed_from",   value_id,        AT(renamed_from),   KEY_MAY,  NULL },
};

static const struct key REMINDER_KEYS[] = {
	{ "when",  read_occasion,  offsetof(struct draft_rule, when),        KEY_MUST, NULL },
	{ "after", value_duration, offsetof(struct draft_rule, words.after), KEY_MAY,  NULL },
	{ "every", value_duration, offsetof(struct draft_rule, words.every), KEY_MAY,  NULL },
	{ "times", value_times,    offsetof(struct draft_rule, words.times), KEY_MAY,  NULL },
	{ "hours", value_hours,    offsetof(struct draft_rule, words.hours), KEY_MAY,  NULL },
};
/* clang-format on */

static const struct schema FILE_SCHEMA = { FILE_KEYS, sizeof(FILE_KEYS) / sizeof(FILE_KEYS[0]) };
static const struct schema LEVEL_SCHEMA = { LEVEL_KEYS,
	sizeof(LEVEL_KEYS) / sizeof(LEVEL_KEYS[0]) };
static const struct schema REMINDER_SCHEMA = { REMINDER_KEYS,
	sizeof(REMINDER_KEYS) / sizeof(REMINDER_KEYS[0]) };

static void read_occasion(struct reading *r, const struct node *n, const char *path, void *to)
{
	enum reminder what;

	if (n->kind == NODE_TEXT && reminder_find(n->text, &what))
		*(const char **)to = reminder_name(what);
	else
		schema_refuse(r, n, path,
			"no_lead, no_severity, update_due, still_open, action_due or report_unfinished");
}

static const char *one_word(struct reading *r, const char *name, const char *value)
{
	return value != NULL ? arena_printf(r->arena, " %s=%s", name, value) : "";
}

/* "no_lead after=10m hours=any" */
static const char *rule_text(struct reading *r, const struct draft_rule *rule)
{
	const struct reminder_words *w = &rule->words;

	return arena_printf(r->arena, "%s%s%s%s%s", rule->when, one_word(r, "after", w->after),
		one_word(r, "every", w->every), one_word(r, "times", w->times),
		one_word(r, "hours", w->hours));
}

/* What has a day of its own is due on it. And what is said of one thing is said once. */
static void check_rule(struct reading *r, const struct node *list, const struct node *one,
	const struct draft_rule *rule, const char *path)
{
	const struct node *when = tree_member(one, "when");

	if (rule->words.after != NULL &&
		(strcmp(rule->when, reminder_name(REMIND_UPDATE_DUE)) == 0 ||
			strcmp(rule->when, reminder_name(REMIND_ACTION_DUE)) == 0))
		(void)mistake_add(r->mistakes, tree_member(one, "after")->place,
			"%s.after has no meaning for %s: %s says when", path, rule->when,
			strcmp(rule->when, "update_due") == 0 ? "update_every"
							      : "the action's due date");
	for (const struct node *before = list->first; before != one; before = before->next) {
		const struct node *same = tree_member(before, "when");

		if (same == NULL || same->kind != NODE_TEXT || strcmp(same->text, when->text) != 0)
			continue;
		(void)mistake_add(r->mistakes, when->place,
			"%s.when: %s is already used on line %d", path, rule->when,
			same->place.line);
		return;
	}
}

static void read_reminders(struct reading *r, const struct node *n, const char *path, void *to)
{
	const char **list;
	int i = 0, kept = 0;

	if (n->kind != NODE_LIST || n->count > VALUES_IN_A_LIST) {
		schema_refuse(r, n, path, "a list of at most 50 rules");
		return;
	}
	list = arena_zeroed(r->arena, sizeof(*list) * ((size_t)n->count + 1));
	for (const struct node *one = n->first; one != NULL; one = one->next, i++) {
		const char *name = arena_printf(r->arena, "%s[%d]", path, i);
		struct draft_rule rule = { 0 };

		schema_read(r, one, &REMINDER_SCHEMA, name, &rule);
		if (rule.when == NULL)
			continue;
		check_rule(r, n, one, &rule, name);
		list[kept++] = rule_text(r, &rule);
	}
	*(const char *const **)to = list;
}

/* Open incidents follow renamed_from, so it must be gone, and lead to one level only. */
static void check_renamed(struct reading *r, const struct node *levels)
{
	struct words words = { .path = "severities" };

	words.list = arena_zeroed(r->arena, sizeof(struct word) * 2 * (size_t)levels->count);
	for (const struct node *level = levels->first; level != NULL; level = level->next) {
		const struct node *id = tree_member(level, "id");

		if (id != NULL && id->kind == NODE_TEXT)
			words.list[words.count++] = (struct word){ id, "id", level };
	}
	for (const struct node *level = levels->first; level != NULL; level = level->next)
		words_take(r, &words, tree_member(level, "renamed_from"), "renamed_from", level);
}

static void check_default(struct reading *r, const struct node *levels)
{
	const struct node *first = NULL;
	bool unclear = false; /* told already */

	for (const struct node *level = levels->first; level != NULL; level = level->next) {
		const struct node *n = tree_member(level, "default");

		if (n == NULL || n->kind != NODE_TEXT || strcmp(n->text, "true") != 0) {
			unclear |= level->kind != NODE_MAP ||
				(n != NULL &&
					(n->kind != NODE_TEXT || strcmp(n->text, "false") != 0));
			continue;
		}
		if (first != NULL)
			(void)mistake_add(r->mistakes, n->place,
				"a second default level; the first is on line %d",
				first->place.line);
		else
			first = n;
	}
	if (first == NULL && !unclear)
		(void)mistake_add(r->mistakes, levels->place,
			"no level is the default: give one of them 'default: true'");
}

static void read_levels(struct reading *r, const struct node *n, const char *path, void *to)
{
	static const char *const NOBODY[] = { NULL };
	struct levels *levels = to;
	struct level *list;

	if (!section_is_list(r, n, path, "levels", MOST_LEVELS))
		return;
	list = arena_zeroed(r->arena, sizeof(*list) * (size_t)n->count);
	levels->list = list;
	for (const struct node *one = n->first; one != NULL; one = one->next) {
		struct level *level = &list[levels->count];

		*level = (struct level){
			.aliases = NOBODY, .invite = NOBODY, .announce = NOBODY, .remind = NOBODY
		};
		schema_read(r, one, &LEVEL_SCHEMA,
			arena_printf(r->arena, "%s[%d]", path, levels->count), level);
		levels->count++;
	}
	section_check_words(r, n, path);
	check_renamed(r, n);
	check_default(r, n);
}

void severities_check_pages(struct reading *r, const struct node *root, const char *hosts)
{
	const struct node *levels = tree_member(root, "severities");
	int i = 0;

	if (levels == NULL || levels->kind != NODE_LIST)
		return;
	for (const struct node *one = levels->first; one != NULL; one = one->next, i++) {
		const struct node *page = one->kind == NODE_MAP ? tree_member(one, "page") : NULL;

		if (page != NULL && page->kind == NODE_TEXT && shape_webhook(page->text) &&
			!address_is_at(page->text, hosts))
			(void)mistake_add(r->mistakes, page->place,
				"severities[%d].page leads to a host that webhooks.allow of incidentd.yml does "
				"not name",
				i);
	}
}

void severities_read(struct reading *r, const struct node *root, struct levels *out)
{
	out->statuses = STATUSES_SHIPPED;
	schema_read(r, root, &FILE_SCHEMA, "", out);
}

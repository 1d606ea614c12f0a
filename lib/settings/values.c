#include "values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "marks.h"
#include "reminder.h"

static const char A_CHANNEL[] = "the id of a channel, like C024BE91L";
static const char A_WEBHOOK[] = "an address that begins with https:// and a host";
static const char A_PERSON[] = "the id of a user or user group, like U024BE7LH or S0614TZR7";

/* The text of a value that has this shape, or NULL after telling what it should have been. */
static const char *shaped(struct reading *r, const struct node *n, const char *path, shape *is_good,
	const char *wanted)
{
	if (n->kind == NODE_TEXT && !tree_is_nothing(n) && is_good(n->text))
		return n->text;
	schema_refuse(r, n, path, wanted);
	return NULL;
}

static void put_shaped(struct reading *r, const struct node *n, const char *path, void *to,
	shape *is_good, const char *wanted)
{
	const char *text = shaped(r, n, path, is_good, wanted);

	if (text != NULL)
		*(const char **)to = text;
}

/* One that is of the wrong shape is told and left out. */
static void put_list(struct reading *r, const struct node *n, const char *path, void *to,
	shape *is_good, const char *wanted)
{
	const char **list;
	int kept = 0, i = 0;

	if (n->kind != NODE_LIST || n->count > VALUES_IN_A_LIST) {
		(void)mistake_add(r->mistakes, n->place, "%s must be a list%s, not %s", path,
			n->kind == NODE_LIST ? " of at most 50" : ", like [one, two]",
			n->kind == NODE_LIST ? arena_printf(r->arena, "of %d", n->count)
					     : tree_describe(r->arena, n));
		return;
	}
	list = arena_zeroed(r->arena, sizeof(*list) * ((size_t)n->count + 1));
	for (const struct node *one = n->first; one != NULL; one = one->next, i++) {
		const char *name = arena_printf(r->arena, "%s[%d]", path, i);

		list[kept] = shaped(r, one, name, is_good, wanted);
		if (list[kept] != NULL)
			kept++;
	}
	*(const char *const **)to = list;
}

void value_line(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_line, "one line of at most 75 characters");
}

void value_paragraph(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_paragraph, "text of at most 1000 characters");
}

void value_id(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_id,
		"at most 32 letters, digits, dots, dashes and underscores");
}

void value_emoji(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_emoji, "an emoji's name, like ':rotating_light:'");
}

/* The commonest mistake here has a reason that is not seen. */
void value_colour(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_colour,
		tree_is_nothing(n) ? "a colour like '#d4351c', in quotes because # begins a comment"
				   : "a colour like '#d4351c'");
}

void value_duration(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_duration, "a duration like 20m, 2h or 1d");
}

void value_days(struct reading *r, const struct node *n, const char *path, void *to)
{
	const char *text = shaped(r, n, path, shape_days, "a number of days like 30d");

	if (text != NULL)
		*(int *)to = (int)strtol(text, NULL, 10);
}

/* More are of no use: Slack gives an app ten, for all its daemons together. */
static bool is_one_to_four(const char *text)
{
	return text[0] >= '1' && text[0] <= '4' && text[1] == '\0';
}

void value_connections(struct reading *r, const struct node *n, const char *path, void *to)
{
	const char *text = shaped(r, n, path, is_one_to_four, "a number from 1 to 4");

	if (text != NULL)
		*(int *)to = text[0] - '0';
}

void value_channel(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_channel, A_CHANNEL);
}

/* Who knows the address of a webhook can have people called: a broken one is not shown either. */
void value_webhook(struct reading *r, const struct node *n, const char *path, void *to)
{
	if (n->kind == NODE_TEXT && !tree_is_nothing(n) && shape_webhook(n->text))
		*(const char **)to = n->text;
	else
		schema_refuse_secret(r, n, path, A_WEBHOOK);
}

void value_web(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_web, "an address that begins with https:// or http://");
}

void value_slash_command(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_slash_command, "a slash command, like /incident");
}

void value_address(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_address, "host:port, like 127.0.0.1:8080");
}

void value_path(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, shape_path, "the path of a file or folder");
}

/* Folders and lists lie there as well. */
static bool is_zone_file(const char *path)
{
	FILE *f = fopen(path, "re");
	char begin[4] = "";
	bool is_zone = f != NULL && fread(begin, 1, sizeof(begin), f) == sizeof(begin) &&
		memcmp(begin, "TZif", sizeof(begin)) == 0;

	if (f != NULL)
		(void)fclose(f); /* it was only read */
	return is_zone;
}

static bool is_time_zone(const char *text)
{
	char path[100];

	if (strcmp(text, "UTC") == 0)
		return true;
	return shape_zone(text) &&
		(size_t)snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", text) <
		sizeof(path) &&
		is_zone_file(path);
}

void value_time_zone(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, is_time_zone,
		"the name of a time zone that this system knows, like Europe/London or UTC");
}

void value_channels(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_list(r, n, path, to, shape_channel, A_CHANNEL);
}

void value_people(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_list(r, n, path, to, shape_person, A_PERSON);
}

void value_words(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_list(r, n, path, to, shape_line, "one line of at most 75 characters");
}

/* A list that is kept as words with commas between. */
struct joined {
	shape *fits;
	const char *(*as_kept)(struct arena *, const char *word); /* NULL: as it is */
	const char *wanted, *list_wanted;
	bool secret; /* what is wrong is not shown */
};

static void refuse_word(
	struct reading *r, const struct node *n, const char *path, const struct joined *kind)
{
	if (kind->secret)
		schema_refuse_secret(r, n, path, kind->wanted);
	else
		schema_refuse(r, n, path, kind->wanted);
}

static bool add_word(struct reading *r, const struct node *n, const char *path,
	const struct joined *kind, const char *word, struct buf *list)
{
	if (!kind->fits(word)) {
		refuse_word(r, n, path, kind);
		return false;
	}
	buf_printf(list, "%s%s", list->len > 0 ? "," : "",
		kind->as_kept != NULL ? kind->as_kept(r->arena, word) : word);
	return true;
}

/* From the environment they come in one text. */
static bool add_words(struct reading *r, const struct node *n, const char *path,
	const struct joined *kind, struct buf *list)
{
	const char *p = n->text;
	bool good = p[strspn(p, ", ")] != '\0' || n->quoted;

	if (!good)
		schema_refuse(r, n, path, kind->list_wanted);
	for (p += strspn(p, ", "); good && *p != '\0'; p += strspn(p, ", ")) {
		size_t len = strcspn(p, ", ");

		good = add_word(
			r, n, path, kind, arena_printf(r->arena, "%.*s", (int)len, p), list);
		p += len;
	}
	return good;
}

static void put_joined(struct reading *r, const struct node *n, const char *path,
	const struct joined *kind, const char **to)
{
	struct buf list = { 0 };
	int i = 0;

	buf_add(&list, "");
	if (n->kind == NODE_TEXT) {
		if (add_words(r, n, path, kind, &list))
			*to = arena_copy(r->arena, list.text);
	} else if (n->kind != NODE_LIST || n->count > VALUES_IN_A_LIST) {
		schema_refuse(r, n, path, kind->list_wanted);
	} else {
		for (const struct node *one = n->first; one != NULL; one = one->next)
			(void)add_word(r, one, arena_printf(r->arena, "%s[%d]", path, i++), kind,
				one->kind == NODE_TEXT ? one->text : "", &list);
		*to = arena_copy(r->arena, list.text);
	}
	buf_done(&list);
}

void value_marks(struct reading *r, const struct node *n, const char *path, void *to)
{
	static const struct joined MARKS = { shape_reaction, mark_name,
		"an emoji's name, like pushpin", "a list of at most 50 emoji, like [pushpin, star]",
		false };

	put_joined(r, n, path, &MARKS, to);
}

void value_users(struct reading *r, const struct node *n, const char *path, void *to)
{
	static const struct joined USERS = { shape_user, NULL, "a user's id, like U024BE7LH",
		"a list of at most 50 users, like [U024BE7LH]", false };

	put_joined(r, n, path, &USERS, to);
}

void value_hosts(struct reading *r, const struct node *n, const char *path, void *to)
{
	static const struct joined HOSTS = { address_is_host, NULL,
		"the name of a host, like hooks.example.com or hooks.example.com:8443",
		"a list of at most 50 hosts, like [hooks.example.com]", false };

	put_joined(r, n, path, &HOSTS, to);
}

void value_webhooks(struct reading *r, const struct node *n, const char *path, void *to)
{
	static const struct joined WEBHOOKS = { shape_webhook, NULL, A_WEBHOOK,
		"a list of at most 50 addresses", true };

	put_joined(r, n, path, &WEBHOOKS, to);
}

static bool is_keep_or_drop(const char *text)
{
	return strcmp(text, "keep") == 0 || strcmp(text, "drop") == 0;
}

void value_kept(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, is_keep_or_drop, "keep or drop");
}

static bool is_working_or_any(const char *text)
{
	return strcmp(text, "working") == 0 || strcmp(text, "any") == 0;
}

void value_hours(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, is_working_or_any, "working or any");
}

static bool is_to_99(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits >= 1 && digits <= 2 && text[digits] == '\0';
}

void value_times(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, is_to_99, "a number from 0 to 99");
}

static bool is_day(const char *text)
{
	struct working_hours ignored;

	return strchr(text, ',') == NULL && working_hours_read(text, "00:00-24:00", &ignored);
}

void value_work_days(struct reading *r, const struct node *n, const char *path, void *to)
{
	static const struct joined DAYS = { is_day, NULL, "mon, tue, wed, thu, fri, sat or sun",
		"a list of days, like [mon, tue]", false };

	if (n->kind == NODE_LIST && n->count == 0)
		schema_refuse(r, n, path, DAYS.list_wanted);
	else
		put_joined(r, n, path, &DAYS, to);
}

static bool is_part_of_a_day(const char *text)
{
	struct working_hours ignored;

	return working_hours_read("mon", text, &ignored);
}

void value_work_hours(struct reading *r, const struct node *n, const char *path, void *to)
{
	put_shaped(r, n, path, to, is_part_of_a_day, "two times of one day, like 09:00-17:30");
}

void value_bool(struct reading *r, const struct node *n, const char *path, void *to)
{
	bool yes = n->kind == NODE_TEXT && !n->quoted && strcmp(n->text, "true") == 0;
	bool no = n->kind == NODE_TEXT && !n->quoted && strcmp(n->text, "false") == 0;

	if (yes || no)
		*(bool *)to = yes;
	else
		schema_refuse(r, n, path, "true or false, without quotes");
}

void value_version(struct reading *r, const struct node *n, const char *path, void *to)
{
	(void)to; /* there is only this one yet */
	if (n->kind != NODE_TEXT || strcmp(n->text, "1") != 0)
		schema_refuse(r, n, path, "1");
}

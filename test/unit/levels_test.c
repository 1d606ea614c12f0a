/* Levels from the text of their file, and what becomes of them when it is edited. */
#include "check.h"
#include "settings.h"

#define HEAD "version: 1\nseverities:\n"
#define P1   "  - id: p1\n    label: One\n    description: d\n    default: true\n"
#define P2   "  - {id: p2, label: Two, description: e, invite: [U12]}\n"
#define P3   "  - {id: p3, label: Three, description: f}\n"

static void a_severities_file_is_read_by_itself(void)
{
	static const char bad[] = HEAD P1 "    color: red\n";
	static const char good[] = HEAD P1 "    renamed_from: p0\n    page: https://example.com/a\n"
					   "    remind: [{when: no_lead, after: 10m}]\n";
	struct arena *a = arena_new();
	struct levels levels = { .count = 7 };
	struct buf mistakes = { 0 };

	CHECK(!settings_levels(a, "/etc/s.yml", bad, strlen(bad), &levels, &mistakes));
	CHECK(levels.count == 7);
	CHECK(strncmp(mistakes.text, "/etc/s.yml:7:5: unknown key 'color'", 34) == 0);
	buf_empty(&mistakes);
	CHECK(settings_levels(a, "/etc/s.yml", good, strlen(good), &levels, &mistakes));
	CHECK(levels.count == 1 && mistakes.len == 0);
	CHECK_TEXT(levels.list[0].renamed_from, "p0");
	CHECK_TEXT(levels.list[0].page, "https://example.com/a");
	CHECK_TEXT(levels.list[0].remind[0], "no_lead after=10m");
	CHECK(levels.list[0].remind[1] == NULL);
	buf_done(&mistakes);
	arena_free(a);
}

/* Notepad marks a file as UTF-8: the mark is passed over, and moves no mistake. */
static void a_byte_order_mark_is_passed_over(void)
{
	static const char good[] = "\xef\xbb\xbf" HEAD P1,
			  bad[] = "\xef\xbb\xbfverson: 1\nseverities:\n" P1;
	struct arena *a = arena_new();
	struct levels levels = { 0 };
	struct buf mistakes = { 0 };

	CHECK(settings_levels(a, "s.yml", good, strlen(good), &levels, &mistakes));
	CHECK(levels.count == 1 && mistakes.len == 0);
	CHECK(!settings_levels(a, "s.yml", bad, strlen(bad), &levels, &mistakes));
	CHECK(strncmp(mistakes.text, "s.yml:1:1: unknown key 'verson'", 31) == 0);
	buf_done(&mistakes);
	arena_free(a);
}

/* A text that is good. */
static struct levels read(struct arena *a, const char *text)
{
	struct levels levels = { 0 };
	struct buf mistakes = { 0 };

	if (!settings_levels(a, "s.yml", text, strlen(text), &levels, &mistakes))
		CHECK_TEXT(mistakes.text, "");
	return levels;
}

static void check_changes(const char *before, const char *now, const char *want)
{
	struct arena *a = arena_new();
	struct levels was = read(a, before), is = read(a, now);
	struct buf got = { 0 };

	levels_changes(&was, &is, &got);
	buf_add(&got, "");
	CHECK_TEXT(got.text, want);
	buf_done(&got);
	arena_free(a);
}

static void an_edit_is_told_level_by_level(void)
{
	check_changes(HEAD P1 P2, HEAD P1 "# a remark\n" P2, "");
	check_changes(HEAD P1 P2, HEAD P1 P2 P3, "p3 (Three) is new\n");
	check_changes(HEAD P1 P2 P3, HEAD P1 P2, "p3 (Three) is gone\n");
	check_changes(HEAD P1 P2 P3, HEAD P1 P3 P2, "the order was p1, p2, p3; is p1, p3, p2\n");
	check_changes(HEAD P1 P2,
		HEAD P1
		"  - {id: p2, label: Zwei, description: e, invite: [U12, S12], emoji: ':x:'}\n",
		"p2: label was 'Two', is 'Zwei'\n"
		"p2: emoji was not given, is ':x:'\n"
		"p2: invite: was U12, is U12, S12\n");
	check_changes(HEAD P1 P2,
		HEAD "  - {id: p1, label: One, description: d}\n"
		     "  - {id: p2, label: Two, description: e, invite: [U12], default: true}\n",
		"p2 is the default, p1 was\n");
}

/* Who knows such an address can have people called. */
static void an_address_to_call_is_not_shown(void)
{
	check_changes(HEAD P1 "    page: https://example.com/a\n",
		HEAD P1 "    page: https://example.com/b\n", "p1: page is another\n");
}

static void check_refused(const char *text, const char *want)
{
	struct arena *a = arena_new();
	struct levels levels = { 0 };
	struct buf mistakes = { 0 };

	CHECK(!settings_levels(a, "s.yml", text, strlen(text), &levels, &mistakes));
	CHECK_TEXT(mistakes.text, want);
	buf_done(&mistakes);
	arena_free(a);
}

/* The mistakes are in the log, and told in the administrators' channel. */
static void nor_is_a_bad_one(void)
{
	check_refused(HEAD P1 "    page: http://example.com/hooks/s3cret\n",
		"s.yml:7:11: severities[0].page must be an address that begins with https:// and a host\n");
	check_refused(HEAD P1 "    page: https//example.com/s3cret\n",
		"s.yml:7:11: severities[0].page must be an address that begins with https:// and a host\n");
	check_refused(HEAD P1 "    announce: [https://example.com/s3cret]\n",
		"s.yml:7:16: severities[0].announce[0] must be the id of a channel, like "
		"C024BE91L, not an address\n");
}

static void a_level_that_was_renamed_is_the_same_one(void)
{
	static const char renamed[] = HEAD P1
		"  - {id: major, label: Two, description: e, invite: [U12], renamed_from: p2}\n";
	struct arena *a = arena_new();
	struct levels now = read(a, renamed);

	check_changes(HEAD P1 P2, renamed, "major: id was 'p2', is 'major'\n");
	CHECK(levels_of(&now, "p2") == &now.list[1]);
	CHECK(levels_of(&now, "major") == &now.list[1]);
	CHECK(levels_of(&now, "Two") == NULL);
	CHECK(levels_find(&now, "P2") == &now.list[1]);
	arena_free(a);
}

#define STATUSES(more)                                                                             \
	HEAD P1 "statuses:\n  - {id: open, label: Open, kind: open}\n"                             \
		"  - {id: fixed, label: Fixed, kind: resolved, aliases: [mended]}\n" more
#define NONE_SUCH "  - {id: none, label: None, kind: cancelled}\n"

static void without_statuses_they_are_those_shipped(void)
{
	struct arena *a = arena_new();
	struct levels plain = read(a, HEAD P1), own = read(a, STATUSES(NONE_SUCH));

	CHECK(plain.statuses.list == STATUSES_SHIPPED.list);
	CHECK(own.statuses.count == 3 && own.statuses.list[2].kind == STATUS_CANCELLED);
	CHECK(statuses_find(&own.statuses, "MENDED") == &own.statuses.list[1]);
	arena_free(a);
}

static void an_edit_of_the_statuses_is_told(void)
{
	check_changes(STATUSES(NONE_SUCH), STATUSES(NONE_SUCH), "");
	check_changes(STATUSES(NONE_SUCH),
		HEAD P1 "statuses:\n  - {id: new, label: New, kind: open}\n"
			"  - {id: fixed, label: Mended, kind: cancelled}\n"
			"  - {id: none, label: None, kind: resolved}\n",
		"status new (New) is new\n"
		"status fixed: label was 'Fixed', is 'Mended'\n"
		"status fixed: kind was 'resolved', is 'cancelled'\n"
		"status fixed: aliases: was mended, is none\n"
		"status none: kind was 'cancelled', is 'resolved'\n"
		"status open (Open) is gone\n"
		"incidents begin as new, not open\n"
		"incidents are resolved as none, not fixed\n"
		"incidents are cancelled as fixed, not none\n");
}

static void statuses_that_cannot_be_are_refused(void)
{
	check_refused(HEAD P1 "statuses: []\n",
		"s.yml:7:11: statuses must be a list of 1 to 50 statuses, not 0\n");
	check_refused(STATUSES(""),
		"s.yml:8:3: no status is of the kind cancelled: at least one must be\n");
	check_refused(STATUSES("  - {id: none, label: Open, kind: cancelled}\n"),
		"s.yml:10:23: statuses: label 'Open' is already used on line 8\n");
	check_refused(STATUSES("  - {id: none, label: None, kind: closed}\n"),
		"s.yml:10:35: statuses[2].kind must be open, resolved or cancelled, not 'closed'\n");
	check_refused(STATUSES("  - {id: none, labl: None}\n"),
		"s.yml:10:5: statuses[2]: 'label' is missing\n"
		"s.yml:10:5: statuses[2]: 'kind' is missing\n"
		"s.yml:10:16: unknown key 'labl' in statuses[2]; did you mean 'label'?\n");
}

static void roles_are_the_admins_own(void)
{
	static const char ONE[] =
		HEAD P1 "roles:\n  - {id: comms, label: Comms lead, aliases: [voice]}\n";
	struct arena *a = arena_new();
	struct levels none = read(a, HEAD P1), one = read(a, ONE);

	CHECK(none.roles.count == 0 && roles_find(&none.roles, "comms") == NULL);
	CHECK(roles_find(&one.roles, "COMMS LEAD") == &one.roles.list[0]);
	CHECK(roles_find(&one.roles, "Voice") == &one.roles.list[0]);
	CHECK(roles_find(&one.roles, "comms l") == NULL);
	check_changes(HEAD P1, ONE, "role comms (Comms lead) is new\n");
	check_changes(ONE, HEAD P1, "role comms (Comms lead) is gone\n");
	check_changes(ONE, HEAD P1 "roles: [{id: comms, label: Comms, description: Tells}]\n",
		"role comms: label was 'Comms lead', is 'Comms'\n"
		"role comms: description was not given, is 'Tells'\n"
		"role comms: aliases: was voice, is none\n");
	check_refused(HEAD P1 "roles: comms\n",
		"s.yml:7:8: roles must be a list of 1 to 50 roles, not 'comms'\n");
	check_refused(HEAD P1 "roles: [{id: a, label: A}, {id: b, label: B, aliases: [a]}]\n",
		"s.yml:7:56: roles: alias 'a' is already used on line 7\n");
	arena_free(a);
}

static void keyword_replies_are_read(void)
{
	static const char ONE[] =
		HEAD P1 "keyword_replies: [{words: [db, data base], reply: See}]\n";
	struct arena *a = arena_new();
	struct levels none = read(a, HEAD P1), one = read(a, ONE);

	CHECK(none.replies.count == 0 && one.replies.count == 1);
	CHECK_TEXT(one.replies.list[0].words[1], "data base");
	CHECK_TEXT(one.replies.list[0].cool_down, "1h");
	check_changes(HEAD P1, ONE, "keyword reply db is new\n");
	check_changes(ONE, HEAD P1, "keyword reply db is gone\n");
	check_changes(ONE, HEAD P1 "keyword_replies: [{words: [db], reply: Look, cool_down: 2h}]\n",
		"keyword reply db: words: was db, data base, is db\n"
		"keyword reply db: its text is another\n"
		"keyword reply db: cool_down was '1h', is '2h'\n");
	check_refused(HEAD P1
		"keyword_replies: [{words: [], reply: a}, {words: [b, B], cool_down: x}]\n",
		"s.yml:7:27: keyword_replies[0].words must have at least one word\n"
		"s.yml:7:42: keyword_replies[1]: 'reply' is missing\n"
		"s.yml:7:54: keyword_replies: word 'B' is already used on line 7\n"
		"s.yml:7:69: keyword_replies[1].cool_down must be a duration like 20m, 2h or 1d, not 'x'\n");
	arena_free(a);
}

int main(void)
{
	keyword_replies_are_read();
	roles_are_the_admins_own();
	without_statuses_they_are_those_shipped();
	an_edit_of_the_statuses_is_told();
	statuses_that_cannot_be_are_refused();
	a_severities_file_is_read_by_itself();
	a_byte_order_mark_is_passed_over();
	an_edit_is_told_level_by_level();
	an_address_to_call_is_not_shown();
	nor_is_a_bad_one();
	a_level_that_was_renamed_is_the_same_one();
	return 0;
}

#include <cjson/cJSON.h>
#include <time.h>

#include "check.h"
#include "report.h"

enum { MANY = 100000 };
static const int64_t TEN = 1774519200000000; /* 2026-03-26 10:00:00 UTC */
static const int64_t MINUTE = 60000000;

static struct entry said(int64_t id, int64_t at, const char *by, const char *text, const char *ts)
{
	return (struct entry){
		.id = id,
		.kind = "message",
		.said_at = at,
		.author = { .id = by },
		.text = text,
		.channel = "C1",
		.ts = ts,
		.provenance = "live",
	};
}

static struct entry replied(struct entry e, const char *thread)
{
	e.thread_ts = thread;
	return e;
}

static const struct person PEOPLE[] = {
	{ "U2", "Bob O'Neill" },
	{ "U1", "Ann Jones" },
	{ "U3", NULL },
};

static struct record record_of(const struct entry *timeline, int entries)
{
	return (struct record){
		.incident = { .id = 3,
			.title = "payments are down",
			.status = INCIDENT_OPEN,
			.severity_id = "p1",
			.severity_label = "P1",
			.severity_meaning = "complete outage",
			.reporter = "U1",
			.channel = "C1",
			.channel_name = "inc-3-payments",
			.started_at = TEN,
			.reported_at = TEN + 5 * MINUTE },
		.timeline = timeline,
		.entries = entries,
		.people = PEOPLE,
		.people_count = 3,
		.workspace_url = "https://acme.slack.com/",
	};
}

static cJSON *json_of(const struct record *r)
{
	struct buf text = { 0 };
	cJSON *tree;

	report_json(&text, r, TEN + 60 * MINUTE);
	tree = cJSON_ParseWithOpts(text.text, NULL, true);
	CHECK(tree != NULL);
	buf_done(&text);
	return tree;
}

static cJSON *at(const cJSON *object, const char *name)
{
	cJSON *member = cJSON_GetObjectItemCaseSensitive(object, name);

	if (member == NULL)
		fprintf(stderr, "no member %s\n", name);
	CHECK(member != NULL);
	return member;
}

static const char *text_at(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(at(object, name));
}

static bool shows(const struct buf *page, const char *words)
{
	if (strstr(page->text, words) != NULL)
		return true;
	fprintf(stderr, "'%s' is not in:\n%s\n", words, page->text);
	return false;
}

static void the_json_has_the_shape_that_was_promised(void)
{
	const struct action actions[] = { { .id = 1,
		.text = "write it up",
		.author = { "U1", NULL },
		.assignee = { "U2", NULL },
		.due_at = TEN,
		.done = true } };
	struct record r = record_of(NULL, 0);
	const cJSON *incident, *action;
	cJSON *tree;

	r.actions = actions;
	r.action_count = 1;
	r.failed_events = 2;
	tree = json_of(&r);
	incident = at(tree, "incident");
	action = cJSON_GetArrayItem(at(tree, "actions"), 0);
	CHECK_TEXT(text_at(tree, "schema"), "incidentd/report/1");
	CHECK(at(incident, "id")->valueint == 3);
	CHECK_TEXT(text_at(incident, "status"), "open");
	CHECK_TEXT(text_at(at(incident, "severity"), "label"), "P1");
	CHECK(cJSON_IsNull(at(incident, "lead")));
	CHECK_TEXT(text_at(at(incident, "reporter"), "name"), "Ann Jones");
	CHECK(cJSON_IsFalse(at(incident, "private")));
	CHECK(cJSON_IsFalse(at(incident, "report_only")));
	CHECK_TEXT(text_at(incident, "started_at"), "2026-03-26T10:00:00.000Z");
	CHECK(cJSON_IsNull(at(incident, "resolved_at")));
	CHECK(cJSON_IsNull(at(incident, "summary")));
	CHECK_TEXT(text_at(at(incident, "channel"), "name"), "inc-3-payments");
	CHECK(at(incident, "duration_s")->valueint == 3600);
	CHECK(cJSON_IsTrue(at(action, "done")));
	CHECK_TEXT(text_at(at(action, "assignee"), "name"), "Bob O'Neill");
	CHECK(at(at(tree, "coverage"), "failed_events")->valueint == 2);
	CHECK(cJSON_GetArraySize(at(tree, "timeline")) == 0);
	cJSON_Delete(tree);
}

static void replies_stand_below_their_parent(void)
{
	const struct entry timeline[] = {
		replied(said(4, TEN + 2 * MINUTE, "U1", "second", "1.4"), "1.1"),
		replied(said(3, TEN + MINUTE, "U2", "first", "1.3"), "1.1"),
		said(2, TEN + MINUTE, "U2", "beside", "1.2"),
		replied(said(1, TEN + 123456, "U1", "the parent", "1.1"), "1.1"),
	};
	struct record r = record_of(timeline, 4);
	cJSON *tree = json_of(&r), *list = at(tree, "timeline");
	cJSON *parent = cJSON_GetArrayItem(list, 0), *replies = at(parent, "replies");

	CHECK(cJSON_GetArraySize(list) == 2);
	CHECK_TEXT(text_at(parent, "text"), "the parent");
	CHECK_TEXT(text_at(parent, "said_at"), "2026-03-26T10:00:00.123Z");
	CHECK_TEXT(text_at(parent, "permalink"), "https://acme.slack.com/archives/C1/p11");
	CHECK(cJSON_GetArraySize(replies) == 2);
	CHECK_TEXT(text_at(cJSON_GetArrayItem(replies, 0), "text"), "first");
	CHECK_TEXT(text_at(cJSON_GetArrayItem(replies, 1), "text"), "second");
	CHECK_TEXT(text_at(cJSON_GetArrayItem(replies, 0), "permalink"),
		"https://acme.slack.com/archives/C1/p13?thread_ts=1.1&cid=C1");
	CHECK_TEXT(text_at(at(parent, "slack"), "ts"), "1.1");
	CHECK(cJSON_GetArraySize(at(parent, "revisions")) == 0);
	CHECK(cJSON_GetArraySize(at(parent, "files")) == 0);
	CHECK(cJSON_GetArraySize(at(parent, "reactions")) == 0);
	CHECK_TEXT(text_at(cJSON_GetArrayItem(list, 1), "text"), "beside");
	CHECK(at(at(tree, "coverage"), "replies")->valueint == 2);
	cJSON_Delete(tree);
}

static void no_entry_is_lost_for_want_of_a_parent(void)
{
	const struct entry timeline[] = {
		replied(said(1, TEN, "U1", "an orphan", "2.1"), "1.9"),
		replied(said(2, TEN + 1, "U1", "one of a ring", "2.2"), "2.3"),
		replied(said(3, TEN + 2, "U1", "the other", "2.3"), "2.2"),
		said(4, TEN + 3, "U1", "a root", "2.4"),
		replied(said(5, TEN + 4, "U1", "a reply", "2.5"), "2.4"),
		replied(said(6, TEN + 5, "U1", "a reply to the reply", "2.6"), "2.5"),
		{ .id = 7,
			.kind = "note",
			.said_at = TEN + 6,
			.channel = "C2",
			.ts = "2.7",
			.thread_ts = "2.4" },
	};
	struct record r = record_of(timeline, 7);
	cJSON *tree = json_of(&r), *list = at(tree, "timeline");

	CHECK(cJSON_GetArraySize(list) == 6);
	CHECK(cJSON_GetArraySize(at(cJSON_GetArrayItem(list, 3), "replies")) == 1);
	CHECK_TEXT(text_at(cJSON_GetArrayItem(list, 4), "text"), "a reply to the reply");
	CHECK_TEXT(text_at(cJSON_GetArrayItem(list, 5), "text"), "");
	CHECK(cJSON_IsNull(at(cJSON_GetArrayItem(list, 5), "author")));
	CHECK(at(at(tree, "coverage"), "unplaced_replies")->valueint == 4);
	cJSON_Delete(tree);
}

static void a_message_is_the_parent_before_a_note_made_of_it(void)
{
	struct entry timeline[] = {
		said(1, TEN, "U1", "the note", "1.1"),
		said(2, TEN + 1, "U1", "the message", "1.1"),
		replied(said(3, TEN + 2, "U1", "a reply", "1.3"), "1.1"),
	};
	struct record r = record_of(timeline, 3);
	cJSON *tree, *list;

	timeline[0].kind = "note";
	tree = json_of(&r);
	list = at(tree, "timeline");
	CHECK(cJSON_GetArraySize(list) == 2);
	CHECK(cJSON_GetArraySize(at(cJSON_GetArrayItem(list, 1), "replies")) == 1);
	cJSON_Delete(tree);
}

static void who_said_most_comes_first_and_by_name(void)
{
	struct entry timeline[] = {
		said(1, TEN, "U3", "a", "1.1"),
		said(2, TEN, "U2", "b", "1.2"),
		said(3, TEN, "U2", "c", "1.3"),
		said(4, TEN, "U1", "set", NULL),
		said(5, TEN, "U1", "d <@U2> and <@U9>", "1.5"),
	};
	struct record r = record_of(timeline, 5);
	struct buf page = { 0 };
	cJSON *tree, *list, *first;

	timeline[3].kind = "severity";
	timeline[4].author.name = "Ann, as she was then";
	tree = json_of(&r);
	list = at(tree, "participants");
	first = cJSON_GetArrayItem(list, 0);
	CHECK(cJSON_GetArraySize(list) == 3);
	CHECK_TEXT(text_at(at(first, "person"), "name"), "Bob O'Neill");
	CHECK(at(first, "messages")->valueint == 2);
	CHECK(cJSON_IsNull(at(at(cJSON_GetArrayItem(list, 2), "person"), "name")));
	cJSON_Delete(tree);
	report_markdown(&page, &r, TEN);
	CHECK(shows(&page, "- Bob O'Neill: 2 messages\n"));
	CHECK(shows(&page, "- U3: 1 message\n"));
	CHECK(shows(&page, "- 10:00:00 **U3** a"));
	CHECK(shows(&page, "**Ann, as she was then** d "));
	CHECK(shows(&page, "Bob O'Neill and"));
	CHECK(shows(&page, "- 10:00:00 **Ann Jones** _severity: set_\n"));
	buf_done(&page);
}

static void hostile_text_stays_text(void)
{
	const struct person people[] = { { "U1", "**E\\vil**\n# <b>|x|" } };
	const struct entry timeline[] = { said(1, TEN, "U1",
		"\"}],\\ \n# big\n&lt;script&gt;alert(1)&lt;/script&gt;\t\x01", "1.1\"><x") };
	struct record r = record_of(timeline, 1);
	struct buf page = { 0 };
	cJSON *tree, *entry;

	r.people = people;
	r.people_count = 1;
	r.incident.title = "a\n# b <img src=x>";
	r.incident.severity_meaning = "a | b\nc";
	r.workspace_url = "https://acme.slack.com";
	tree = json_of(&r);
	entry = cJSON_GetArrayItem(at(tree, "timeline"), 0);
	CHECK_TEXT(text_at(entry, "text"), timeline[0].text);
	CHECK_TEXT(text_at(at(entry, "author"), "name"), people[0].name);
	CHECK_TEXT(text_at(entry, "permalink"), "https://acme.slack.com/archives/C1/p11%22%3E%3Cx");
	cJSON_Delete(tree);
	report_markdown(&page, &r, TEN);
	CHECK(strncmp(page.text, "# Incident 3: a ", 16) == 0);
	CHECK(strstr(page.text, "\n# ") == NULL);
	CHECK(strstr(page.text, "\n  # ") == NULL);
	CHECK(strstr(page.text, "<script") == NULL || strstr(page.text, "\\<script") != NULL);
	CHECK(strstr(page.text, " <img") == NULL);
	CHECK(strstr(page.text, "img src=x") != NULL);
	CHECK(shows(&page, "**\\*\\*E\\\\vil\\*\\* \\# \\<b\\>\\|x\\|**"));
	CHECK(shows(&page, "| Severity | P1 | a \\| b c |\n"));
	buf_done(&page);
}

static void the_page_tells_what_there_is_to_know(void)
{
	const struct action actions[] = {
		{ .id = 1, .text = "write it up", .assignee = { "U2", NULL }, .done = true },
		{ .id = 2, .text = "buy\na lock", .due_at = TEN },
	};
	struct record r = record_of(NULL, 0);
	struct buf page = { 0 };

	r.actions = actions;
	r.action_count = 2;
	r.incident.lead = "U2";
	r.incident.status = INCIDENT_RESOLVED;
	r.incident.resolved_at = TEN + 95 * MINUTE;
	r.incident.summary = "cards fail";
	r.incident.fixed_by = "a rollback";
	r.refused_calls = 4;
	report_markdown(&page, &r, TEN + 1000 * MINUTE);
	CHECK(shows(&page, "# Incident 3: payments are down\n"));
	CHECK(shows(&page, "| Severity | P1 | complete outage |\n"));
	CHECK(shows(&page, "| Lead | Bob O'Neill |"));
	CHECK(shows(&page, "| Started | 2026-03-26 10:00:00 UTC |"));
	CHECK(shows(&page, "| Duration | 1 h 35 min | from started to resolved |\n"));
	CHECK(shows(&page, "| Time to fix | 1 h 30 min | from reported to resolved |\n"));
	CHECK(shows(&page, "## Summary\n\ncards fail\n"));
	CHECK(shows(&page, "## Impact\n\nNot written yet.\n"));
	CHECK(shows(&page, "## Resolution\n\na rollback\n"));
	CHECK(shows(&page, "- [x] write it up (Bob O'Neill)\n"));
	CHECK(shows(&page, "- [ ] buy a lock (nobody, due 2026-03-26)\n"));
	CHECK(shows(&page, "All times are UTC."));
	CHECK(shows(&page, "Calls that Slack refused: 4."));
	buf_done(&page);
}

static void a_late_reply_is_flagged_with_its_time(void)
{
	const struct entry timeline[] = {
		said(1, TEN, "U1", "down\nagain", NULL),
		said(2, TEN, "U1", "rolling back", "1.2"),
		replied(said(3, TEN + 15 * MINUTE, "U2", "in time", "1.3"), "1.2"),
		replied(said(4, TEN + 37 * MINUTE, "U2", "line\n\ntwo", "1.4"), "1.2"),
		replied(said(5, TEN + 1440 * MINUTE, "U2", "next day", "1.5"), "1.2"),
		said(6, TEN + 1440 * MINUTE, "U1", "done", NULL),
	};
	struct record r = record_of(timeline, 6);
	struct buf page = { 0 };

	r.workspace_url = NULL;
	report_markdown(&page, &r, TEN);
	CHECK(shows(&page,
		"\n### 2026-03-26\n\n"
		"- 10:00:00 **Ann Jones** down  \n  again\n"
		"- 10:00:00 **Ann Jones** rolling back\n"
		"  - 10:15:00 **Bob O'Neill** in time\n"
		"  - 10:37:00 **Bob O'Neill** (late reply, after 37 min) line\n\n    two\n"
		"  - 2026-03-27 10:00:00 **Bob O'Neill** (late reply, after 1 d 0 h 0 min) "
		"next day\n"
		"\n### 2026-03-27\n\n- 10:00:00 **Ann Jones** done\n"));
	buf_done(&page);
}

static void code_begins_on_its_own_line(void)
{
	const struct entry timeline[] = { said(1, TEN, "U1", "```\nls\n```", "1.1") };
	struct record r = record_of(timeline, 1);
	struct buf page = { 0 };

	report_markdown(&page, &r, TEN);
	CHECK(shows(&page,
		"**Ann Jones**\n  ```\n  ls\n  ```\n\n"
		"  [Slack](https://acme.slack.com/archives/C1/p11)\n"));
	buf_done(&page);
}

/* The worst for a tree: one thread that everything is in, in reverse, from many people. */
static void a_hundred_thousand_entries_are_soon_told(void)
{
	struct entry *timeline = calloc(MANY, sizeof(*timeline));
	char(*words)[2][16] = calloc(MANY, sizeof(*words));
	struct record r = record_of(timeline, MANY);
	struct buf json = { 0 }, page = { 0 };
	clock_t begun = clock();

	CHECK(timeline != NULL && words != NULL);
	for (int i = 0; i < MANY; i++) {
		CHECK(snprintf(words[i][0], sizeof(words[i][0]), "%d.1", i) > 0);
		CHECK(snprintf(words[i][1], sizeof(words[i][1]), "U%d", i % 5000) > 0);
		timeline[i] = said(i, TEN + MANY - i, words[i][1], "hello <@U1>", words[i][0]);
		if (i < MANY / 2)
			timeline[i].thread_ts = words[MANY - 1][0];
	}
	report_json(&json, &r, TEN);
	report_markdown(&page, &r, TEN);
	CHECK(json.len > (size_t)MANY * 100 && page.len > (size_t)MANY * 20);
	CHECK((clock() - begun) / CLOCKS_PER_SEC < 20); /* sanitizers and a busy machine included */
	buf_done(&json);
	buf_done(&page);
	free(timeline);
	free(words);
}

int main(void)
{
	the_json_has_the_shape_that_was_promised();
	replies_stand_below_their_parent();
	no_entry_is_lost_for_want_of_a_parent();
	a_message_is_the_parent_before_a_note_made_of_it();
	who_said_most_comes_first_and_by_name();
	hostile_text_stays_text();
	the_page_tells_what_there_is_to_know();
	a_late_reply_is_flagged_with_its_time();
	code_begins_on_its_own_line();
	a_hundred_thousand_entries_are_soon_told();
	return 0;
}

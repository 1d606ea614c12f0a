#include <cjson/cJSON.h>

#include "buf.h"
#include "check.h"
#include "report.h"

static const int64_t TEN = 1774519200000000; /* 2026-03-26 10:00:00 UTC */
static const int64_t MINUTE = 60000000;

/* A timeline as the store gives it, and what a report makes of it. */
struct telling {
	struct record record;
	struct record_line lines[16];
	int count;
	struct report_how how;
};

static const struct person PEOPLE[] = {
	{ "U1", "Ann Jones" },
	{ "U2", "Bob O'Neill" },
	{ "U3", NULL },
};

static struct telling telling(void)
{
	return (struct telling){
		.record = {
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
			.reporter = { "U1", "Ann Jones" },
			.people = PEOPLE,
			.people_count = 3,
			.workspace_url = "https://acme.slack.com/",
		},
		.how = { .now_us = TEN + 60 * MINUTE },
	};
}

static struct entry *says(
	struct telling *t, int64_t at, const char *by, const char *text, const char *ts)
{
	struct record_line *line = &t->lines[t->count++];

	line->entry = (struct entry){
		.id = t->count,
		.kind = "message",
		.said_at = at,
		.author = { .id = by },
		.text = text,
		.channel = "C1",
		.ts = ts,
		.provenance = "live",
	};
	return &line->entry;
}

static struct entry *replies(struct telling *t, const struct entry *parent, int64_t at,
	const char *by, const char *text, const char *ts)
{
	struct entry *e = says(t, at, by, text, ts);

	e->thread_ts = parent->ts;
	t->lines[t->count - 1].below = true;
	t->lines[t->count - 1].parent = parent->id;
	t->lines[t->count - 1].parent_at = parent->said_at;
	return e;
}

static void put(void *ctx, const char *bytes, size_t len)
{
	buf_add_bytes(ctx, bytes, len);
}

static struct buf report_of(struct telling *t, enum report_format format)
{
	struct buf text = { 0 };
	struct report *r;

	t->how.format = format;
	r = report_begin(&t->record, &t->how, put, &text);
	for (int i = 0; i < t->count; i++)
		report_line(r, &t->lines[i]);
	report_end(r);
	return text;
}

static bool shows(const struct buf *page, const char *words)
{
	if (strstr(page->text, words) != NULL)
		return true;
	fprintf(stderr, "'%s' is not in:\n%s\n", words, page->text);
	return false;
}

/* That these words are, or are not, in the report. */
static void check_shown(struct telling *t, enum report_format format, const char *words)
{
	struct buf page = report_of(t, format);

	CHECK(shows(&page, words));
	buf_done(&page);
}

static void check_absent(struct telling *t, enum report_format format, const char *words)
{
	struct buf page = report_of(t, format);

	CHECK(strstr(page.text, words) == NULL);
	buf_done(&page);
}

static cJSON *json_of(struct telling *t)
{
	struct buf text = report_of(t, REPORT_JSON);
	cJSON *tree = cJSON_ParseWithOpts(text.text, NULL, true);

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

static void the_json_has_the_shape_that_was_promised(void)
{
	static const char *const MEMBERS[] = { "id", "title", "status", "severity", "lead",
		"reporter", "private", "report_only", "started_at", "reported_at", "resolved_at",
		"summary", "impact", "channel" };
	const struct action actions[] = { { .id = 1,
		.text = "write it up",
		.author = { "U1", NULL },
		.assignee = { "U2", NULL },
		.due_at = TEN,
		.done = true } };
	struct telling t = telling();
	const cJSON *incident, *action;
	cJSON *tree;

	t.record.actions = actions;
	t.record.action_count = 1;
	t.record.coverage.failed_events = 2;
	tree = json_of(&t);
	incident = at(tree, "incident");
	action = cJSON_GetArrayItem(at(tree, "actions"), 0);
	for (size_t i = 0; i < sizeof(MEMBERS) / sizeof(MEMBERS[0]); i++)
		(void)at(incident, MEMBERS[i]); /* it is looked for */
	CHECK_TEXT(text_at(tree, "schema"), "incidentd/report/1");
	CHECK(at(incident, "id")->valueint == 3);
	CHECK_TEXT(text_at(incident, "status"), "open");
	CHECK_TEXT(text_at(at(incident, "severity"), "label"), "P1");
	CHECK(cJSON_IsNull(at(incident, "lead")));
	CHECK_TEXT(text_at(at(incident, "reporter"), "name"), "Ann Jones");
	CHECK_TEXT(text_at(incident, "started_at"), "2026-03-26T10:00:00.000Z");
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
	struct telling t = telling();
	struct entry *parent = says(&t, TEN + 123456, "U1", "the parent", "1.1");
	cJSON *tree, *list, *first, *below;

	parent->thread_ts = "1.1";
	(void)replies(&t, parent, TEN + MINUTE, "U2", "first", "1.3");
	(void)replies(&t, parent, TEN + 2 * MINUTE, "U1", "second", "1.4");
	(void)says(&t, TEN + MINUTE, "U2", "beside", "1.2");
	tree = json_of(&t);
	list = at(tree, "timeline");
	first = cJSON_GetArrayItem(list, 0);
	below = at(first, "replies");
	CHECK(cJSON_GetArraySize(list) == 2);
	CHECK_TEXT(text_at(first, "text"), "the parent");
	CHECK_TEXT(text_at(first, "said_at"), "2026-03-26T10:00:00.123Z");
	CHECK_TEXT(text_at(first, "permalink"), "https://acme.slack.com/archives/C1/p11");
	CHECK(cJSON_GetArraySize(below) == 2);
	CHECK_TEXT(text_at(cJSON_GetArrayItem(below, 1), "text"), "second");
	CHECK_TEXT(text_at(cJSON_GetArrayItem(below, 0), "permalink"),
		"https://acme.slack.com/archives/C1/p13?thread_ts=1.1&cid=C1");
	CHECK_TEXT(text_at(cJSON_GetArrayItem(list, 1), "text"), "beside");
	cJSON_Delete(tree);
	check_shown(&t, REPORT_HTML,
		"<ol class=\"lines\">\n<li id=\"e2\">\n<p class=\"head\"><a class=\"at\" href=\"#e2\">");
	check_shown(&t, REPORT_MARKDOWN, "\n  - 10:01:00 **Bob O'Neill** first");
}

static void a_late_reply_is_flagged_with_its_time(void)
{
	struct telling t = telling();
	const struct entry *parent;

	t.record.workspace_url = NULL;
	(void)says(&t, TEN, "U1", "down\nagain", NULL);
	parent = says(&t, TEN, "U1", "rolling back", "1.2");
	(void)replies(&t, parent, TEN + 15 * MINUTE, "U2", "in time", "1.3");
	(void)replies(&t, parent, TEN + 37 * MINUTE, "U2", "line\n\ntwo", "1.4");
	(void)replies(&t, parent, TEN + 1440 * MINUTE, "U2", "next day", "1.5");
	(void)says(&t, TEN + 1440 * MINUTE, "U1", "done", NULL);
	check_shown(&t, REPORT_MARKDOWN,
		"\n### 2026-03-26 (UTC)\n\n"
		"- 10:00:00 **Ann Jones** down  \n  again\n"
		"- 10:00:00 **Ann Jones** rolling back\n"
		"  - 10:15:00 **Bob O'Neill** in time\n"
		"  - 10:37:00 **Bob O'Neill** (late reply, after 37 min) line\n\n    two\n"
		"  - 2026-03-27 10:00:00 **Bob O'Neill** (late reply, after 1 d 0 h 0 min) "
		"next day\n"
		"\n### 2026-03-27 (UTC)\n\n- 10:00:00 **Ann Jones** done\n");
	check_shown(&t, REPORT_HTML, "<span class=\"flag\">late reply, after 37 min</span>");
	check_shown(&t, REPORT_CSV, ",2,yes,");
}

static void a_reply_without_its_parent_says_so(void)
{
	struct telling t = telling();

	says(&t, TEN, "U1", "an orphan", "2.1")->thread_ts = "1.9";
	says(&t, TEN, "U1", "a part", "2.2")->thread_ts = "1.8";
	t.lines[1].parent = 77;
	t.lines[1].parent_at = TEN - MINUTE;
	check_shown(
		&t, REPORT_MARKDOWN, "(reply, its thread's beginning is not recorded) an orphan");
	check_shown(&t, REPORT_MARKDOWN, "(reply, its thread's beginning is not shown) a part");
}

static void what_became_of_a_message_is_told(void)
{
	static const struct revision WAS[] = { { .text = "the db", .at = TEN } };
	static const struct entry_file FILES[] = { { "F1", "tr_ace.png",
							   "https://acme.slack.com/f1", false },
		{ "F2", NULL, "javascript:alert(1)", true } };
	static const struct entry_reaction REACTIONS[] = { { "+1", 2 }, { "our_own", 1 } };
	struct telling t = telling();
	struct entry *e = says(&t, TEN, "U1", "the cache", "1.1");

	e->edited = true;
	e->edited_at = TEN + MINUTE;
	e->deleted = true;
	e->deleted_at = TEN + 2000 * MINUTE;
	e->key_moment = true;
	e->broadcast = true;
	e->provenance = "recovered";
	e->put_by = "U2";
	e->revisions = WAS;
	e->files = FILES;
	e->reactions = REACTIONS;
	e->revision_count = 1;
	e->file_count = e->reaction_count = 2;
	check_shown(&t, REPORT_MARKDOWN,
		"- 10:00:00 **Ann Jones** (put here by Bob O'Neill) (sent to the channel as well) (key moment) "
		"(edited 10:01:00) (deleted 2026-03-27 19:20:00) (recovered from Slack's history) the cache "
		"[tr\\_ace.png](https://acme.slack.com/f1) (file) F2 (file, deleted) \\[👍 2, our\\_own\\] "
		"([Slack](https://acme.slack.com/archives/C1/p11))\n"
		"  - was, from 10:00:00: the db\n");
	check_shown(&t, REPORT_HTML, "<li id=\"e1\" class=\"key\">");
	check_shown(&t, REPORT_HTML,
		"<li>It said from 10:00:00:<div class=\"text\" dir=\"auto\"><p>the db</p>");
	check_shown(&t, REPORT_HTML,
		"<li>File: <bdi><a rel=\"noreferrer\" href=\"https://acme.slack.com/f1\">tr_ace.png</a></bdi></li>\n"
		"<li>File: <bdi>F2</bdi> (deleted)</li>");
	check_shown(&t, REPORT_HTML, "Reactions: 👍 +1 (2), our_own</p>");
	check_shown(&t, REPORT_CSV,
		",\"the cache\",,,yes,2026-03-26T10:01:00.000Z,1,2026-03-27T19:20:00.000Z,,,\"recovered\",");
}

static void what_is_not_there_is_said_to_be_so(void)
{
	struct telling t = telling();
	struct entry *redacted = says(&t, TEN, "U1", "", "1.1");
	struct entry *dropped = says(&t, TEN, "U1", "", "1.2");

	redacted->redacted_at = TEN + MINUTE;
	redacted->redacted_by = "U2";
	redacted->redacted_why = "a <password>";
	dropped->deleted = true;
	dropped->deleted_at = TEN + MINUTE;
	says(&t, TEN, NULL, "", "1.3")->unseen = true;
	check_shown(&t, REPORT_MARKDOWN,
		"**Ann Jones** _redacted 2026-03-26 10:01:00 UTC by Bob O'Neill: a \\<password\\>_");
	check_shown(&t, REPORT_MARKDOWN, "**Ann Jones** (deleted 10:01:00) _its text is not kept_");
	check_shown(&t, REPORT_MARKDOWN,
		"- 10:00:00 _this message was not seen, only what happened to it_");
	check_shown(&t, REPORT_HTML, "by Bob O&#39;Neill: a &lt;password&gt;</p>");
	check_shown(&t, REPORT_CSV,
		",\"redacted 2026-03-26 10:01:00 UTC by Bob O'Neill: a <password>\",");
	check_shown(&t, REPORT_JSON,
		"\"redacted\":{\"at\":\"2026-03-26T10:01:00.000Z\",\"by\":{\"id\":\"U2\",\"name\":\"Bob O'Neill\"},"
		"\"why\":\"a <password>\"}");
}

static void names_are_shown_and_changes_are_in_words(void)
{
	static const struct participant SPOKE[] = { { { "U2", "Bob O'Neill" }, 2 },
		{ { "U3", NULL }, 1 } };
	struct telling t = telling();

	t.record.participants = SPOKE;
	t.record.participant_count = 2;
	(void)says(&t, TEN, "U3", "a", "1.1");
	says(&t, TEN, "U1", "P1, was P2", NULL)->kind = "severity";
	says(&t, TEN, "U2", "<@U2> has joined the channel", "1.4")->kind = "joined";
	says(&t, TEN, "U1", "see <@U2> in <#C1>", "1.5")->author.name = "Ann, as she was then";
	check_shown(&t, REPORT_MARKDOWN, "- Bob O'Neill: 2 messages\n- U3: 1 message\n");
	check_shown(&t, REPORT_MARKDOWN, "- 10:00:00 **U3** a");
	check_shown(&t, REPORT_MARKDOWN, "- 10:00:00 **Ann Jones** _severity: P1, was P2_\n");
	check_shown(&t, REPORT_MARKDOWN,
		"- 10:00:00 **Bob O'Neill** @Bob O'Neill has joined the channel");
	check_shown(&t, REPORT_MARKDOWN, "**Ann, as she was then** see @Bob O'Neill in #inc");
	check_shown(&t, REPORT_HTML, "<em>severity</em></p>");
	check_shown(&t, REPORT_CSV, ",\"see @Bob O'Neill in #inc-3-payments\",");
}

static void hostile_text_stays_text_in_markdown_and_json(void)
{
	struct telling t = telling();
	struct entry *e = says(&t, TEN, "U1",
		"\"}],\\ \n# big\n&lt;script&gt;alert(1)&lt;/script&gt;\t\x01", "1.1\"><x");
	struct buf page;
	cJSON *tree, *entry;

	e->author.name = "**E\\vil**\n# <b>|x|\u202E";
	t.record.incident.title = "a\n# b &lt;img src=x&gt;";
	t.record.incident.severity_meaning = "a | b\nc";
	t.record.workspace_url = "https://acme.slack.com";
	tree = json_of(&t);
	entry = cJSON_GetArrayItem(at(tree, "timeline"), 0);
	CHECK_TEXT(text_at(entry, "text"), e->text);
	CHECK_TEXT(text_at(at(entry, "author"), "name"), e->author.name);
	CHECK_TEXT(text_at(entry, "permalink"), "https://acme.slack.com/archives/C1/p11%22%3E%3Cx");
	cJSON_Delete(tree);
	page = report_of(&t, REPORT_MARKDOWN);
	CHECK(strncmp(page.text, "# Incident 3: a ", 16) == 0);
	CHECK(strstr(page.text, "\n# ") == NULL);
	CHECK(strstr(page.text, "\n  # ") == NULL);
	CHECK(strstr(page.text, "<script") == NULL || strstr(page.text, "\\<script") != NULL);
	CHECK(strstr(page.text, " <img") == NULL);
	CHECK(strstr(page.text, "\u202E") == NULL);
	CHECK(shows(&page, "**\\*\\*E\\\\vil\\*\\* \\# \\<b\\>\\|x\\|**"));
	CHECK(shows(&page, "| Severity | P1 | a \\| b c |\n"));
	buf_done(&page);
}

static void hostile_text_stays_text_in_html(void)
{
	static const struct entry_file FILES[] = { { "F1", "\"><script>x</script>.png",
		"https://a/\"><script>", false } };
	struct telling t = telling();
	struct entry *e = says(&t, TEN, "U1",
		"</div><script>alert(1)</script> <javascript:alert(1)|x>", "1.1\"><script>");
	struct buf page;

	e->author.name = "<script>\u202Eevil";
	e->kind = "<script>";
	e->files = FILES;
	e->file_count = 1;
	e->provenance = "<script>";
	t.record.incident.title = "</title><script>alert(1)</script>";
	t.record.incident.severity_label = "<script>";
	t.record.incident.summary = "<script>\nx";
	t.record.incident.channel_name = "<script>";
	page = report_of(&t, REPORT_HTML);
	CHECK(strstr(page.text, "<script") == NULL);
	CHECK(strstr(page.text, "javascript:alert(1)\"") == NULL);
	CHECK(strstr(page.text, "\u202E") == NULL);
	CHECK(strstr(page.text, "</title>\n<style>") != NULL);
	buf_done(&page);
}

static void the_html_is_one_file_that_asks_for_nothing(void)
{
	struct telling t = telling();
	struct buf page;

	(void)says(&t, TEN, "U1", "שלום hello", "1.1");
	page = report_of(&t, REPORT_HTML);
	CHECK(strncmp(page.text, "<!DOCTYPE html>\n<html lang=\"en\">", 32) == 0);
	CHECK(shows(&page,
		"http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-"));
	CHECK(shows(&page, "<title>Incident 3: payments are down</title>"));
	CHECK(shows(&page, "<h1 dir=\"auto\">Incident 3: payments are down</h1>"));
	CHECK(shows(&page,
		"<section aria-labelledby=\"timeline\">\n<h2 id=\"timeline\">Timeline</h2>"));
	CHECK(shows(&page, "<time datetime=\"2026-03-26T10:00:00.000Z\">10:00:00</time>"));
	CHECK(shows(&page, "<div class=\"text\" dir=\"auto\"><p>שלום hello</p>"));
	CHECK(shows(&page, "@media print"));
	CHECK(shows(&page, "prefers-color-scheme:dark"));
	CHECK(strstr(page.text, "<script") == NULL && strstr(page.text, " src=") == NULL);
	CHECK(strstr(page.text, "<link") == NULL && strstr(page.text, "url(") == NULL);
	CHECK_TEXT(page.text + page.len - strlen("</main>\n</body>\n</html>\n"),
		"</main>\n</body>\n</html>\n");
	buf_done(&page);
}

static void no_cell_is_a_formula(void)
{
	static const char *const FORMULAS[] = { "=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1",
		"＠x" };
	struct telling t = telling();
	struct buf page;

	for (size_t i = 0; i < sizeof(FORMULAS) / sizeof(FORMULAS[0]); i++)
		says(&t, TEN, "U1", FORMULAS[i], NULL)->author.name = "=HYPERLINK(\"http://x\")";
	(void)says(&t, TEN, "U1", "two\nlines, \"quoted\"; =1", NULL);
	page = report_of(&t, REPORT_CSV);
	CHECK(strncmp(page.text, "\xEF\xBB\xBFid,said_at,", 14) == 0);
	CHECK(shows(&page, ",\"'=1+1\","));
	CHECK(shows(&page, ",\"'+1\","));
	CHECK(shows(&page, ",\"'-1\","));
	CHECK(shows(&page, ",\"'@SUM(A1)\","));
	CHECK(shows(&page, ",\"'＝1\","));
	CHECK(shows(&page, ",\"'＠x\","));
	CHECK(shows(&page, ",\"'=HYPERLINK(\"\"http://x\"\")\","));
	CHECK(shows(&page, ",\"two\nlines, \"\"quoted\"\"; =1\","));
	CHECK(strstr(page.text, ",=") == NULL && strstr(page.text, ",\"=") == NULL);
	buf_done(&page);
}

static void the_page_tells_what_there_is_to_know(void)
{
	static const struct action ACTIONS[] = {
		{ .id = 1, .text = "write it up", .assignee = { "U2", NULL }, .done = true },
		{ .id = 2, .text = "buy\na lock", .due_at = 1774519200000000 },
	};
	static const struct entry UPDATES[] = { { .kind = "update",
		.said_at = 1774519200000000,
		.author = { "U1", NULL },
		.text = "half of *all* cards" } };
	struct telling t = telling();

	t.record.actions = ACTIONS;
	t.record.action_count = 2;
	t.record.updates = UPDATES;
	t.record.update_count = 1;
	t.record.lead = (struct person){ "U2", "Bob O'Neill" };
	t.record.incident.status = INCIDENT_RESOLVED;
	t.record.incident.resolved_at = TEN + 95 * MINUTE;
	t.record.incident.summary = "cards fail";
	t.record.incident.fixed_by = "a rollback";
	check_shown(&t, REPORT_MARKDOWN, "# Incident 3: payments are down\n");
	check_shown(&t, REPORT_MARKDOWN, "| Severity | P1 | complete outage |\n");
	check_shown(&t, REPORT_MARKDOWN, "| Lead | Bob O'Neill |");
	check_shown(&t, REPORT_MARKDOWN, "| Started | 2026-03-26 10:00:00 UTC |");
	check_shown(&t, REPORT_MARKDOWN, "| Duration | 1 h 35 min | from started to resolved |\n");
	check_shown(
		&t, REPORT_MARKDOWN, "| Time to fix | 1 h 30 min | from reported to resolved |\n");
	check_shown(&t, REPORT_MARKDOWN, "## Summary\n\ncards fail\n");
	check_shown(&t, REPORT_MARKDOWN, "## Impact\n\nNot written yet.\n");
	check_shown(&t, REPORT_MARKDOWN, "## Resolution\n\na rollback\n");
	check_shown(&t, REPORT_MARKDOWN,
		"## Updates\n\n- 2026-03-26 10:00:00 UTC, Ann Jones: half of **all** cards\n");
	check_shown(&t, REPORT_MARKDOWN,
		"- [x] write it up (Bob O'Neill)\n- [ ] buy a lock (nobody, due 2026-03-26)\n");
	check_shown(&t, REPORT_HTML, "<strong>Done:</strong>");
	check_shown(&t, REPORT_HTML,
		"<tr><th scope=\"row\">Duration</th><td><bdi>1 h 35 min</bdi></td><td>from started to resolved</td></tr>");
}

static void the_coverage_is_told_in_words(void)
{
	struct hole holes[] = {
		{ TEN, TEN + 5 * MINUTE, "no connection", false },
		{ TEN + 10 * MINUTE, TEN + 2000 * MINUTE, NULL, true },
	};
	struct telling t = telling();

	t.record.late_replies = 1;
	t.record.coverage = (struct coverage){ .messages = 412,
		.replies = 37,
		.edited = 6,
		.recovered = 2,
		.unseen = 1,
		.failed_events = 3,
		.refused_calls = 4,
		.holes = holes,
		.hole_count = 2,
		.open_holes = 1,
		.complete_at = TEN + 6 * MINUTE,
		.reading = "refused",
		.refused = "not_in_channel" };
	check_shown(&t, REPORT_MARKDOWN, "This report may lack something.");
	check_shown(
		&t, REPORT_MARKDOWN, "Messages: 412, of which replies in threads: 37 (late: 1, ");
	check_shown(&t, REPORT_MARKDOWN, "Edited: 6, ");
	check_shown(&t, REPORT_MARKDOWN, "Recovered from Slack's history: 2.");
	check_shown(&t, REPORT_MARKDOWN,
		"Nobody was listening 2 times; still open: 1.\n\n"
		"- 2026-03-26 10:00:00 UTC to 10:05:00, 5 min: there was no connection to Slack. "
		"Compared with Slack's history since: what Slack still had was read.\n"
		"- 2026-03-26 10:10:00 UTC to 2026-03-27 19:20:00, 1 d 9 h 10 min: the process was killed. "
		"Not compared with Slack's history since: something may be missing.\n");
	check_shown(
		&t, REPORT_MARKDOWN, "what was new since then, last on 2026-03-26 10:06:00 UTC.");
	check_shown(&t, REPORT_MARKDOWN,
		"Slack does not let the channel be read: incidentd is not in the channel.");
	check_shown(&t, REPORT_MARKDOWN, "1 message is known only from what happened to them");
	check_shown(&t, REPORT_MARKDOWN, "Events that could not be recorded: 3 ");
	check_shown(&t, REPORT_MARKDOWN, "Calls that Slack refused: 4 ");
	check_shown(&t, REPORT_JSON,
		"\"holes\":[{\"from\":\"2026-03-26T10:00:00.000Z\",\"to\":\"2026-03-26T10:05:00.000Z\","
		"\"why\":\"no connection\",\"open\":false},");
	t.record.coverage = (struct coverage){
		.messages = 1, .complete_at = TEN, .whole_at = TEN, .reading = "idle"
	};
	check_shown(&t, REPORT_MARKDOWN, "Nothing is known to be missing.");
	check_absent(&t, REPORT_MARKDOWN, "may lack");
}

static void each_template_has_its_sections(void)
{
	struct telling t = telling();

	t.record.incident.summary = "cards fail";
	(void)says(&t, TEN, "U1", "here", "1.1");
	t.how.template = REPORT_GDS;
	check_shown(&t, REPORT_MARKDOWN, "| Priority | P1 | complete outage |");
	check_shown(&t, REPORT_MARKDOWN, "## Overview\n\ncards fail\n");
	check_shown(&t, REPORT_MARKDOWN, "### External users\n\n_To be filled in: ");
	check_shown(&t, REPORT_MARKDOWN, "## Root cause analysis");
	check_shown(&t, REPORT_MARKDOWN, "| Time to fix | not yet | from when it was declared");
	check_shown(&t, REPORT_HTML, "<h3 id=\"standing\">Standing actions</h3>");
	t.how.template = REPORT_SRE;
	check_shown(&t, REPORT_MARKDOWN,
		"## Lessons learned\n\n### What went well\n\n_To be filled in: what to keep._\n");
	check_shown(&t, REPORT_MARKDOWN, "### What went badly");
	check_shown(&t, REPORT_MARKDOWN, "**Ann Jones** here");
	check_shown(&t, REPORT_MARKDOWN, "## Coverage");
	t.how.template = REPORT_PLAIN;
	check_absent(&t, REPORT_MARKDOWN, "To be filled in");
}

/* London's clocks go forward on the 29th of March, at 1 in the morning. */
static const struct zone_change CHANGES[] = { { 0, 0 }, { 1774746000000000, 3600 },
	{ 1792890000000000, 0 } };
static const struct zone LONDON = { "Europe/London", CHANGES, 3 };

static void times_are_those_of_the_zone(void)
{
	struct telling t = telling();

	t.how.zone = &LONDON;
	t.record.workspace_url = NULL;
	(void)says(&t, 1774746000000000 - 1000000, "U1", "before", NULL);
	(void)says(&t, 1774746000000000, "U1", "after", NULL);
	check_shown(&t, REPORT_MARKDOWN, "All times are Europe/London.");
	check_shown(&t, REPORT_MARKDOWN,
		"### 2026-03-29 (UTC)\n\n- 00:59:59 **Ann Jones** before\n"
		"\n### 2026-03-29 (UTC+01:00)\n\n- 02:00:00 **Ann Jones** after\n");
	check_shown(&t, REPORT_CSV,
		"2,2026-03-29T01:00:00.000Z,2026-03-29 02:00:00,\"Europe/London\",");
	check_shown(&t, REPORT_JSON, "\"said_at\":\"2026-03-29T01:00:00.000Z\"");
}

static void a_part_is_not_taken_for_the_whole(void)
{
	struct telling t = telling();

	t.how.choice = (struct record_choice){ .key_moments = true, .since_us = TEN };
	check_shown(&t, REPORT_MARKDOWN,
		"Only key moments and changes of the incident are shown. "
		"Only what was said or done since 2026-03-26 10:00:00 UTC is shown.");
	check_shown(&t, REPORT_JSON,
		"\"choice\":{\"key_moments\":true,\"since\":\"2026-03-26T10:00:00.000Z\"}");
}

static void code_begins_on_its_own_line(void)
{
	struct telling t = telling();

	(void)says(&t, TEN, "U1", "```\nls\n```", "1.1");
	check_shown(&t, REPORT_MARKDOWN,
		"**Ann Jones**\n  ```\n  ls\n  ```\n\n"
		"  [Slack](https://acme.slack.com/archives/C1/p11)\n");
}

static int64_t since(const char *text)
{
	struct fail why;
	int64_t us = -1;

	return report_since(text, &LONDON, TEN, &us, &why) ? us : -1;
}

static void a_moment_is_read_by_the_zones_clocks(void)
{
	CHECK(since("2h") == TEN - 120 * MINUTE);
	CHECK(since("90s") == TEN - MINUTE * 3 / 2);
	CHECK(since("2026-03-26T10:00") == TEN);
	CHECK(since("2026-03-26 10:00:00") == TEN);
	CHECK(since("2026-03-29T02:00") == 1774746000000000);
	CHECK(since("2026-03-29T02:00Z") == 1774746000000000 + 60 * MINUTE);
	CHECK(since("2026-03-29") == 1774746000000000 - 60 * MINUTE);
	CHECK(since("2026-02-31") == -1);
	CHECK(since("2026-03-26T10:00+01:00") == -1);
	CHECK(since("99999999999999999999d") == -1);
	CHECK(since("-2h") == -1);
	CHECK(since("h") == -1);
	CHECK(since("2") == -1);
	CHECK(since("") == -1);
}

static void what_is_no_format_is_refused_with_what_was_meant(void)
{
	enum report_format format = REPORT_CSV;
	enum report_template template = REPORT_SRE;
	struct fail why;

	CHECK(report_format_find("html", &format, &why) && format == REPORT_HTML);
	CHECK(!report_format_find("jsno", &format, &why) && format == REPORT_HTML);
	CHECK_TEXT(why.text,
		"no format 'jsno'; did you mean 'json'? There are markdown, html, json, csv");
	CHECK(report_template_find("gds", &template, &why) && template == REPORT_GDS);
	CHECK(!report_template_find("", &template, &why));
	CHECK_TEXT(why.text, "no template ''. There are plain, gds, sre");
}

int main(void)
{
	the_json_has_the_shape_that_was_promised();
	replies_stand_below_their_parent();
	a_late_reply_is_flagged_with_its_time();
	a_reply_without_its_parent_says_so();
	what_became_of_a_message_is_told();
	what_is_not_there_is_said_to_be_so();
	names_are_shown_and_changes_are_in_words();
	hostile_text_stays_text_in_markdown_and_json();
	hostile_text_stays_text_in_html();
	the_html_is_one_file_that_asks_for_nothing();
	no_cell_is_a_formula();
	the_page_tells_what_there_is_to_know();
	the_coverage_is_told_in_words();
	each_template_has_its_sections();
	times_are_those_of_the_zone();
	a_part_is_not_taken_for_the_whole();
	code_begins_on_its_own_line();
	a_moment_is_read_by_the_zones_clocks();
	what_is_no_format_is_refused_with_what_was_meant();
	return 0;
}

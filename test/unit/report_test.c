#include "check.h"
#include "report_telling.h"

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
	check_shown(&t, REPORT_CSV,
		",permalink,action,state,assignee,due_at\r\n"
		",,,\"UTC\",\"action_item\",\"Ann Jones\",\"U1\",,\"write it up\",,,,,,,,,,,,,1,\"done\","
		"\"Bob O'Neill\",2026-03-26T10:00:00.000Z\r\n");
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
	check_shown(&t, REPORT_JSON, "\"put_by\":{\"id\":\"U2\",\"name\":\"Bob O'Neill\"}");
	check_shown(&t, REPORT_CSV, "\"Ann Jones\",\"U1\",\"Bob O'Neill\",");
	check_shown(&t, REPORT_HTML, "put here by Bob O&#39;Neill");
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

int main(void)
{
	the_json_has_the_shape_that_was_promised();
	replies_stand_below_their_parent();
	a_late_reply_is_flagged_with_its_time();
	a_reply_without_its_parent_says_so();
	what_became_of_a_message_is_told();
	what_is_not_there_is_said_to_be_so();
	names_are_shown_and_changes_are_in_words();
	return 0;
}

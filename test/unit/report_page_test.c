#include "check.h"
#include "report_telling.h"

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
	t.record.incident.status = *statuses_first(&STATUSES_SHIPPED, STATUS_RESOLVED);
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
		"- [x] write it up (Bob O'Neill)\n- [ ] buy a lock (nobody, due 2026-03-26 10:00)\n");
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
		.recovered_edits = 1,
		.recovered_reactions = 3,
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
	check_shown(&t, REPORT_MARKDOWN,
		"Recovered from Slack's history: 2 messages, 1 edit, 0 deletions and 3 reactions, given or taken back.");
	check_shown(&t, REPORT_HTML, "2 messages, 1 edit, 0 deletions and 3 reactions");
	check_shown(&t, REPORT_JSON,
		"\"recovered\":2,\"recovered_edits\":1,\"recovered_deletions\":0,\"recovered_reactions\":3,");
	check_shown(&t, REPORT_CSV,
		",\"coverage\",,,,\"This report may lack something.\nMessages: 412, ");
	check_shown(&t, REPORT_CSV, "\nRecovered from Slack's history: 2 messages, 1 edit, ");
	check_shown(&t, REPORT_MARKDOWN,
		"Nobody was listening 2 times; still open: 1.\n\n"
		"- 2026-03-26 10:00:00 UTC to 10:05:00, 5 min: there was no connection to Slack. "
		"Compared with Slack's history since: what Slack still had was read.\n"
		"- 2026-03-26 10:10:00 UTC to 2026-03-27 19:20:00, 1 d 9 h 10 min: the process was killed. "
		"Not compared with Slack's history since: something may be missing.\n");
	check_shown(
		&t, REPORT_MARKDOWN, "what was new since then, last on 2026-03-26 10:06:00 UTC.");
	check_shown(&t, REPORT_MARKDOWN,
		"The channel can not be read: incidentd is not in the channel.");
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
	check_shown(&t, REPORT_CSV, "last on 2026-03-26 10:00:00 UTC.\",,,,,,,,,,,,,,,,\r\n");
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

static void what_was_cancelled_lasted_until_then(void)
{
	struct telling t = telling();

	t.record.incident.cancelled_at = TEN + 95 * MINUTE;
	t.how.template = REPORT_GDS;
	check_shown(&t, REPORT_MARKDOWN,
		"| Total duration | 1 h 35 min | from when the problem started to when it was cancelled |\n");
	check_shown(&t, REPORT_MARKDOWN, "| Time to fix | not yet | ");
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

static void names_have_no_blanks_around_them(void)
{
	struct telling t = telling();

	says(&t, TEN, "U1", "here", "1.1")->author.name = "Bob ";
	says(&t, TEN, "U1", "there", "1.2")->author.name = "\u00a0 Cem\u3000\t";
	says(&t, TEN, "U9", "somewhere", "1.3")->author.name = " \n";
	check_shown(&t, REPORT_MARKDOWN, "**Bob** here");
	check_shown(&t, REPORT_MARKDOWN, "**Cem** there");
	check_shown(&t, REPORT_MARKDOWN, "**U9** somewhere");
	check_shown(&t, REPORT_HTML, "<bdi>Bob</bdi>");
}

static void where_nothing_is_shown_it_is_said_of_what(void)
{
	struct telling t = telling();

	check_shown(&t, REPORT_MARKDOWN, "\nNothing was recorded yet.\n");
	t.how.choice = (struct record_choice){ .since_us = TEN };
	check_shown(&t, REPORT_MARKDOWN, "\nNothing since 2026-03-26 10:00:00 UTC.\n");
	check_shown(&t, REPORT_HTML, "<p>Nothing since 2026-03-26 10:00:00 UTC.</p>");
	check_absent(&t, REPORT_MARKDOWN, "Nothing was recorded");
	t.how.choice.key_moments = true;
	check_shown(&t, REPORT_MARKDOWN, "\nNo key moments since 2026-03-26 10:00:00 UTC.\n");
	t.how.choice.since_us = 0;
	check_shown(&t, REPORT_MARKDOWN, "\nNo key moments.\n");
	check_shown(&t, REPORT_HTML, "<p>No key moments.</p>");
	(void)says(&t, TEN, "U1", "here", "1.1");
	check_absent(&t, REPORT_MARKDOWN, "No key moments.");
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
	the_page_tells_what_there_is_to_know();
	the_coverage_is_told_in_words();
	each_template_has_its_sections();
	times_are_those_of_the_zone();
	a_part_is_not_taken_for_the_whole();
	names_have_no_blanks_around_them();
	where_nothing_is_shown_it_is_said_of_what();
	what_was_cancelled_lasted_until_then();
	code_begins_on_its_own_line();
	a_moment_is_read_by_the_zones_clocks();
	what_is_no_format_is_refused_with_what_was_meant();
	return 0;
}

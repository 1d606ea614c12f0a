#include "check.h"
#include "report_telling.h"

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
	static const struct role_given ROLES[] = { { "a", "<script>", "U1\"><script>" } };
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
	t.record.incident.status.label = "<script>";
	t.record.incident.roles = ROLES;
	t.record.incident.role_count = 1;
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
	static const char *const FORMULAS[] = { "=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "＠x",
		"\uFEFF=2+2", " \u200B\uFEFF@y" };
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
	CHECK(shows(&page, ",\"'\uFEFF=2+2\","));
	CHECK(shows(&page, ",\"' \u200B\uFEFF@y\","));
	CHECK(shows(&page, ",\"'=HYPERLINK(\"\"http://x\"\")\","));
	CHECK(shows(&page, ",\"two\nlines, \"\"quoted\"\"; =1\","));
	CHECK(strstr(page.text, ",=") == NULL && strstr(page.text, ",\"=") == NULL);
	buf_done(&page);
}

int main(void)
{
	hostile_text_stays_text_in_markdown_and_json();
	hostile_text_stays_text_in_html();
	the_html_is_one_file_that_asks_for_nothing();
	no_cell_is_a_formula();
	return 0;
}

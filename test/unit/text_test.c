#include "check.h"
#include "text.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct said {
	const char *mrkdwn, *shown;
};

static const char *who(void *ctx, const char *id)
{
	(void)ctx; /* the names are fixed */
	if (strcmp(id, "U7JONAS") == 0)
		return "jonas";
	return strcmp(id, "U7EVIL") == 0 ? "**e`vil**\n# x" : NULL;
}

typedef void writer(struct buf *to, const char *mrkdwn, const struct text_names *);

static void are_shown(writer *write, const struct said *cases, size_t count)
{
	const struct text_names names = { .person = who };

	for (size_t i = 0; i < count; i++) {
		struct buf b = { 0 };

		write(&b, cases[i].mrkdwn, &names);
		CHECK_TEXT(b.text != NULL ? b.text : "", cases[i].shown);
		buf_done(&b);
	}
}

static void tokens_are_shown_as_people_see_them(void)
{
	/* clang-format off */
	static const struct said CASES[] = {
		{ "", "" },
		{ "plain *as* typed", "plain *as* typed" },
		{ "<@U7JONAS> and <@U7JONAS|x>", "@jonas and @jonas" },
		{ "<@U9|kim> <@U9|@kim> <@U9>", "@kim @kim @U9" },
		{ "<#C1|bridge> <#C1> <#C1|>", "#bridge #C1 private channel" },
		{ "<!here> <!channel|channel> <!everyone>", "@here @channel @everyone" },
		{ "<!subteam^S1|@pilots> <!subteam^S1>", "@pilots @S1" },
		{ "<!date^1791200000^{date} at {time}^https://a.example|6 Oct>", "6 Oct" },
		{ "<!new|label> <!new>", "label new" },
		{ "<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2" },
		{ "<https://a.example|the log>", "the log (https://a.example)" },
		{ "<http://a.example|a.example>", "a.example" },
		{ "<mailto:a@b.example|a@b.example>", "a@b.example" },
		{ "<tel:+4712|+4712>", "+4712" },
		{ "a &amp;lt; b &lt;c&gt; &quot;", "a &lt; b <c> &quot;" },
		{ "&lt;@U7JONAS&gt;", "<@U7JONAS>" },
		{ "a < b", "a < b" },
		{ "<", "<" },
		{ "<>", "<>" },
		{ "<<@U7JONAS>", "<@jonas" },
		{ "<@>", "@" },
		{ "one\ntwo", "one\ntwo" },
	};
	/* clang-format on */

	are_shown(text_plain, CASES, COUNT(CASES));
}

static void what_people_typed_is_no_markdown(void)
{
	/* clang-format off */
	static const struct said CASES[] = {
		{ "a_b [x](y) \\ | 2*3*4", "a\\_b \\[x\\](y) \\\\ \\| 2\\*3\\*4" },
		{ "# a\n  # b # c", "\\# a\n  \\# b # c" },
		{ "a\n---\n===", "a\n\\---\n\\===" },
		{ "&lt;script&gt; &amp;lt;", "\\<script\\> \\&lt;" },
		{ "<@U7EVIL>!", "@\\*\\*e\\`vil\\*\\* # x!" },
		{ "* a * b _ c", "\\* a \\* b \\_ c" },
		{ "**a** snake_case_name", "\\*\\*a\\*\\* snake\\_case\\_name" },
		{ "a\tb\x01" "c", "a\tb c" },
		{ "`open\nhere`", "\\`open\nhere\\`" },
		{ "```never closed", "\\`\\`\\`never closed" },
	};
	/* clang-format on */

	are_shown(text_markdown, CASES, COUNT(CASES));
}

static void slacks_markup_becomes_markdowns(void)
{
	/* clang-format off */
	static const struct said CASES[] = {
		{ "a *bold* _italic_ ~gone~.", "a **bold** _italic_ ~~gone~~." },
		{ "*all _of ~it~_*", "**all _of ~~it~~_**" },
		{ "*not\nover lines*", "\\*not\nover lines\\*" },
		{ "*2*3 = 6*", "**2\\*3 = 6**" },
		{ "_<https://a.example/b_c>_", "_<https://a.example/b_c>_" },
		{ "see `a_b *c* &lt;d&gt;` now", "see `a_b *c* <d>` now" },
		{ "`<@U7EVIL>`", "`@**e'vil** # x`" },
		{ "*a `b*` c*", "**a `b*` c**" },
		{ "```x = *1*;```", "```\nx = *1*;\n```" },
		{ "so:\n```\na &amp; b\n```\nend", "so:\n```\na & b\n```\nend" },
		{ "so ```a``` end", "so \n```\na\n```\n end" },
		{ "&gt; they said\n&gt;more\nI did not", "> they said\n> more\n\nI did not" },
		{ "&gt;&gt;&gt; all\nof it", "> all\nof it" },
		{ "&gt; ```a```", "> \n```\na\n```" },
		{ "&gt; # a", "> \\# a" },
		{ "one\ntwo\n\nthree", "one\ntwo\n\nthree" },
	};
	/* clang-format on */

	are_shown(text_markdown, CASES, COUNT(CASES));
}

static void only_safe_addresses_become_links(void)
{
	/* clang-format off */
	static const struct said CASES[] = {
		{ "<https://a.example|the [log]>", "[the \\[log\\]](https://a.example)" },
		{ "<HTTPS://a.example>", "<HTTPS://a.example>" },
		{ "<https://a.example/(x) \"y\"|z>", "[z](https://a.example/%28x%29%20%22y%22)" },
		{ "<https://a.example?a=1&amp;b=2|z>", "[z](https://a.example?a=1&b=2)" },
		{ "<mailto:a@b.example|write>", "[write](mailto:a@b.example)" },
		{ "<javascript:alert(1)|win>", "win (javascript:alert(1))" },
		{ "<data:text/html,x>", "data:text/html,x" },
		{ "<@U7JONAS> in <#C1|a_b>", "@jonas in #a\\_b" },
	};
	/* clang-format on */

	are_shown(text_markdown, CASES, COUNT(CASES));
}

static void long_hostile_text_is_quickly_done(void)
{
	static const char *const PIECES[] = { "*a ", "_", "<", "`", "```", "~a", "<@", "*_~`" };
	const struct text_names none = { 0 };

	for (size_t i = 0; i < COUNT(PIECES); i++) {
		struct buf text = { 0 }, shown = { 0 };

		for (int n = 0; n < 10000; n++)
			buf_add(&text, PIECES[i]);
		text_markdown(&shown, text.text, &none);
		CHECK(shown.len >= text.len);
		buf_empty(&shown);
		text_plain(&shown, text.text, NULL);
		CHECK(shown.len == text.len);
		buf_done(&shown);
		buf_done(&text);
	}
}

static void slack_text_escapes_three_characters(void)
{
	struct buf b = { 0 };

	slack_text(&b, "a < b & c > <!everyone> *x* &amp;");
	CHECK_TEXT(b.text, "a &lt; b &amp; c &gt; &lt;!everyone&gt; *x* &amp;amp;");
	buf_empty(&b);
	slack_text(&b, NULL);
	text_plain(&b, NULL, NULL);
	text_markdown(&b, NULL, NULL);
	CHECK(b.len == 0);
	buf_done(&b);
}

int main(void)
{
	tokens_are_shown_as_people_see_them();
	what_people_typed_is_no_markdown();
	slacks_markup_becomes_markdowns();
	only_safe_addresses_become_links();
	long_hostile_text_is_quickly_done();
	slack_text_escapes_three_characters();
	return 0;
}

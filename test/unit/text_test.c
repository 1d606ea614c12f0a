#include <time.h>

#include "text_cases.h"

static void are_shown(const struct text_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct arena *arena = arena_new();

		text_check_all(text_read(arena, cases[i].came, NULL), &cases[i]);
		arena_free(arena);
	}
}

static void markup_is_read_as_slack_reads_it(void)
{
	/* clang-format off */
	static const struct text_case CASES[] = {
		{ "", "", "", "" },
		/* marks */
		{ "plain *as* typed",
			"plain as typed",
			"plain **as** typed",
			"<p>plain <strong>as</strong> typed</p>" },
		{ "a *bold* _italic_ ~gone~.",
			"a bold italic ~gone~.",
			"a **bold** _italic_ ~~gone~~.",
			"<p>a <strong>bold</strong> <em>italic</em> <del>gone</del>.</p>" },
		{ "*all _of ~it~_* and _*both*_",
			"all of ~it~ and both",
			"**all _of ~~it~~_** and **_both_**",
			"<p><strong>all <em>of <del>it</del></em></strong> and <strong><em>both</em></strong></p>" },
		{ "the *lift*\nis _out_\n\n*again*",
			"the lift\nis out\n\nagain",
			"the **lift**  \nis _out_\n\n**again**",
			"<p>the <strong>lift</strong><br>\nis <em>out</em></p>\n<p><strong>again</strong></p>" },
		{ "*not\nover lines*",
			"*not\nover lines*",
			"\\*not  \nover lines\\*",
			"<p>*not<br>\nover lines*</p>" },
		{ "*2*3 = 6* 2*3*4",
			"2*3 = 6 2*3*4",
			"**2\\*3 = 6** 2\\*3\\*4",
			"<p><strong>2*3 = 6</strong> 2*3*4</p>" },
		{ "snake_case_name _snake_case_",
			"snake_case_name snake_case",
			"snake\\_case\\_name _snake\\_case_",
			"<p>snake_case_name <em>snake_case</em></p>" },
		{ "**a** __init__ ~~b~~",
			"**a** __init__ ~~b~~",
			"\\*\\*a\\*\\* \\_\\_init\\_\\_ \\~\\~b\\~\\~",
			"<p>**a** __init__ ~~b~~</p>" },
		{ "* a * b _ c",
			"* a * b _ c",
			"\\* a \\* b \\_ c",
			"<p>* a * b _ c</p>" },
		{ "rm *.tmp /a/*/b/*  */5 * * * * ~/x ~/y",
			"rm *.tmp /a/*/b/*  */5 * * * * ~/x ~/y",
			"rm \\*.tmp /a/\\*/b/\\*  \\*/5 \\* \\* \\* \\* \\~/x \\~/y",
			"<p>rm *.tmp /a/*/b/*  */5 * * * * ~/x ~/y</p>" },
		{ "*notes*.txt but *notes*. (*so*) \"_so_\"",
			"*notes*.txt but notes. (so) \"so\"",
			"\\*notes\\*.txt but **notes**. (**so**) \"_so_\"",
			"<p>*notes*.txt but <strong>notes</strong>. (<strong>so</strong>) &quot;<em>so</em>&quot;</p>" },
		{ "日本*語* と *語*。 “*a*”",
			"日本*語* と 語。 “a”",
			"日本\\*語\\* と **語**&#8203;。 “&#8203;**a**&#8203;”",
			"<p>日本*語* と <strong>語</strong>。 “<strong>a</strong>”</p>" },
		{ "_<https://a.example/b_c>_ *<@U7JONAS>*",
			"https://a.example/b_c @jonas",
			"_<https://a.example/b_c>_ **@jonas**",
			"<p><em><a href=\"https://a.example/b_c\" rel=\"noreferrer noopener\">https://a.example/b_c</a></em> <strong><bdi>@jonas</bdi></strong></p>" },
		/* code */
		{ "see `a_b *c* &lt;d&gt;` now",
			"see a_b *c* <d> now",
			"see `a_b *c* <d>` now",
			"<p>see <code>a_b *c* &lt;d&gt;</code> now</p>" },
		{ "`<@U7JONAS>` *a `b*` c*",
			"@jonas a b* c",
			"`@jonas` **a `b*` c**",
			"<p><code><bdi>@jonas</bdi></code> <strong>a <code>b*</code> c</strong></p>" },
		{ "`open\nhere` ```never closed",
			"`open\nhere` ```never closed",
			"\\`open  \nhere\\` \\`\\`\\`never closed",
			"<p>`open<br>\nhere` ```never closed</p>" },
		{ "```x = *1*;```",
			"x = *1*;",
			"```\nx = *1*;\n```",
			"<pre><code>x = *1*;</code></pre>" },
		{ "so:\n```\na &amp; b\n  c\n```\nend",
			"so:\na & b\n  c\nend",
			"so:\n\n```\na & b\n  c\n```\n\nend",
			"<p>so:</p>\n<pre><code>a &amp; b\n  c</code></pre>\n<p>end</p>" },
		{ "so ```a``` end",
			"so \na\nend",
			"so\n\n```\na\n```\n\nend",
			"<p>so </p>\n<pre><code>a</code></pre>\n<p>end</p>" },
		{ "&gt; ```a\n\nb```",
			"> a\n> \n> b",
			"> ```\n> a\n> \n> b\n> ```",
			"<blockquote>\n<pre><code>a\n\nb</code></pre>\n</blockquote>" },
		/* quotes */
		{ "&gt; they said\n&gt;more\nI did not",
			"> they said\n> more\nI did not",
			"> they said  \n> more\n\nI did not",
			"<blockquote>\n<p>they said<br>\nmore</p>\n</blockquote>\n<p>I did not</p>" },
		{ "&gt;&gt;&gt; all\n\nof it",
			"> all\n\n> of it",
			"> all\n>\n> of it",
			"<blockquote>\n<p>all</p>\n<p>of it</p>\n</blockquote>" },
		{ "&gt; a\n\n&gt; b",
			"> a\n\n> b",
			"> a\n>\n> b",
			"<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>" },
		{ "1 &gt; 0",
			"1 > 0",
			"1 \\> 0",
			"<p>1 &gt; 0</p>" },
		/* lists */
		{ "- one\n- two\n    • deep\n- three\nno more",
			"• one\n• two\n    ◦ deep\n• three\nno more",
			"- one\n- two\n  - deep\n- three\n\nno more",
			"<ul>\n<li>one</li>\n<li>two<ul>\n<li>deep</li></ul>\n</li>\n<li>three</li></ul>\n<p>no more</p>" },
		{ "1. a\n2. b\n7. c\n1999) d",
			"1. a\n2. b\n7. c\n1999) d",
			"1. a\n2. b\n7) c\n\n1999\\) d",
			"<ol>\n<li value=\"1\">a</li>\n<li value=\"2\">b</li>\n<li value=\"7\">c</li></ol>\n<p>1999) d</p>" },
		{ "- a\n    3. b\n- \n```<https://a.example|c>```",
			"• a\n    3. b\n• \nc (https://a.example)",
			"- a\n\n  3. b\n- &#8203;\n\n```\nc (https://a.example)\n```",
			"<ul>\n<li>a<ol>\n<li value=\"3\">b</li></ol>\n</li>\n<li></li></ul>\n<pre><code><a href=\"https://a.example\" rel=\"noreferrer noopener\">c</a></code></pre>" },
		{ "2026. That year",
			"2026. That year",
			"2026. That year",
			"<ol>\n<li value=\"2026\">That year</li></ol>" },
	};
	/* clang-format on */

	are_shown(CASES, COUNT(CASES));
}

static void tokens_are_shown_as_people_see_them(void)
{
	/* clang-format off */
	static const struct text_case CASES[] = {
		/* names */
		{ "<@U7JONAS> and <@U7JONAS|x>",
			"@jonas and @jonas",
			"@jonas and @jonas",
			"<p><bdi>@jonas</bdi> and <bdi>@jonas</bdi></p>" },
		{ "<@U9|kim> <@W9|@kim> <@U9>",
			"@kim @kim @U9",
			"@kim @kim @U9",
			"<p><bdi>@kim</bdi> <bdi>@kim</bdi> <bdi>@U9</bdi></p>" },
		{ "<#C1|bridge> <#C2> <#C3> <#C4|>",
			"#war-room #war-room #C3 private channel",
			"\\#war-room #war-room #C3 private channel",
			"<p><bdi>#war-room</bdi> <bdi>#war-room</bdi> <bdi>#C3</bdi> <bdi>private channel</bdi></p>" },
		{ "<!here> <!channel|channel> <!everyone>",
			"@here @channel @everyone",
			"@here @channel @everyone",
			"<p><bdi>@here</bdi> <bdi>@channel</bdi> <bdi>@everyone</bdi></p>" },
		{ "<!subteam^S1|@x> <!subteam^S2|@pilots> <!subteam^S3>",
			"@on-call @pilots @S3",
			"@on-call @pilots @S3",
			"<p><bdi>@on-call</bdi> <bdi>@pilots</bdi> <bdi>@S3</bdi></p>" },
		{ "<!date^1791200000^{date} at {time}^https://a.example|6 Oct>",
			"6 Oct (https://a.example)",
			"[6 Oct](https://a.example)",
			"<p><a href=\"https://a.example\" rel=\"noreferrer noopener\">6 Oct</a></p>" },
		{ "<!date^1392734382^{date}> <!date^x> <!new|label> <!new>",
			"2014-02-18 14:39 UTC 1970-01-01 00:00 UTC label new",
			"2014-02-18 14:39 UTC 1970-01-01 00:00 UTC label new",
			"<p>2014-02-18 14:39 UTC 1970-01-01 00:00 UTC label new</p>" },
		/* links */
		{ "<https://a.example/x?a=1&amp;b=2>",
			"https://a.example/x?a=1&b=2",
			"<https://a.example/x?a=1&b=2>",
			"<p><a href=\"https://a.example/x?a=1&amp;b=2\" rel=\"noreferrer noopener\">https://a.example/x?a=1&amp;b=2</a></p>" },
		{ "(http://x.example/y_z.png), see https://x.example/(a)!",
			"(http://x.example/y_z.png), see https://x.example/(a)!",
			"(<http://x.example/y_z.png>), see <https://x.example/%28a%29>!",
			"<p>(http://x.example/y_z.png), see https://x.example/(a)!</p>" },
		{ "xhttp://a_b https:// [HTTPS://x.example] *http://x.example*",
			"xhttp://a_b https:// [HTTPS://x.example] http://x.example",
			"xhttp://a\\_b https:// \\[<HTTPS://x.example>\\] **<http://x.example>**",
			"<p>xhttp://a_b https:// [HTTPS://x.example] <strong>http://x.example</strong></p>" },
		{ "<https://a.example|the [log]> <http://a.example|a.example>",
			"the [log] (https://a.example) a.example",
			"[the \\[log\\]](https://a.example) [a.example](http://a.example)",
			"<p><a href=\"https://a.example\" rel=\"noreferrer noopener\">the [log]</a> <a href=\"http://a.example\" rel=\"noreferrer noopener\">a.example</a></p>" },
		{ "<mailto:a@b.example|a@b.example> <tel:+4712|+4712>",
			"a@b.example +4712",
			"[a@b.example](mailto:a@b.example) [+4712](tel:+4712)",
			"<p><a href=\"mailto:a@b.example\" rel=\"noreferrer noopener\">a@b.example</a> <a href=\"tel:+4712\" rel=\"noreferrer noopener\">+4712</a></p>" },
		{ "<slack://channel?id=C1|here>",
			"here (slack://channel?id=C1)",
			"[here](slack://channel?id=C1)",
			"<p><a href=\"slack://channel?id=C1\" rel=\"noreferrer noopener\">here</a></p>" },
		{ "<https://a.example/(x) \"y\"|z>",
			"z (https://a.example/(x) \"y\")",
			"[z](https://a.example/%28x%29%20%22y%22)",
			"<p><a href=\"https://a.example/(x)%20&quot;y&quot;\" rel=\"noreferrer noopener\">z</a></p>" },
		/* entities */
		{ "a &amp;lt; b &lt;c&gt; &quot;",
			"a &lt; b <c> &quot;",
			"a \\&lt; b \\<c\\> \\&quot;",
			"<p>a &amp;lt; b &lt;c&gt; &amp;quot;</p>" },
		{ "&lt;@U7JONAS&gt; a < b <> <<@U7JONAS> <@>",
			"<@U7JONAS> a < b <> <@jonas @",
			"\\<@U7JONAS\\> a \\< b \\<\\> \\<@jonas @",
			"<p>&lt;@U7JONAS&gt; a &lt; b &lt;&gt; &lt;<bdi>@jonas</bdi> <bdi>@</bdi></p>" },
		/* emoji */
		{ ":fire: :+1::skin-tone-3: :hash: :thumbsup:",
			"🔥 👍🏼 #\ufe0f⃣ 👍",
			"🔥 👍🏼 #\ufe0f⃣ 👍",
			"<p>🔥 👍🏼 #\ufe0f⃣ 👍</p>" },
		{ ":fire::skin-tone-3: :partyparrot: :parrot:",
			"🔥 (parrot) 🦜",
			"🔥 (parrot) 🦜",
			"<p>🔥 (parrot) 🦜</p>" },
		{ "root:x:0:0 10:30:45 fe80:100::1 `:fire:`",
			"root:x:0:0 10:30:45 fe80:100::1 :fire:",
			"root:x:0:0 10:30:45 fe80:100::1 `:fire:`",
			"<p>root:x:0:0 10:30:45 fe80:100::1 <code>:fire:</code></p>" },
		/* lines */
		{ "one\ntwo\n\nthree\n\n\nfour",
			"one\ntwo\n\nthree\n\n\nfour",
			"one  \ntwo\n\nthree\n\nfour",
			"<p>one<br>\ntwo</p>\n<p>three</p>\n<p>four</p>" },
		{ "  a  b  \n\n",
			"  a  b  ",
			"a  b",
			"<p>  a  b  </p>" },
	};
	/* clang-format on */

	are_shown(CASES, COUNT(CASES));
}

static void nothing_written_becomes_markup_or_code(void)
{
	/* clang-format off */
	static const struct text_case CASES[] = {
		{ "<script>alert(1)</script> &lt;script&gt;",
			"<script>alert(1)</script> <script>",
			"\\<script\\>alert(1)\\</script\\> \\<script\\>",
			"<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;script&gt;</p>" },
		{ "&lt;img src=x onerror=\"a\"&gt; 'q' &amp;amp;",
			"<img src=x onerror=\"a\"> 'q' &amp;",
			"\\<img src=x onerror=\"a\"\\> 'q' \\&amp;",
			"<p>&lt;img src=x onerror=&quot;a&quot;&gt; &#39;q&#39; &amp;amp;</p>" },
		{ "# a\n  # b # c",
			"# a\n  # b # c",
			"\\# a  \n\\# b # c",
			"<p># a<br>\n  # b # c</p>" },
		{ "a\n---\n===\n+ c\n1) d",
			"a\n---\n===\n+ c\n1) d",
			"a  \n\\---  \n\\===  \n\\+ c  \n1\\) d",
			"<p>a<br>\n---<br>\n===<br>\n+ c<br>\n1) d</p>" },
		{ "[x](javascript:y) ![i](z) | \\\\ ~~~",
			"[x](javascript:y) ![i](z) | \\\\ ~~~",
			"\\[x\\](javascript:y) !\\[i\\](z) \\| \\\\\\\\ \\~\\~\\~",
			"<p>[x](javascript:y) ![i](z) | \\\\ ~~~</p>" },
		{ "<javascript:alert(1)|win> <data:text/html,x> <vbscript:x|v>",
			"win (javascript:alert(1)) data:text/html,x v (vbscript:x)",
			"win (javascript:alert(1)) data:text/html,x v (vbscript:x)",
			"<p>win (javascript:alert(1)) data:text/html,x v (vbscript:x)</p>" },
		{ "<JavaScript:alert(1)|win> <java\tscript:x|y> < javascript:x|z>",
			"win (JavaScript:alert(1)) y (java script:x) z ( javascript:x)",
			"win (JavaScript:alert(1)) y (java script:x) z ( javascript:x)",
			"<p>win (JavaScript:alert(1)) y (java script:x) z ( javascript:x)</p>" },
		{ "<https://a.example/\"onclick=\"x|b\"c>",
			"b\"c (https://a.example/\"onclick=\"x)",
			"[b\"c](https://a.example/%22onclick=%22x)",
			"<p><a href=\"https://a.example/&quot;onclick=&quot;x\" rel=\"noreferrer noopener\">b&quot;c</a></p>" },
		{ "<https:a|b> <//a.example|c> <file:///etc/passwd|d>",
			"b (https:a) <//a.example|c> d (file:///etc/passwd)",
			"b (https:a) \\<//a.example\\|c\\> d (file:///etc/passwd)",
			"<p>b (https:a) &lt;//a.example|c&gt; d (file:///etc/passwd)</p>" },
		{ "<@U7EVIL>! `<@U7EVIL>`",
			"@**e`vil** # x! @**e`vil** # x",
			"@\\*\\*e\\`vil\\*\\* # x! ``@**e`vil** # x``",
			"<p><bdi>@**e`vil** # x</bdi>! <code><bdi>@**e`vil** # x</bdi></code></p>" },
		{ "```<@U7EVIL>```",
			"@**e`vil** # x",
			"```\n@**e`vil** # x\n```",
			"<pre><code><bdi>@**e`vil** # x</bdi></code></pre>" },
		{ "a\x01" "b\x7f" "\xc2\x85" "c\xff\xc0\xaf\xed\xa0\x80 d\x0d" "e",
			"a b  c\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd d e",
			"a b  c\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd d e",
			"<p>a b  c\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd d e</p>" },
		{ "x \u202eevil\u202c \u2067y\u2028z",
			"x [U+202E]evil y\nz",
			"x \\[U+202E\\]evil y  \nz",
			"<p>x [U+202E]evil y<br>\nz</p>" },
	};
	/* clang-format on */

	are_shown(CASES, COUNT(CASES));
}

static void what_was_typed_is_kept(void)
{
	/* clang-format off */
	static const char *const CASES[][2] = {
		{ "  *a* _b_\n\n\n- c :fire: `d`", "  *a* _b_\n\n\n- c :fire: `d`" },
		{ "<@U7JONAS> &lt;x&gt; in <#C1>", "@jonas <x> in #war-room" },
		{ "see <https://a.example|the log>", "see the log (https://a.example)" },
		{ "a\x01" "b\xff", "a b\ufffd" },
		{ "", "" },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT(CASES); i++) {
		struct buf b = { 0 };

		text_typed(&b, CASES[i][0], &TEXT_KNOWN);
		CHECK_TEXT(b.text != NULL ? b.text : "", CASES[i][1]);
		buf_done(&b);
	}
}

static size_t length_of(text_writer *write, const struct text *text)
{
	struct buf b = { 0 };
	size_t len;

	write(&b, text, NULL);
	len = b.len;
	buf_done(&b);
	return len;
}

/* All of them at once take seconds when one of them takes squared time. */
static void long_hostile_text_is_quickly_done(void)
{
	static const char *const PIECES[] = { "*", "*a ", "*a*", "_", "<", "<a", "&gt;", "&gt;\n",
		"`", "` ", "```", "```a", "~a", "<@", "*_~`", ":", ":a", "- ", "1. ", "\n", " ",
		"\xf0", "&", "a*_", "(*a", "x" };
	const clock_t began = clock();

	for (size_t i = 0; i < COUNT(PIECES); i++) {
		struct arena *arena = arena_new();
		struct buf came = { 0 };
		const struct text *text;

		while (came.len < 100000)
			buf_add(&came, PIECES[i]);
		text = text_read(arena, came.text, NULL);
		CHECK(length_of(text_plain, text) <= 4 * came.len);
		CHECK(length_of(text_markdown, text) <= 8 * came.len);
		CHECK(length_of(text_html, text) <= 16 * came.len);
		buf_done(&came);
		arena_free(arena);
	}
	CHECK((clock() - began) / CLOCKS_PER_SEC < 20);
}

static void of_too_long_a_text_the_rest_is_left_out(void)
{
	struct arena *arena = arena_new();
	struct buf came = { 0 }, shown = { 0 };

	while (came.len < 5000000)
		buf_add(&came, "*words* and <https://a.example|links>\n");
	text_plain(&shown, text_read(arena, came.text, NULL), NULL);
	CHECK(shown.len > 100000 && shown.len < 1000000);
	CHECK(strstr(shown.text, "\n[The rest is not shown: it is too long.]") != NULL);
	buf_done(&came);
	buf_done(&shown);
	arena_free(arena);
}

static void emoji_are_found_by_every_name(void)
{
	struct buf b = { 0 };

	CHECK(text_emoji(&b, "+1") && text_emoji(&b, "thumbsup") && text_emoji(&b, "zzz"));
	CHECK_TEXT(b.text, "\U0001f44d\U0001f44d\U0001f4a4");
	buf_empty(&b);
	/* the sign that asks for a picture gives way to the tone, what is joined to it stays */
	CHECK(text_emoji(&b, "woman-running::skin-tone-6") && text_emoji(&b, "v::skin-tone-2"));
	CHECK_TEXT(b.text, "\U0001f3c3\U0001f3ff\u200d\u2640\ufe0f\u270c\U0001f3fb");
	buf_empty(&b);
	CHECK(!text_emoji(&b, "") && !text_emoji(&b, NULL) && !text_emoji(&b, "partyparrot"));
	CHECK(!text_emoji(&b, "+") && !text_emoji(&b, "+1::skin-tone-7") && b.len == 0);
	buf_done(&b);
}

static void escaping_leaves_the_rest_as_it_is(void)
{
	struct buf b = { 0 };

	slack_text(&b, "a < b & c > <!everyone> *x* &amp;");
	CHECK_TEXT(b.text, "a &lt; b &amp; c &gt; &lt;!everyone&gt; *x* &amp;amp;");
	buf_empty(&b);
	html_text(&b, "<a href=\"x\" b='y'>&amp;\n\x1b[0m\xff");
	CHECK_TEXT(b.text, "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;\n [0m\ufffd");
	buf_empty(&b);
	slack_text(&b, NULL);
	html_text(&b, NULL);
	CHECK(b.len == 0);
	buf_done(&b);
}

static void what_fits_is_whole(void)
{
	CHECK(text_fit("abc", 5) == 3 && text_fit("abc", 2) == 2 && text_fit("", 2) == 0);
	/* Two units each for Slack, four bytes each. */
	CHECK(text_fit("\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5", 3) == 4);
	CHECK(text_fit("\xe9\x9b\xbb\xe6\xa2\xaf", 2) == 6);
	CHECK(text_fit("a&amp;b", 3) == 1 && text_fit("a&amp;b", 6) == 6);
	CHECK(text_fit("a <@U1>", 5) == 2 && text_fit("a <@U1>", 7) == 7);
	CHECK(text_fit("a < b & c", 7) == 7);
	/* Half a character at the end is not read past. */
	CHECK(text_fit("a\xf0\x9f", 9) == 3);
}

static void a_span_is_said_in_words(void)
{
	static const struct {
		int64_t s;
		const char *words;
	} SPANS[] = { { 0, "0 s" }, { 59, "59 s" }, { 60, "1 min" }, { 3600, "1 h 0 min" },
		{ 93784, "1 d 2 h 3 min" } };

	for (size_t i = 0; i < sizeof(SPANS) / sizeof(SPANS[0]); i++) {
		struct buf b = { 0 };

		text_span(&b, SPANS[i].s * 1000000);
		CHECK_TEXT(b.text, SPANS[i].words);
		buf_done(&b);
	}
}

static bool has(const char *text, const char *word)
{
	struct arena *a = arena_new();
	bool found = text_has_word(text_words(a, text), word);

	arena_free(a);
	return found;
}

static void a_word_is_found_whole_in_any_script(void)
{
	CHECK(has("The DB, again", "db") && has("db", "DB") && has("(db)", "db"));
	CHECK(!has("dbus", "db") && !has("a_db", "db") && !has("db2", "db") && !has("", "db"));
	CHECK(has("dbus or db?", "db"));
	CHECK(has("the data\n  base is", "Data base") && !has("the data-base", "data base"));
	CHECK(has("it isn\u2019t there", "isn't"));
	CHECK(has("\u00dcBERLAUF!", "\u00fcberlauf") && !has("\u00dcBERLAUF", "berlauf"));
	CHECK(has("\u0411\u0410\u0417\u0410 \u0443\u043f\u0430\u043b\u0430",
		"\u0431\u0430\u0437\u0430"));
	CHECK(!has("\u0431\u0430\u0437\u0430\u0440", "\u0431\u0430\u0437\u0430"));
	CHECK(has("\u0392\u0391\u03a3\u0397", "\u03b2\u03b1\u03c3\u03b7"));
	CHECK(has("\u0160KODA", "\u0161koda") && has("\u0179LE", "\u017ale"));
	CHECK(has("\u6570\u636e\u5e93\u574f\u4e86", "\u6570\u636e\u5e93"));
	CHECK(has("\u05de\u05e2\u05dc\u05d9\u05ea \u05ea\u05e7\u05d5\u05e2\u05d4",
		"\u05de\u05e2\u05dc\u05d9\u05ea"));
	CHECK(!has("x", "") && !has("x", "  "));
	CHECK(has("\xff db \xc3", "db"));
}

int main(void)
{
	a_word_is_found_whole_in_any_script();
	markup_is_read_as_slack_reads_it();
	tokens_are_shown_as_people_see_them();
	nothing_written_becomes_markup_or_code();
	what_was_typed_is_kept();
	long_hostile_text_is_quickly_done();
	of_too_long_a_text_the_rest_is_left_out();
	emoji_are_found_by_every_name();
	escaping_leaves_the_rest_as_it_is();
	what_fits_is_whole();
	a_span_is_said_in_words();
	return 0;
}

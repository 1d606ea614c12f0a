#include "text_cases.h"

static const char *as_json(struct arena *arena, const char *quoted)
{
	char *json = arena_copy(arena, quoted);

	for (char *c = json; *c != '\0'; c++)
		*c = (char)(*c == '\'' ? '"' : *c);
	return json;
}

static void what_slack_sends_is_shown(void)
{
	/* clang-format off */
	static const struct text_case CASES[] = {
		/* styles */
		{ "{'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_section',"
		  "'elements':[{'type':'text','text':'hi '},{'type':'text','text':'bold ',"
		  "'style':{'bold':true}},{'type':'text','text':'both','style':{'bold':true,"
		  "'italic':true}},{'type':'text','text':' 2*3 <b> &amp; '},{'type':'text',"
		  "'text':'a`b','style':{'code':true}},{'type':'text','text':'c',"
		  "'style':{'code':true}},{'type':'text','text':'gone','style':{'strike':true,"
		  "'underline':true}}]}]}]}",
			"hi bold both 2*3 <b> &amp; a`bc~gone~",
			"hi **bold _both_** 2\\*3 \\<b\\> \\&amp; ``a`bc``~~gone~~",
			"<p>hi <strong>bold <em>both</em></strong> 2*3 &lt;b&gt; &amp;amp; <code>a`bc</code><del>gone</del></p>" },
		/* blanks stay outside of marks */
		{ "{'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_section',"
		  "'elements':[{'type':'text','text':'a'},{'type':'text','text':' b ',"
		  "'style':{'bold':true}},{'type':'text','text':'c\\n\\nd',"
		  "'style':{'italic':true}},{'type':'text','text':'e'}]}]}]}",
			"a b c\n\nde",
			"a **b** _c_\n\n_d_&#8203;e",
			"<p>a<strong> b </strong><em>c</em></p>\n<p><em>d</em>e</p>" },
		/* every element */
		{ "{'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_section',"
		  "'elements':[{'type':'user','user_id':'U7JONAS'},{'type':'text','text':' '},"
		  "{'type':'usergroup','usergroup_id':'S1'},{'type':'text','text':' '},"
		  "{'type':'channel','channel_id':'C1'},{'type':'text','text':' '},"
		  "{'type':'broadcast','range':'here'},{'type':'text','text':' '},{'type':'team',"
		  "'team_id':'T1'},{'type':'text','text':' '},{'type':'color','value':'#a1b2c3'},"
		  "{'type':'text','text':' '},{'type':'link','url':'https://a.example',"
		  "'text':'x'},{'type':'text','text':' '},{'type':'link','url':'javascript:x'},"
		  "{'type':'text','text':' '},{'type':'date','timestamp':1392734382,"
		  "'format':'{date}'},{'type':'text','text':' '},{'type':'date','timestamp':1,"
		  "'format':'{date}','fallback':'then','url':'https://b.example'},"
		  "{'type':'hologram','text':' unheard of'}]}]}]}",
			"@jonas @on-call #war-room @here @T1 #a1b2c3 x (https://a.example) javascript:x 2014-02-18 14:39 UTC then (https://b.example) unheard of",
			"@jonas @on-call #war-room @here @T1 #a1b2c3 [x](https://a.example) javascript:x 2014-02-18 14:39 UTC [then](https://b.example) unheard of",
			"<p><bdi>@jonas</bdi> <bdi>@on-call</bdi> <bdi>#war-room</bdi> <bdi>@here</bdi> <bdi>@T1</bdi> #a1b2c3 <a href=\"https://a.example\" rel=\"noreferrer noopener\">x</a> javascript:x 2014-02-18 14:39 UTC <a href=\"https://b.example\" rel=\"noreferrer noopener\">then</a> unheard of</p>" },
		/* emoji, by name or by character */
		{ "{'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_section',"
		  "'elements':[{'type':'emoji','name':'+1','skin_tone':3},{'type':'emoji',"
		  "'name':'fire','unicode':'1f525'},{'type':'emoji','name':'newest',"
		  "'unicode':'1fae9'},{'type':'emoji','name':'odd','unicode':'zz'},"
		  "{'type':'emoji','name':'partyparrot'}]}]}]}",
			"👍🏼🔥🫩:odd:(parrot)",
			"👍🏼🔥🫩:odd:(parrot)",
			"<p>👍🏼🔥🫩:odd:(parrot)</p>" },
		/* what goes on over the end of a line, and what ends with it */
		{ "{'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_section','elements':["
		  "{'type':'text','text':'a\\nb','style':{'bold':true}},"
		  "{'type':'text','text':'\\nc'}]}]}]}",
			"a\nb\nc", "**a**  \n**b**  \nc",
			"<p><strong>a<br>\nb</strong><br>\nc</p>" },
		/* lists, which are siblings */
		{ "{'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_section',"
		  "'elements':[{'type':'text','text':'to do:\\n'}]},{'type':'rich_text_list',"
		  "'style':'ordered','indent':0,'elements':[{'type':'rich_text_section',"
		  "'elements':[{'type':'text','text':'one'}]},{'type':'rich_text_section',"
		  "'elements':[{'type':'text','text':'two\\nlines'}]}]},{'type':'rich_text_list',"
		  "'style':'bullet','indent':1,'elements':[{'type':'rich_text_section',"
		  "'elements':[{'type':'text','text':'sub'}]}]},{'type':'rich_text_list',"
		  "'style':'ordered','indent':0,'offset':2,"
		  "'elements':[{'type':'rich_text_section','elements':[{'type':'text',"
		  "'text':'three'}]}]}]}]}",
			"to do:\n1. one\n2. two\n   lines\n    ◦ sub\n3. three",
			"to do:\n\n1. one\n2. two  \n   lines\n   - sub\n3. three",
			"<p>to do:</p>\n<ol>\n<li value=\"1\">one</li>\n<li value=\"2\">two<br>\nlines<ul>\n<li>sub</li></ul>\n</li>\n<li value=\"3\">three</li></ol>" },
		/* quotes, code, and a kind that is not known */
		{ "{'blocks':[{'type':'rich_text','elements':[{'type':'rich_text_quote',"
		  "'elements':[{'type':'text','text':'said\\n\\nso'}]},"
		  "{'type':'rich_text_preformatted','elements':[{'type':'text','text':'if (a < "
		  "b)\\n\\t```x```'}]},{'type':'rich_text_later','elements':[{'type':'text',"
		  "'text':'new kind'}]}]}]}",
			"> said\n\n> so\nif (a < b)\n\t```x```\nnew kind",
			"> said\n>\n> so\n\n````\nif (a < b)\n\t```x```\n````\n\nnew kind",
			"<blockquote>\n<p>said</p>\n<p>so</p>\n</blockquote>\n<pre><code>if (a &lt; b)\n\t```x```</code></pre>\n<p>new kind</p>" },
		/* a bot's blocks */
		{ "{'blocks':[{'type':'header','text':{'type':'plain_text','text':':fire: *CPU* "
		  "high'}},{'type':'section','text':{'type':'mrkdwn','text':'*host*: `db1`'},"
		  "'fields':[{'type':'mrkdwn','text':'a &amp; b'},{'type':'plain_text',"
		  "'text':'*c*'}],'accessory':{'type':'button','text':{'type':'plain_text',"
		  "'text':'Ack'}}},{'type':'divider'},{'type':'context',"
		  "'elements':[{'type':'mrkdwn','text':'from _prom_'},{'type':'image',"
		  "'alt_text':'logo','image_url':'https://a.example/l.png'}]},{'type':'image',"
		  "'image_url':'https://a.example/g.png','alt_text':'graph'},{'type':'hologram',"
		  "'text':{'type':'mrkdwn','text':'kept'}},{'type':'table',"
		  "'rows':[[{'type':'raw_text','text':'k'},{'type':'raw_text','text':'v'}]]},"
		  "{'type':'markdown','text':'# as *written*'},{'type':'actions',"
		  "'elements':[{'type':'button','text':{'type':'plain_text','text':'Go'}}]}]}",
			"🔥 *CPU* high\nhost: db1\na & b\n*c*\n[Ack] \n---\nfrom prom logo\ngraph (https://a.example/g.png)\nkept\nk | v\n# as *written*\n[Go] ",
			"**🔥 \\*CPU\\* high**\n\n**host**: `db1`\n\na \\& b\n\n\\*c\\*\n\n\\[Ack\\]\n\n---\n\nfrom _prom_ logo\n\n[graph](https://a.example/g.png)\n\nkept\n\nk \\| v\n\n\\# as \\*written\\*\n\n\\[Go\\]",
			"<p><strong>🔥 *CPU* high</strong></p>\n<p><strong>host</strong>: <code>db1</code></p>\n<p>a &amp; b</p>\n<p>*c*</p>\n<p>[Ack] </p>\n<hr>\n<p>from <em>prom</em> logo</p>\n<p><a href=\"https://a.example/g.png\" rel=\"noreferrer noopener\">graph</a></p>\n<p>kept</p>\n<p>k | v</p>\n<p># as *written*</p>\n<p>[Go] </p>" },
		/* what says nothing by itself leaves the word to the text */
		{ "{'blocks':[{'type':'divider'},{'type':'actions','elements':[{'type':'button',"
		  "'text':{'type':'plain_text','text':'Go'}}]}]}",
			"fallback",
			"fallback",
			"<p>fallback</p>" },
		/* attachments */
		{ "{'attachments':[{'fallback':'f','pretext':'*look*','author_name':'prom',"
		  "'title':'CPU [db1]','title_link':'https://a.example','text':'is *high*\\n&gt; "
		  "very','fields':[{'title':'host','value':'`db1`','short':true}],"
		  "'footer':'eu-1'},{'fallback':'only this','color':'#f00'},"
		  "{'blocks':[{'type':'section','text':{'type':'mrkdwn','text':'nested'}}],"
		  "'fallback':'[no preview available]'}]}",
			"fallback\nlook\n> prom\n> CPU [db1] (https://a.example)\n> is high\n> > very\n> host: db1\n> eu-1\n> only this\n> nested",
			"fallback\n\n**look**\n\n> prom\n>\n> **[CPU \\[db1\\]](https://a.example)**\n>\n> is **high**\n>\n> > very\n>\n> **host**: `db1`\n>\n> eu-1\n>\n> only this\n>\n> nested",
			"<p>fallback</p>\n<p><strong>look</strong></p>\n<blockquote>\n<p>prom</p>\n<p><strong><a href=\"https://a.example\" rel=\"noreferrer noopener\">CPU [db1]</a></strong></p>\n<p>is <strong>high</strong></p>\n<blockquote>\n<p>very</p>\n</blockquote>\n<p><strong>host</strong>: <code>db1</code></p>\n<p>eu-1</p>\n<p>only this</p>\n<p>nested</p>\n</blockquote>" },
		/* a message that was passed on */
		{ "{'attachments':[{'is_share':true,'is_msg_unfurl':true,"
		  "'from_url':'https://x.slack.com/p1','author_name':'kim','text':'as text',"
		  "'message_blocks':[{'team':'T1','message':{'blocks':[{'type':'rich_text',"
		  "'elements':[{'type':'rich_text_quote','elements':[{'type':'text','text':'as "
		  "blocks'}]}]}]}}],'footer':'Thread'}]}",
			"fallback\n> kim\n> > as blocks\n> Thread",
			"fallback\n\n> kim\n>\n> > as blocks\n>\n> Thread",
			"<p>fallback</p>\n<blockquote>\n<p>kim</p>\n<blockquote>\n<p>as blocks</p>\n</blockquote>\n<p>Thread</p>\n</blockquote>" },
		/* what is no blocks */
		{ "{'blocks':7,'attachments':{'a':[1,'x',null]}}",
			"fallback",
			"fallback",
			"<p>fallback</p>" },
		/* blocks that lack what they should have */
		{ "{'blocks':[null,7,{'type':5},{'type':'section'},{'type':'rich_text',"
		  "'elements':{'x':{'type':'rich_text_list','elements':[3]}}},{'type':'section',"
		  "'text':'bare','fields':'x'}]}",
			"• \nbare",
			"- &#8203;\n\nbare",
			"<ul>\n<li></li></ul>\n<p>bare</p>" },
		/* no JSON */
		{ "{'blocks':[",
			"fallback",
			"fallback",
			"<p>fallback</p>" },
	};
	/* clang-format on */

	for (size_t i = 0; i < COUNT(CASES); i++) {
		struct arena *arena = arena_new();

		text_check_all(
			text_read(arena, "fallback", as_json(arena, CASES[i].came)), &CASES[i]);
		arena_free(arena);
	}
}

static void a_preview_is_no_edit(void)
{
	static const char UNFURL[] =
		"{'attachments':[{'from_url':'https://a.example','title':'A','text':'page'}]}";
	static const char ALERT[] = "{'attachments':[{'title':'A','text':'firing'}]}";
	static const char CALM[] = "{'attachments':[{'title':'A','text':'resolved'}]}";
	struct arena *a = arena_new();
	const struct text *bare = text_read(a, "see *it*", NULL);
	const struct text *alert = text_read(a, "see *it*", as_json(a, ALERT));

	CHECK(text_same(bare, text_read(a, "see *it*", as_json(a, UNFURL))));
	CHECK(!text_same(bare, text_read(a, "see it", NULL)));
	CHECK(!text_same(bare, text_read(a, "see *it* now", NULL)));
	CHECK(!text_same(bare, alert));
	CHECK(!text_same(alert, text_read(a, "see *it*", as_json(a, CALM))));
	CHECK(text_same(alert, text_read(a, "see *it*", as_json(a, ALERT))));
	CHECK(!text_same(text_read(a, "<@U1>", NULL), text_read(a, "<@U2>", NULL)));
	CHECK(text_same(text_read(a, NULL, NULL), text_read(a, "", "{}")));
	arena_free(a);
}

static void who_is_mentioned_is_known(void)
{
	struct arena *a = arena_new();
	const struct text *text = text_read(
		a, "<@U1|x> and *<@U2>* `<@U3>` <#C1> <!subteam^S1|@ops> <@> a@b.example", NULL);
	const char *const *people = text_mentioned(a, text, MENTION_PERSON);

	CHECK_TEXT(people[0], "U1");
	CHECK_TEXT(people[1], "U2");
	CHECK_TEXT(people[2], "U3");
	CHECK(people[3] == NULL);
	CHECK_TEXT(text_mentioned(a, text, MENTION_GROUP)[0], "S1");
	CHECK_TEXT(text_mentioned(a, text, MENTION_CHANNEL)[0], "C1");
	CHECK(text_mentioned(a, text, MENTION_CHANNEL)[1] == NULL);
	CHECK(text_mentioned(a, text_read(a, NULL, NULL), MENTION_PERSON)[0] == NULL);
	arena_free(a);
}

/* JSON may be as deep as cJSON reads it, and wide; what Slack never nests is not followed down. */
static void deep_and_wide_json_does_no_harm(void)
{
	static const char *const OPEN[] = { "{\"elements\":[", "[", "{\"text\":" };

	for (size_t i = 0; i < COUNT(OPEN); i++) {
		struct arena *a = arena_new();
		struct buf json = { 0 }, shown = { 0 };

		buf_add(&json, "{\"blocks\":[{\"type\":\"rich_text\",\"elements\":[");
		for (int n = 0; n < 900; n++)
			buf_add(&json, OPEN[i]);
		text_html(&shown, text_read(a, "x", json.text), NULL);
		CHECK_TEXT(shown.text, "<p>x</p>\n");
		buf_empty(&json);
		buf_add(&json, "{\"attachments\":[");
		for (int n = 0; n < 100000; n++)
			buf_add(&json, "{\"fallback\":\"a\"},");
		buf_add(&json, "{}]}");
		text_html(&shown, text_read(a, "x", json.text), NULL);
		buf_done(&json);
		buf_done(&shown);
		arena_free(a);
	}
}

int main(void)
{
	what_slack_sends_is_shown();
	a_preview_is_no_edit();
	who_is_mentioned_is_known();
	deep_and_wide_json_does_no_harm();
	return 0;
}

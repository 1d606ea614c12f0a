#include <cjson/cJSON.h>

#include "buf.h"
#include "call_form.h"
#include "check.h"
#include "event.h"

static const char HOSTILE[] = "<!channel> & \"x\"\\\n<@U9>";
/* As Slack gives it, and how it is shown: it calls nobody, and the mention is one. */
static const char HOSTILE_TITLE[] = "<!channel> &amp; \"x\"\\\n<@U9>";
static const char SHOWN[] = "@channel &amp; \"x\"\\\n<@U9>";

static struct incident incident(const char *title)
{
	return (struct incident){ .id = 7,
		.version = 3,
		.title = title,
		.status = { "open", "open", STATUS_OPEN, NULL },
		.severity_id = "p1",
		.severity_label = "P1",
		.lead = "U2",
		.reporter = "U1",
		.channel = "C7",
		.card_ts = "2.000002" };
}

static struct shown shown(const struct incident *i)
{
	return (struct shown){ i, "<@U2>", "<@U1>", "/incident" };
}

static cJSON *tree(const char *json)
{
	cJSON *root = cJSON_ParseWithOpts(json, NULL, true);

	CHECK(cJSON_IsObject(root));
	return root;
}

static const cJSON *at(const cJSON *from, const char *name)
{
	const cJSON *found = cJSON_GetObjectItemCaseSensitive(from, name);

	CHECK(found != NULL);
	return found;
}

static const char *text(const cJSON *from, const char *name)
{
	CHECK(cJSON_IsString(at(from, name)));
	return at(from, name)->valuestring;
}

static bool is_utf8(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p != '\0';) {
		int more = *p >= 0xf0 ? 3 : *p >= 0xe0 ? 2 : *p >= 0xc0 ? 1 : 0;

		if (more == 0 && *p >= 0x80)
			return false;
		for (p++; more > 0; more--, p++)
			if ((*p & 0xc0) != 0x80)
				return false;
	}
	return true;
}

static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* A title as long as one likes, of a word. */
static struct buf repeated(const char *word, int times)
{
	struct buf b = { 0 };

	for (int i = 0; i < times; i++)
		buf_add(&b, word);
	return b;
}

/* name=value, name=value: the members that are texts. */
static void has(const struct call *c, const char *method, const char *const members[][2])
{
	cJSON *root = tree(c->body);

	CHECK_TEXT(c->method, method);
	CHECK(strncmp(c->lane, method, strlen(method)) == 0);
	for (int i = 0; members[i][0] != NULL; i++)
		CHECK_TEXT(text(root, members[i][0]), members[i][1]);
	cJSON_Delete(root);
}
#define HAS(call, method, ...)                                                                     \
	has(call, method, (const char *const[][2]){ __VA_ARGS__, { NULL, NULL } })

static void each_call_has_what_slack_needs(struct arena *a)
{
	struct incident i = incident("pumps fail");

	HAS(call_post(a, "C1", NULL, "a \"b\""), "chat.postMessage", { "channel", "C1" },
		{ "text", "a \"b\"" });
	HAS(call_post(a, "C1", "9.000009", "x"), "chat.postMessage", { "thread_ts", "9.000009" });
	HAS(call_whisper(a, "C1", "9.000009", "U1", "x"), "chat.postEphemeral", { "channel", "C1" },
		{ "user", "U1" }, { "text", "x" }, { "thread_ts", "9.000009" });
	HAS(call_respond(a, "https://hooks.slack.com/x", "U1", "x"), "response_url",
		{ "response_url", "https://hooks.slack.com/x" }, { "response_type", "ephemeral" },
		{ "text", "x" });
	CHECK_TEXT(reply_said(a, reply_text(a, "a \"b\"")), "a \"b\"");
	HAS(call_react(a, "C1", "9.1", "eyes"), "reactions.add", { "channel", "C1" },
		{ "timestamp", "9.1" }, { "name", "eyes" });
	HAS(call_create_channel(a, &i, "inc-7-pumps"), "conversations.create",
		{ "name", "inc-7-pumps" });
	HAS(call_rename_channel(a, &i, "inc-7-pumps"), "conversations.rename", { "channel", "C7" },
		{ "name", "inc-7-pumps" });
	HAS(call_find_channel(a, &i, "inc-7", "abc="), "users.conversations",
		{ "types", "public_channel,private_channel" }, { "cursor", "abc=" });
	HAS(call_join(a, "C1"), "conversations.join", { "channel", "C1" });
	HAS(call_invite(a, &i, "U1"), "conversations.invite", { "channel", "C7" },
		{ "users", "U1" });
	HAS(call_group_members(a, &i, "S1"), "usergroups.users.list", { "usergroup", "S1" });
	HAS(call_who_leads(a, &i, "U1"), "users.info", { "user", "U1" });
	HAS(call_pin(a, &i, "2.2"), "pins.add", { "channel", "C7" }, { "timestamp", "2.2" });
	HAS(call_purpose(a, &i, "<@U1>", "/incident"), "conversations.setPurpose",
		{ "channel", "C7" },
		{ "purpose", "Incident 7, reported by <@U1>. /incident help" });
	HAS(call_topic(a, &i), "conversations.setTopic", { "channel", "C7" },
		{ "topic", "[P1] pumps fail | lead <@U2> | open" });
	HAS(call_who_is(a, "U1"), "users.info", { "user", "U1" });
	HAS(call_who_is(a, "B1"), "bots.info", { "bot", "B1" });
	HAS(call_which_channel(a, "C2"), "conversations.info", { "channel", "C2" });
	HAS(call_which_file(a, "F1"), "files.info", { "file", "F1" });
	cJSON_Delete(tree(call_who_am_i(a, "d")->body));
}

static void check_shown(const struct call *c, const char *channel, const char *ts)
{
	cJSON *root = tree(c->body);
	const cJSON *first = cJSON_GetArrayItem(at(root, "blocks"), 0);
	const char *facts = text(at(first, "text"), "text");

	CHECK_TEXT(text(root, "channel"), channel);
	CHECK((ts != NULL) == cJSON_HasObjectItem(root, "ts"));
	if (ts != NULL)
		CHECK_TEXT(text(root, "ts"), ts);
	CHECK(strstr(text(root, "text"), SHOWN) != NULL);
	CHECK(strstr(facts, SHOWN) != NULL && strstr(facts, "<!") == NULL);
	CHECK(strstr(facts, "<@U2>") != NULL);
	CHECK(c->incident == 7 && c->version == 3);
	cJSON_Delete(root);
}

static void a_hostile_title_calls_nobody_wherever_it_is_shown(struct arena *a)
{
	struct incident i = incident(HOSTILE_TITLE);
	struct shown s = shown(&i);
	cJSON *root;

	check_shown(call_headline(a, &s, "C1"), "C1", NULL);
	check_shown(call_headline_update(a, &s, "C1", "1.000001"), "C1", "1.000001");
	check_shown(call_card(a, &s), "C7", NULL);
	check_shown(call_card_update(a, &s), "C7", "2.000002");
	root = tree(call_topic(a, &i)->body);
	CHECK(strstr(text(root, "topic"), SHOWN) != NULL);
	cJSON_Delete(root);
}

static void what_is_repeated_calls_nobody(struct arena *a)
{
	cJSON *root = tree(call_post(a, "C1", NULL,
		"<@U1> *note* <!channel> see <!subteam^S1|@ops>, <!here|here>, <https://x.example>; <!")
				   ->body);

	CHECK_TEXT(
		text(root, "text"), "<@U1> *note* @channel see @ops, here, <https://x.example>; @");
	cJSON_Delete(root);
}

/* Words that are cut in the middle of a character or of an entity somewhere. */
static const char *const WORDS[] = { "a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x94\xa5", "a&amp;",
	"&lt;", "<@U123>", "ab\xf0\x9f\x94\xa5&gt;" };

static bool ends_in_half(const char *s)
{
	const char *last = strrchr(s, '&'), *open = strrchr(s, '<');

	return (last != NULL && strchr(last, ';') == NULL) ||
		(open != NULL && strchr(open, '>') == NULL);
}

static void a_topic_is_short_and_whole(struct arena *a)
{
	for (size_t w = 0; w < sizeof(WORDS) / sizeof(WORDS[0]); w++)
		for (int times = 1; times < 300; times += 7) {
			struct buf title = repeated(WORDS[w], times);
			struct incident i = incident(title.text);
			cJSON *root = tree(call_topic(a, &i)->body);
			const char *topic = text(root, "topic");

			CHECK(characters(topic) <= 250 && is_utf8(topic));
			CHECK(strstr(topic, " | lead <@U2> | open") != NULL);
			CHECK(!ends_in_half(topic));
			cJSON_Delete(root);
			buf_done(&title);
		}
}

static void long_texts_fit_their_block(struct arena *a)
{
	for (size_t w = 0; w < sizeof(WORDS) / sizeof(WORDS[0]); w++) {
		struct buf much = repeated(WORDS[w], 4000);
		struct incident i = incident(much.text);
		struct shown s = shown(&i);
		cJSON *root;
		const char *facts;

		i.summary = i.impact = i.fixed_by = much.text;
		root = tree(call_card(a, &s)->body);
		facts = text(at(cJSON_GetArrayItem(at(root, "blocks"), 0), "text"), "text");
		CHECK(characters(facts) <= 3000 && is_utf8(facts) && !ends_in_half(facts));
		CHECK(is_utf8(text(root, "text")) && characters(text(root, "text")) <= 4000);
		cJSON_Delete(root);
		buf_done(&much);
	}
}

static void a_form_has_its_fields_and_keeps_what_was_typed(struct arena *a)
{
	const struct choice levels[] = { { "P1: all is lost", "p1" }, { "P2", "p2" } };
	const struct form_field fields[] = {
		{ .id = "title", .label = "Title", .initial = HOSTILE, .kind = FIELD_LINE },
		{ .id = "severity",
			.label = "Severity",
			.initial = "p2",
			.kind = FIELD_CHOICE,
			.choices = levels,
			.choice_count = 2,
			.hint = "how bad" },
		{ .id = "summary", .label = "Summary", .optional = true },
		{ .id = "lead", .label = "Lead", .initial = "U1", .kind = FIELD_PERSON },
		{ .id = "private", .label = "Private", .initial = "yes", .kind = FIELD_TICK },
		{ .id = "due", .label = "Due", .initial = "1774519100", .kind = FIELD_TIME },
	};
	const struct form_offer offer = { "<!here> one", "join", "Join", "7" };
	const struct form form = { .callback = "declare",
		.metadata = "C1",
		.title = "Declare",
		.submit = "Send",
		.intro = "<!channel> *hello*",
		.offers = &offer,
		.offer_count = 1,
		.fields = fields,
		.field_count = 6 };
	struct call *c = call_form(a, "1.2.abc", &form);
	cJSON *root = tree(c->body), *element[6];
	const cJSON *view = at(root, "view"), *blocks = at(view, "blocks");

	for (int i = 0; i < 6; i++)
		element[i] = cJSON_GetObjectItem(cJSON_GetArrayItem(blocks, 2 + i), "element");
	CHECK_TEXT(c->method, "views.open");
	CHECK(c->not_after_ms > 0 && c->not_after_ms < 3000);
	CHECK_TEXT(text(root, "trigger_id"), "1.2.abc");
	CHECK_TEXT(text(view, "type"), "modal");
	CHECK_TEXT(text(view, "callback_id"), "declare");
	CHECK_TEXT(text(view, "private_metadata"), "C1");
	CHECK_TEXT(text(at(cJSON_GetArrayItem(blocks, 0), "text"), "text"), "@channel *hello*");
	CHECK_TEXT(text(at(cJSON_GetArrayItem(blocks, 1), "accessory"), "value"), "7");
	CHECK_TEXT(text(element[0], "initial_value"), HOSTILE);
	CHECK(cJSON_IsFalse(at(element[0], "multiline")));
	CHECK(cJSON_GetArraySize(at(element[1], "options")) == 2);
	CHECK_TEXT(text(at(element[1], "initial_option"), "value"), "p2");
	CHECK(cJSON_IsTrue(at(element[2], "multiline")));
	CHECK(!cJSON_HasObjectItem(element[2], "initial_value"));
	CHECK_TEXT(text(element[3], "initial_user"), "U1");
	CHECK_TEXT(text(cJSON_GetArrayItem(at(element[4], "initial_options"), 0), "value"), "yes");
	CHECK(at(element[5], "initial_date_time")->valuedouble == 1774519100);
	cJSON_Delete(root);
}

static void a_list_of_choices_is_not_too_long(struct arena *a)
{
	struct buf fires = repeated("\U0001F525", 40); /* two each, as Slack counts */
	struct choice list[101];
	const struct form_field field = { .id = "one",
		.label = "One",
		.kind = FIELD_CHOICE,
		.choices = list,
		.choice_count = 101 };
	cJSON *root;
	const cJSON *options;

	for (int i = 0; i < 101; i++)
		list[i] = (struct choice){ "a <b> & c <!here>", "1" };
	list[1].label = fires.text;
	root = tree(call_form(a, "1.2.abc", &(struct form){ .fields = &field, .field_count = 1 })
			    ->body);
	options =
		at(at(cJSON_GetArrayItem(at(at(root, "view"), "blocks"), 0), "element"), "options");
	CHECK(cJSON_GetArraySize(options) == 100);
	CHECK_TEXT(text(at(cJSON_GetArrayItem(options, 0), "text"), "text"), "a <b> & c <!here>");
	CHECK(strlen(text(at(cJSON_GetArrayItem(options, 1), "text"), "text")) ==
		strlen("...") + 36 * strlen("\U0001F525"));
	cJSON_Delete(root);
	buf_done(&fires);
}

static void what_was_sent_is_found_by_its_field(void)
{
	const struct field fields[] = { { "title", "lift", false }, { "why", " \n", false },
		{ "lead", NULL, false } };
	const struct submit s = { .metadata = "12 C1", .fields = fields, .count = 3 };
	const struct submit none = { .metadata = "C1" };

	CHECK_TEXT(submit_value(&s, "title"), "lift");
	CHECK_TEXT(submit_value(&s, "why"), "");
	CHECK_TEXT(submit_value(&s, "lead"), "");
	CHECK_TEXT(submit_value(&s, "impact"), "");
	CHECK(submit_number(&s) == 12 && submit_number(&none) == 0);
}

static void replies_are_json(struct arena *a)
{
	cJSON *root = tree(reply_text(a, HOSTILE));

	CHECK_TEXT(text(root, "response_type"), "ephemeral");
	CHECK_TEXT(text(root, "text"), HOSTILE);
	cJSON_Delete(root);
	root = tree(reply_form_error(a, "title", HOSTILE));
	CHECK_TEXT(text(root, "response_action"), "errors");
	CHECK_TEXT(text(at(root, "errors"), "title"), HOSTILE);
	cJSON_Delete(root);
}

static void only_a_post_carries_its_row(struct arena *a)
{
	const char *post = call_post(a, "C1", NULL, "x")->body;
	const char *pin = call_join(a, "C1")->body;
	cJSON *root = tree(call_body_with_row(a, "chat.postMessage", post, 4711));
	const cJSON *metadata = at(root, "metadata");

	CHECK_TEXT(text(root, "channel"), "C1");
	CHECK_TEXT(text(metadata, "event_type"), "incidentd");
	CHECK_TEXT(text(at(metadata, "event_payload"), "row"), "4711");
	cJSON_Delete(root);
	CHECK(call_body_with_row(a, "conversations.join", pin, 4711) == pin);
	CHECK(call_body_with_row(a, "chat.update", post, 4711) == post);
}

static void a_post_is_looked_for_where_it_was_made(struct arena *a)
{
	const int64_t sent_us = 1791200060000042;
	const char *method = "none";
	cJSON *root =
		tree(call_look(a, call_post(a, "C1", NULL, "x")->body, sent_us, NULL, &method));

	CHECK_TEXT(method, "conversations.history");
	CHECK_TEXT(text(root, "channel"), "C1");
	CHECK_TEXT(text(root, "oldest"), "1791200000.000042");
	CHECK(cJSON_IsTrue(at(root, "include_all_metadata")));
	CHECK(!cJSON_HasObjectItem(root, "cursor"));
	cJSON_Delete(root);

	root = tree(call_look(a, call_post(a, "C1", "9.9", "x")->body, sent_us, "c=", &method));
	CHECK_TEXT(method, "conversations.replies");
	CHECK_TEXT(text(root, "ts"), "9.9");
	CHECK_TEXT(text(root, "cursor"), "c=");
	cJSON_Delete(root);

	CHECK(call_look(a, "{}", sent_us, NULL, &method) == NULL && method == NULL);
	CHECK(call_look(a, "no json", sent_us, NULL, &method) == NULL && method == NULL);
}

int main(void)
{
	struct arena *a = arena_new();

	each_call_has_what_slack_needs(a);
	a_hostile_title_calls_nobody_wherever_it_is_shown(a);
	what_is_repeated_calls_nobody(a);
	a_topic_is_short_and_whole(a);
	long_texts_fit_their_block(a);
	a_form_has_its_fields_and_keeps_what_was_typed(a);
	a_list_of_choices_is_not_too_long(a);
	what_was_sent_is_found_by_its_field();
	replies_are_json(a);
	only_a_post_carries_its_row(a);
	a_post_is_looked_for_where_it_was_made(a);
	arena_free(a);
	return 0;
}

#include "check.h"
#include "world_scene.h"

static void what_people_type_is_escaped(void)
{
	struct scene s;
	const cJSON *event, *blocks;
	char ts[32];

	scene_begin(&s);
	say(&s,
		"{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"@incidentd a < b & see #tea "
		"https://x.test/?a=1&b=2 me@ann\"}",
		ts);
	event = heard(&s, "message", "");
	CHECK_TEXT(text(event, "text"),
		"<@U0INCIDENTD> a &lt; b &amp; see <#C01TEA|tea> "
		"<https://x.test/?a=1&amp;b=2> me@ann");
	CHECK_TEXT(text(event, "channel_type"), "channel");
	CHECK_TEXT(text(event, "team"), "T0BOX");
	CHECK(text(event, "client_msg_id") != NULL);
	blocks = member(event, "blocks");
	CHECK_TEXT(text(cJSON_GetArrayItem(blocks, 0), "type"), "rich_text");
	event = heard(&s, "app_mention", "");
	CHECK_TEXT(text(event, "ts"), ts);
	CHECK(text(event, "channel_type") == NULL);
	scene_end(&s);
}

static void threads_know_their_parents(void)
{
	struct scene s;
	char parent[32], first[32], second[32], json[512];
	const cJSON *event, *messages;

	scene_begin(&s);
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"it burns\"}", parent);
	forget_events(&s);
	say(&s,
		json_with(json, sizeof(json),
			"{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"1\",\"thread_ts\":\"$\"}",
			parent, ""),
		first);
	CHECK(strcmp(first, parent) > 0);
	event = heard(&s, "message", "");
	CHECK_TEXT(text(event, "thread_ts"), parent);
	CHECK_TEXT(text(event, "parent_user_id"), "U01ANN");
	answers(&s, "chat.postMessage",
		json_with(json, sizeof(json),
			"{\"channel\":\"C01OPS\",\"text\":\"2\",\"reply_broadcast\":true,"
			"\"thread_ts\":\"$\"}",
			parent, ""),
		NULL);
	CHECK(snprintf(second, sizeof(second), "%s", text(s.last, "ts")) > 0);
	event = heard(&s, "message", "thread_broadcast");
	CHECK_TEXT(text(event, "bot_id"), "B0INCIDENTD");
	CHECK_TEXT(text(member(event, "root"), "ts"), parent);
	answers(&s, "conversations.replies",
		json_with(json, sizeof(json), "{\"channel\":\"C01OPS\",\"ts\":\"$\"}", parent, ""),
		NULL);
	messages = member(s.last, "messages");
	CHECK(cJSON_GetArraySize(messages) == 3);
	CHECK_TEXT(text(cJSON_GetArrayItem(messages, 0), "ts"), parent);
	CHECK_TEXT(text(cJSON_GetArrayItem(messages, 0), "latest_reply"), second);
	CHECK_TEXT(text(cJSON_GetArrayItem(messages, 2), "ts"), second);
	answers(&s, "conversations.history", "{\"channel\":\"C01OPS\"}", NULL);
	messages = member(s.last, "messages");
	CHECK(cJSON_GetArraySize(messages) == 2);
	CHECK_TEXT(text(cJSON_GetArrayItem(messages, 0), "ts"), second);
	answers(&s, "chat.postMessage",
		json_with(json, sizeof(json),
			"{\"channel\":\"C01OPS\",\"text\":\"3\",\"thread_ts\":\"$\"}", first, ""),
		"cannot_reply_to_message");
	scene_end(&s);
}

static void a_deleted_parent_becomes_a_stone(void)
{
	struct scene s;
	char parent[32], reply[32], json[256];

	scene_begin(&s);
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"it burns\"}", parent);
	say(&s,
		json_with(json, sizeof(json),
			"{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"1\",\"thread_ts\":\"$\"}",
			parent, ""),
		reply);
	forget_events(&s);
	CHECK(act(&s, "delete",
		      json_with(json, sizeof(json),
			      "{\"user\":\"ann\",\"channel\":\"ops\",\"ts\":\"$\"}", parent, "")) ==
		NULL);
	CHECK_TEXT(text(member(heard(&s, "message", "message_changed"), "message"), "subtype"),
		"tombstone");
	CHECK(heard(&s, "message", "message_deleted") == NULL);
	CHECK(act(&s, "delete",
		      json_with(json, sizeof(json),
			      "{\"user\":\"ann\",\"channel\":\"ops\",\"ts\":\"$\"}", reply, "")) ==
		NULL);
	CHECK_TEXT(text(heard(&s, "message", "message_deleted"), "deleted_ts"), reply);
	CHECK(cJSON_GetArraySize(s.events) == 3);
	CHECK(world_message(s.w, "C01OPS", parent) == NULL);
	scene_end(&s);
}

static void metadata_comes_back_when_asked_for(void)
{
	struct scene s;
	const cJSON *message;

	scene_begin(&s);
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"text\":\"x\",\"metadata\":\"{\\\"event_type\\\":\\\"a\\\"}\"}",
		"invalid_metadata_format");
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"text\":\"x\",\"metadata\":\"{\\\"event_type\\\":\\\"a\\\","
		"\\\"event_payload\\\":{\\\"key\\\":\\\"k1\\\"}}\"}",
		NULL);
	answers(&s, "conversations.history", "{\"channel\":\"C01OPS\"}", NULL);
	message = cJSON_GetArrayItem(member(s.last, "messages"), 0);
	CHECK(member(message, "metadata") == NULL);
	answers(&s, "conversations.history",
		"{\"channel\":\"C01OPS\",\"include_all_metadata\":\"true\"}", NULL);
	message = cJSON_GetArrayItem(member(s.last, "messages"), 0);
	CHECK_TEXT(text(member(member(message, "metadata"), "event_payload"), "key"), "k1");
	scene_end(&s);
}

static void text_alone_takes_the_blocks_away(void)
{
	struct scene s;
	char json[512], ts[32];

	scene_begin(&s);
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"text\":\"x\",\"blocks\":[{\"type\":\"divider\"}]}",
		NULL);
	CHECK(snprintf(ts, sizeof(ts), "%s", text(s.last, "ts")) > 0);
	CHECK(member(world_message(s.w, "C01OPS", ts), "blocks") != NULL);
	json_with(
		json, sizeof(json), "{\"channel\":\"C01OPS\",\"ts\":\"$\",\"text\":\"y\"}", ts, "");
	answers(&s, "chat.update", json, NULL);
	CHECK(member(world_message(s.w, "C01OPS", ts), "blocks") == NULL);
	CHECK_TEXT(
		text(member(heard(&s, "message", "message_changed"), "previous_message"), "text"),
		"x");
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"mine\"}", ts);
	json_with(
		json, sizeof(json), "{\"channel\":\"C01OPS\",\"ts\":\"$\",\"text\":\"y\"}", ts, "");
	answers(&s, "chat.update", json, "cant_update_message");
	scene_end(&s);
}

static void blocks_are_checked(void)
{
	struct scene s;
	const char *why;

	scene_begin(&s);
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"blocks\":[{\"type\":\"section\",\"text\":{\"type\":"
		"\"mrkdwn\",\"text\":\"\"}}]}",
		"invalid_blocks");
	why = cJSON_GetStringValue(
		cJSON_GetArrayItem(member(member(s.last, "response_metadata"), "messages"), 0));
	CHECK_TEXT(
		why, "[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]");
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"blocks\":[{\"type\":\"sektion\"}]}", "invalid_blocks");
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"blocks\":[{\"type\":\"divider\",\"colour\":1}]}",
		"invalid_blocks");
	answers(&s, "chat.postMessage", "{\"channel\":\"C01OPS\",\"blocks\":\"[\"}",
		"invalid_blocks_format");
	s.now_ms += 5000;
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"blocks\":[{\"type\":\"actions\",\"elements\":[{\"type\":"
		"\"plain_text_input\"}]}]}",
		"invalid_blocks");
	answers(&s, "chat.postMessage",
		"{\"channel\":\"C01OPS\",\"text\":\"t\",\"blocks\":[{\"type\":\"actions\",\"elements\":[{"
		"\"type\":\"button\",\"action_id\":\"a\",\"value\":\"1\",\"text\":{\"type\":"
		"\"plain_text\",\"text\":\"Go\",\"emoji\":true}}]},{\"type\":\"context\","
		"\"elements\":[{\"type\":\"mrkdwn\",\"text\":\"c\"}]}]}",
		NULL);
	scene_end(&s);
}

#define VIEW(more)                                                                                 \
	"\"view\":{\"type\":\"modal\",\"title\":{\"type\":\"plain_text\",\"text\":\"T\"},"         \
	"\"submit\":{\"type\":\"plain_text\",\"text\":\"Go\"},\"blocks\":[{\"type\":\"input\","    \
	"\"block_id\":\"b\",\"label\":{\"type\":\"plain_text\",\"text\":\"L\"},\"element\":{"      \
	"\"type\":\"plain_text_input\",\"action_id\":\"a\"}}]" more "}"

static void triggers_end(void)
{
	struct scene s;
	char trigger[64], json[1024];

	scene_begin(&s);
	world_trigger_new(s.w, "U01ANN", s.now_ms, trigger);
	json_with(json, sizeof(json), "{\"trigger_id\":\"$\"," VIEW("") "}", trigger, "");
	answers(&s, "views.open", json, NULL);
	CHECK_TEXT(text(world_view_of(s.w, "U01ANN"), "id"), text(member(s.last, "view"), "id"));
	answers(&s, "views.open", json, "exchanged_trigger_id");
	world_trigger_new(s.w, "U01ANN", s.now_ms, trigger);
	json_with(json, sizeof(json), "{\"trigger_id\":\"$\"," VIEW("") "}", trigger, "");
	s.now_ms += 3001;
	answers(&s, "views.open", json, "expired_trigger_id");
	answers(&s, "views.open", "{\"trigger_id\":\"1.2.3\"," VIEW("") "}", "invalid_trigger_id");
	answers(&s, "views.open", "{\"trigger_id\":\"1.2.3\"," VIEW(",\"x\":1") "}",
		"invalid_arguments");
	scene_end(&s);
}

static void views_stack_and_race(void)
{
	struct scene s;
	char trigger[64], json[1024], root[32], hash[64];
	cJSON *answer;

	scene_begin(&s);
	world_trigger_new(s.w, "U01ANN", s.now_ms, trigger);
	json_with(json, sizeof(json), "{\"trigger_id\":\"$\"," VIEW("") "}", trigger, "");
	answers(&s, "views.open", json, NULL);
	CHECK(snprintf(root, sizeof(root), "%s", text(member(s.last, "view"), "id")) > 0);
	CHECK(snprintf(hash, sizeof(hash), "%s", text(member(s.last, "view"), "hash")) > 0);
	json_with(
		json, sizeof(json), "{\"view_id\":\"$\",\"hash\":\"$\"," VIEW("") "}", root, hash);
	answers(&s, "views.update", json, NULL);
	CHECK_TEXT(text(member(s.last, "view"), "id"), root);
	answers(&s, "views.update", json, "hash_conflict");
	world_trigger_new(s.w, "U01ANN", s.now_ms, trigger);
	json_with(json, sizeof(json), "{\"trigger_id\":\"$\"," VIEW("") "}", trigger, "");
	answers(&s, "views.push", json, NULL);
	CHECK_TEXT(text(member(s.last, "view"), "previous_view_id"), root);
	answer = cJSON_Parse("{\"response_action\":\"errors\",\"errors\":{\"b\":\"no\"}}");
	CHECK(world_view_answer(s.w, "U01ANN", answer, s.now_ms) == NULL);
	cJSON_Delete(answer);
	CHECK(world_view_answer(s.w, "U01ANN", NULL, s.now_ms) == NULL);
	CHECK_TEXT(text(world_view_of(s.w, "U01ANN"), "id"), root);
	world_view_close(s.w, "U01ANN");
	CHECK(world_view_of(s.w, "U01ANN") == NULL);
	answers(&s, "views.publish",
		"{\"user_id\":\"U01ANN\",\"view\":{\"type\":\"home\",\"blocks\":[]}}", NULL);
	scene_end(&s);
}

static void a_home_tab_comes_with_what_it_shows(void)
{
	static const char HOME[] = "{\"user\":\"ann\",\"channel\":\"dm\"}";
	static const char VIEW[] = "{\"user_id\":\"U01ANN\",\"view\":{\"type\":\"home\","
				   "\"private_metadata\":\"m\",\"blocks\":[]}}";
	struct scene s;

	scene_begin(&s);
	CHECK(act(&s, "home", HOME) == NULL);
	CHECK(member(heard(&s, "app_home_opened", ""), "view") == NULL);
	answers(&s, "views.publish", VIEW, NULL);
	forget_events(&s);
	CHECK(act(&s, "home", HOME) == NULL);
	CHECK_TEXT(text(member(heard(&s, "app_home_opened", ""), "view"), "private_metadata"), "m");
	world_has_home(s.w, false);
	answers(&s, "views.publish", VIEW, "not_enabled");
	scene_end(&s);
}

static void pins_reactions_and_bookmarks(void)
{
	struct scene s;
	char ts[32], json[256];

	scene_begin(&s);
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"key\"}", ts);
	json_with(json, sizeof(json), "{\"channel\":\"C01OPS\",\"timestamp\":\"$\"}", ts, "");
	answers(&s, "pins.add", json, NULL);
	CHECK_TEXT(text(heard(&s, "pin_added", ""), "item_user"), "U01ANN");
	answers(&s, "pins.add", json, "already_pinned");
	answers(&s, "pins.list", "{\"channel\":\"C01OPS\"}", NULL);
	CHECK(cJSON_GetArraySize(member(s.last, "items")) == 1);
	answers(&s, "pins.remove", json, NULL);
	answers(&s, "pins.remove", json, "no_pin");
	json_with(json, sizeof(json),
		"{\"channel\":\"C01OPS\",\"timestamp\":\"$\",\"name\":\"eyes\"}", ts, "");
	answers(&s, "reactions.add", json, NULL);
	CHECK_TEXT(text(heard(&s, "reaction_added", ""), "reaction"), "eyes");
	answers(&s, "reactions.add", json, "already_reacted");
	answers(&s, "reactions.remove", json, NULL);
	answers(&s, "reactions.remove", json, "no_reaction");
	answers(&s, "bookmarks.add",
		"{\"channel_id\":\"C01OPS\",\"title\":\"t\",\"type\":\"link\",\"link\":\"x\"}",
		"invalid_link");
	answers(&s, "bookmarks.add",
		"{\"channel_id\":\"C01OPS\",\"title\":\"t\",\"type\":\"link\",\"link\":"
		"\"https://x.test\"}",
		NULL);
	json_with(json, sizeof(json), "{\"channel_id\":\"C01OPS\",\"bookmark_id\":\"$\"}",
		text(member(s.last, "bookmark"), "id"), "");
	answers(&s, "bookmarks.remove", json, NULL);
	answers(&s, "bookmarks.remove", json, "not_found");
	scene_end(&s);
}

static void pages_end_with_an_empty_cursor(void)
{
	struct scene s;
	char ts[32], json[256];
	const char *cursor = "";
	int pages = 0, messages = 0;

	scene_begin(&s);
	world_limits(s.w, &(struct limits){ .scale = 0, .minute_ms = 60000 });
	for (int i = 0; i < 25; i++)
		say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"x\"}", ts);
	do {
		answers(&s, "conversations.history",
			json_with(json, sizeof(json),
				"{\"channel\":\"C01OPS\",\"limit\":\"10\",\"cursor\":\"$\"}",
				cursor, ""),
			NULL);
		messages += cJSON_GetArraySize(member(s.last, "messages"));
		cursor = text(member(s.last, "response_metadata"), "next_cursor");
		CHECK(cursor == NULL || cursor[strlen(cursor) - 1] == '=');
		pages++;
	} while (cursor != NULL && *cursor != '\0');
	CHECK(pages == 3 && messages == 25);
	answers(&s, "users.list", "{\"limit\":\"2\"}", NULL);
	cursor = text(member(s.last, "response_metadata"), "next_cursor");
	json_with(json, sizeof(json), "{\"cursor\":\"$\"}", cursor, "");
	answers(&s, "conversations.list", json, "invalid_cursor");
	answers(&s, "users.list", json, NULL);
	CHECK(cJSON_GetArraySize(member(s.last, "members")) == 2);
	CHECK_TEXT(text(member(s.last, "response_metadata"), "next_cursor"), "");
	scene_end(&s);
}

int main(void)
{
	what_people_type_is_escaped();
	threads_know_their_parents();
	a_deleted_parent_becomes_a_stone();
	metadata_comes_back_when_asked_for();
	text_alone_takes_the_blocks_away();
	blocks_are_checked();
	triggers_end();
	views_stack_and_race();
	a_home_tab_comes_with_what_it_shows();
	pins_reactions_and_bookmarks();
	pages_end_with_an_empty_cursor();
	return 0;
}

#include "check.h"
#include "world_scene.h"

static void tokens_are_told_apart(void)
{
	struct scene s;

	scene_begin(&s);
	CHECK_TEXT(call_as(&s, NULL, "auth.test", "{}"), "not_authed");
	CHECK_TEXT(call_as(&s, "xoxb-other", "auth.test", "{}"), "invalid_auth");
	CHECK_TEXT(call_as(&s, "xapp-slackbox", "auth.test", "{}"), "not_allowed_token_type");
	CHECK_TEXT(call_as(&s, "xoxb-slackbox", "apps.connections.open", "{}"),
		"not_allowed_token_type");
	CHECK(call_as(&s, "xapp-slackbox", "apps.connections.open", "{}") == NULL);
	answers(&s, "auth.test", "{}", NULL);
	CHECK_TEXT(text(s.last, "user_id"), "U0INCIDENTD");
	CHECK_TEXT(text(s.last, "bot_id"), "B0INCIDENTD");
	CHECK_TEXT(text(s.last, "url"), "https://slackbox.example.test/");
	scene_end(&s);
}

static void a_missing_scope_is_named(void)
{
	struct scene s;

	scene_begin(&s);
	world_scopes(s.w, "chat:write,channels:read,channels:manage");
	answers(&s, "pins.add", "{\"channel\":\"C01OPS\"}", "missing_scope");
	CHECK_TEXT(text(s.last, "needed"), "pins:write");
	CHECK_TEXT(text(s.last, "provided"), "chat:write,channels:read,channels:manage");
	answers(&s, "conversations.create", "{\"name\":\"a\",\"is_private\":\"true\"}",
		"missing_scope");
	CHECK_TEXT(text(s.last, "needed"), "groups:write");
	answers(&s, "conversations.create", "{\"name\":\"a\"}", NULL);
	answers(&s, "conversations.list", "{\"types\":\"public_channel,private_channel\"}",
		"missing_scope");
	scene_end(&s);
}

static void only_what_is_subscribed_to_is_told(void)
{
	struct scene s;
	char ts[32];

	scene_begin(&s);
	world_events(s.w, "message.channels pin_added");
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"one\"}", ts);
	CHECK(heard(&s, "message", "") != NULL);
	CHECK(act(&s, "topic", "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"x\"}") == NULL);
	CHECK(heard(&s, "message", "channel_topic") != NULL);
	forget_events(&s);
	world_events(s.w, "message.groups");
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"<@U0INCIDENTD> two\"}", ts);
	CHECK(cJSON_GetArraySize(s.events) == 0);
	scene_end(&s);
}

static void unknown_methods_and_arguments_are_found(void)
{
	struct scene s;

	scene_begin(&s);
	answers(&s, "chat.shout", "{}", "unknown_method");
	answers(&s, "channels.create", "{\"name\":\"x\"}", "method_deprecated");
	answers(&s, "files.upload", "{}", "method_deprecated");
	CHECK(findings(&s) == 3);
	answers(&s, "conversations.info", "{\"channel\":\"C01OPS\",\"chanel\":\"x\"}",
		"invalid_arguments");
	CHECK_TEXT(cJSON_GetStringValue(cJSON_GetArrayItem(
			   member(member(s.last, "response_metadata"), "messages"), 0)),
		"[ERROR] unknown argument: chanel");
	CHECK(findings(&s) == 4);
	answers(&s, "conversations.info", "{}", "invalid_arguments");
	answers(&s, "conversations.create", "{}", "invalid_name_required");
	answers(&s, "chat.postMessage", "{\"channel\":\"C01OPS\"}", "no_text");
	answers(&s, "chat.postMessage", "{\"text\":\"x\"}", "channel_not_found");
	scene_end(&s);
}

static void form_only_methods_ignore_json(void)
{
	cJSON *args = cJSON_Parse("{\"channel\":\"C01OPS\"}");
	struct api_request r = { "conversations.info", "xoxb-slackbox", args, true, 0 };
	struct api_reply reply;
	struct scene s;

	scene_begin(&s);
	r.now_ms = s.now_ms;
	world_call(s.w, &r, &reply);
	CHECK_TEXT(text(reply.body, "error"), "invalid_arguments");
	CHECK(findings(&s) == 1);
	cJSON_Delete(reply.body);
	r.json_body = false;
	world_call(s.w, &r, &reply);
	CHECK(cJSON_IsTrue(member(reply.body, "ok")));
	CHECK(strstr(reply.scopes, "chat:write,chat:write.public") != NULL);
	cJSON_Delete(reply.body);
	cJSON_Delete(args);
	scene_end(&s);
}

static void membership_is_asked_for(void)
{
	struct scene s;
	char ts[32], json[256];

	scene_begin(&s);
	say(&s, "{\"user\":\"ben\",\"channel\":\"tea\",\"text\":\"hi\"}", ts);
	CHECK(cJSON_GetArraySize(s.events) == 0);
	answers(&s, "conversations.history", "{\"channel\":\"C01TEA\"}", "not_in_channel");
	answers(&s, "conversations.history", "{\"channel\":\"C01HID\"}", "channel_not_found");
	answers(&s, "conversations.info", "{\"channel\":\"C01HID\"}", "channel_not_found");
	answers(&s, "chat.postMessage", "{\"channel\":\"C01HID\",\"text\":\"x\"}",
		"channel_not_found");
	answers(&s, "pins.add",
		json_with(
			json, sizeof(json), "{\"channel\":\"C01TEA\",\"timestamp\":\"$\"}", ts, ""),
		"not_in_channel");
	answers(&s, "chat.postMessage", "{\"channel\":\"C01TEA\",\"text\":\"x\"}", NULL);
	world_scopes(s.w, "chat:write channels:join channels:history");
	answers(&s, "chat.postMessage", "{\"channel\":\"C01TEA\",\"text\":\"x\"}",
		"not_in_channel");
	answers(&s, "conversations.join", "{\"channel\":\"C01TEA\"}", NULL);
	CHECK(heard(&s, "member_joined_channel", "") != NULL);
	CHECK(heard(&s, "message", "channel_join") != NULL);
	answers(&s, "conversations.join", "{\"channel\":\"C01TEA\"}", NULL);
	CHECK_TEXT(text(s.last, "warning"), "already_in_channel");
	answers(&s, "conversations.history", "{\"channel\":\"C01TEA\"}", NULL);
	CHECK(cJSON_GetArraySize(member(s.last, "messages")) == 3);
	scene_end(&s);
}

static void names_are_checked(void)
{
	struct scene s;
	char json[256], longest[82];

	scene_begin(&s);
	memset(longest, 'a', 81);
	longest[81] = '\0';
	answers(&s, "conversations.create", "{\"name\":\"ops\"}", "name_taken");
	answers(&s, "conversations.create", "{\"name\":\"hidden\"}", "name_taken");
	answers(&s, "conversations.create", "{\"name\":\"Ops Room\"}", "invalid_name_specials");
	answers(&s, "conversations.create", "{\"name\":\"-_-\"}", "invalid_name_punctuation");
	answers(&s, "conversations.create",
		json_with(json, sizeof(json), "{\"name\":\"$\"}", longest, ""),
		"invalid_name_maxlength");
	answers(&s, "conversations.create",
		json_with(json, sizeof(json), "{\"name\":\"$\"}", longest + 1, ""), NULL);
	answers(&s, "conversations.create", "{\"name\":\"inc-1\"}", NULL);
	json_with(json, sizeof(json), "{\"channel\":\"$\"}", text(member(s.last, "channel"), "id"),
		"");
	answers(&s, "conversations.archive", json, NULL);
	answers(&s, "conversations.archive", json, "already_archived");
	answers(&s, "conversations.unarchive", json, "not_in_channel");
	answers(&s, "conversations.create", "{\"name\":\"inc-1\"}", "name_taken");
	answers(&s, "conversations.rename", "{\"channel\":\"C01OPS\",\"name\":\"x\"}",
		"not_authorized");
	scene_end(&s);
}

static void creating_a_channel_is_news(void)
{
	struct scene s;
	char json[256];
	const char *id;

	scene_begin(&s);
	answers(&s, "conversations.create", "{\"name\":\"inc-2\"}", NULL);
	id = text(member(s.last, "channel"), "id");
	CHECK(id[0] == 'C');
	CHECK(cJSON_IsTrue(member(member(s.last, "channel"), "is_member")));
	CHECK_TEXT(text(member(heard(&s, "channel_created", ""), "channel"), "id"), id);
	CHECK_TEXT(text(heard(&s, "member_joined_channel", ""), "user"), "U0INCIDENTD");
	json_with(json, sizeof(json), "{\"channel\":\"$\",\"topic\":\"a & b\"}", id, "");
	forget_events(&s);
	answers(&s, "conversations.setTopic", json, NULL);
	CHECK_TEXT(text(heard(&s, "message", "channel_topic"), "topic"), "a &amp; b");
	forget_events(&s);
	answers(&s, "conversations.setTopic", json, NULL);
	CHECK(cJSON_GetArraySize(s.events) == 0);
	scene_end(&s);
}

static void invitations_are_all_or_nothing(void)
{
	struct scene s;

	scene_begin(&s);
	answers(&s, "conversations.invite", "{\"channel\":\"C01OPS\",\"users\":\"U01BEN,U01OLD\"}",
		"cant_invite");
	CHECK(cJSON_GetArraySize(s.events) == 0);
	answers(&s, "conversations.invite", "{\"channel\":\"C01OPS\",\"users\":\"U0INCIDENTD\"}",
		"cant_invite_self");
	answers(&s, "conversations.invite", "{\"channel\":\"C01OPS\",\"users\":\"U0NOBODY\"}",
		"user_not_found");
	answers(&s, "conversations.invite", "{\"channel\":\"C01OPS\",\"users\":\"U01ANN\"}",
		"already_in_channel");
	answers(&s, "conversations.invite",
		"{\"channel\":\"C01OPS\",\"users\":\"U01BEN, U01OLD\",\"force\":\"true\"}", NULL);
	CHECK_TEXT(text(cJSON_GetArrayItem(member(s.last, "errors"), 0), "error"), "cant_invite");
	CHECK_TEXT(text(heard(&s, "member_joined_channel", ""), "user"), "U01BEN");
	CHECK_TEXT(text(heard(&s, "member_joined_channel", ""), "inviter"), "U0INCIDENTD");
	scene_end(&s);
}

static void rates_are_limited(void)
{
	struct scene s;

	scene_begin(&s);
	for (int i = 0; i < 5; i++)
		answers(&s, "chat.postMessage", "{\"channel\":\"C01OPS\",\"text\":\"x\"}", NULL);
	answers(&s, "chat.postMessage", "{\"channel\":\"C01OPS\",\"text\":\"x\"}", "ratelimited");
	CHECK(s.status == 429 && s.retry_after == 1);
	answers(&s, "chat.postMessage", "{\"channel\":\"C01TEA\",\"text\":\"x\"}", NULL);
	s.now_ms += 1000;
	answers(&s, "chat.postMessage", "{\"channel\":\"C01OPS\",\"text\":\"x\"}", NULL);
	for (int i = 0; i < 20; i++)
		answers(&s, "users.list", "{}", NULL);
	answers(&s, "users.list", "{}", "ratelimited");
	CHECK(s.retry_after >= 3 && s.retry_after <= 4);
	s.now_ms += s.retry_after * 1000;
	answers(&s, "users.list", "{}", NULL);
	world_limits(s.w, &(struct limits){ .scale = 0, .minute_ms = 60000 });
	for (int i = 0; i < 100; i++)
		answers(&s, "users.list", "{}", NULL);
	scene_end(&s);
}

static void an_outsider_reads_little_and_seldom(void)
{
	struct scene s;
	char cursor[128];

	scene_begin(&s);
	world_limits(s.w, &(struct limits){ .outsider = true, .minute_ms = 2000 });
	for (int i = 0; i < 20; i++)
		say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"x\"}", NULL);
	answers(&s, "conversations.history", "{\"channel\":\"C01OPS\",\"limit\":100}", NULL);
	CHECK(cJSON_GetArraySize(member(s.last, "messages")) == 15);
	CHECK(snprintf(cursor, sizeof cursor, "{\"channel\":\"C01OPS\",\"cursor\":\"%s\"}",
		      text(member(s.last, "response_metadata"), "next_cursor")) > 0);
	answers(&s, "conversations.history", cursor, "ratelimited");
	CHECK(s.status == 429 && s.retry_after == 2);
	answers(&s, "users.list", "{}", NULL);
	s.now_ms += 2000;
	answers(&s, "conversations.history", cursor, NULL);
	CHECK(cJSON_GetArraySize(member(s.last, "messages")) == 5);
	scene_end(&s);
}

static void calls_are_journaled_without_tokens(void)
{
	struct scene s;
	cJSON *dump;
	const cJSON *note;

	scene_begin(&s);
	answers(&s, "users.info", "{\"user\":\"U01ANN\",\"token\":\"xoxb-slackbox\"}", NULL);
	answers(&s, "users.info", "{\"user\":\"U01WHO\"}", "user_not_found");
	dump = world_dump(s.w);
	CHECK(cJSON_GetArraySize(member(dump, "calls")) == 2);
	note = cJSON_GetArrayItem(member(dump, "calls"), 0);
	CHECK_TEXT(text(note, "method"), "users.info");
	CHECK(member(member(note, "args"), "token") == NULL);
	CHECK_TEXT(text(cJSON_GetArrayItem(member(dump, "calls"), 1), "error"), "user_not_found");
	cJSON_Delete(dump);
	scene_end(&s);
}

static void archived_channels_are_closed(void)
{
	struct scene s;

	scene_begin(&s);
	CHECK(act(&s, "archive", "{\"user\":\"ann\",\"channel\":\"ops\"}") == NULL);
	CHECK(heard(&s, "message", "channel_archive") != NULL);
	CHECK(heard(&s, "channel_archive", "") != NULL);
	answers(&s, "chat.postMessage", "{\"channel\":\"C01OPS\",\"text\":\"x\"}", "is_archived");
	answers(&s, "conversations.setTopic", "{\"channel\":\"C01OPS\",\"topic\":\"x\"}",
		"is_archived");
	CHECK_TEXT(act(&s, "react", "{\"user\":\"ann\",\"channel\":\"ops\",\"ts\":\"1\"}"),
		"is_archived");
	CHECK(act(&s, "unarchive", "{\"user\":\"ann\",\"channel\":\"ops\"}") == NULL);
	answers(&s, "chat.postMessage", "{\"channel\":\"C01OPS\",\"text\":\"x\"}", NULL);
	scene_end(&s);
}

static void direct_messages_open_themselves(void)
{
	struct scene s;
	char ts[32];
	const char *id;

	scene_begin(&s);
	answers(&s, "chat.postMessage", "{\"channel\":\"U01ANN\",\"text\":\"psst\"}", NULL);
	id = text(s.last, "channel");
	CHECK(id[0] == 'D');
	CHECK_TEXT(text(heard(&s, "message", ""), "channel_type"), "im");
	forget_events(&s);
	say(&s, "{\"user\":\"ann\",\"channel\":\"dm\",\"text\":\"@incidentd hi\"}", ts);
	CHECK_TEXT(text(heard(&s, "message", ""), "channel"), id);
	CHECK(heard(&s, "app_mention", "") == NULL);
	answers(&s, "conversations.open", "{\"users\":\"U01ANN\"}", NULL);
	CHECK(strcmp(text(member(s.last, "channel"), "id"),
		      text(heard(&s, "message", ""), "channel")) == 0);
	scene_end(&s);
}

int main(void)
{
	tokens_are_told_apart();
	a_missing_scope_is_named();
	only_what_is_subscribed_to_is_told();
	unknown_methods_and_arguments_are_found();
	form_only_methods_ignore_json();
	membership_is_asked_for();
	names_are_checked();
	creating_a_channel_is_news();
	invitations_are_all_or_nothing();
	rates_are_limited();
	an_outsider_reads_little_and_seldom();
	calls_are_journaled_without_tokens();
	archived_channels_are_closed();
	direct_messages_open_themselves();
	return 0;
}

#include "check.h"
#include "world_scene.h"

/* What the record of an incident is made of: each thing that people do, the events that tell of it, and what
 * conversations.history and .replies show afterwards. */

static const char IN_OPS[] = "{\"channel\":\"C01OPS\"}";

static cJSON *newest(struct scene *s)
{
	answers(s, "conversations.history", IN_OPS, NULL);
	return cJSON_GetArrayItem(member(s->last, "messages"), 0);
}

static void typed_text_is_rich(void)
{
	struct scene s;

	scene_begin(&s);
	add(&s, world_add_usergroup,
		"{\"id\":\"S01ONCALL\",\"handle\":\"oncall\",\"users\":[\"ann\"]}");
	say(&s,
		"{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"*DB* is _down_ :fire: `x<y` "
		"@oncall\\n\\nok :+1::skin-tone-3:\\n> said & done\\n- one\\n- @ben\\n1. first\\n"
		"```a < b\\n- c```\"}",
		NULL);
	CHECK_TEXT(text(heard(&s, "message", ""), "text"),
		"*DB* is _down_ :fire: `x&lt;y` <!subteam^S01ONCALL|@oncall>\n\nok "
		":+1::skin-tone-3:\n&gt; said &amp; done\n\xE2\x80\xA2 one\n\xE2\x80\xA2 "
		"<@U01BEN>\n1. first\n```a &lt; b\n- c```");
	shows(cJSON_GetArrayItem(member(newest(&s), "blocks"), 0),
		"{\"type\":\"rich_text\",\"elements\":["
		"{\"type\":\"rich_text_section\",\"elements\":["
		"{\"type\":\"text\",\"text\":\"DB\",\"style\":{\"bold\":true}},"
		"{\"type\":\"text\",\"text\":\" is \"},"
		"{\"type\":\"text\",\"text\":\"down\",\"style\":{\"italic\":true}},"
		"{\"type\":\"text\",\"text\":\" \"},{\"type\":\"emoji\",\"name\":\"fire\"},"
		"{\"type\":\"text\",\"text\":\" \"},"
		"{\"type\":\"text\",\"text\":\"x<y\",\"style\":{\"code\":true}},"
		"{\"type\":\"text\",\"text\":\" \"},"
		"{\"type\":\"usergroup\",\"usergroup_id\":\"S01ONCALL\"},"
		"{\"type\":\"text\",\"text\":\"\\n\\nok \"},"
		"{\"type\":\"emoji\",\"name\":\"+1\",\"skin_tone\":3}]},"
		"{\"type\":\"rich_text_quote\",\"elements\":["
		"{\"type\":\"text\",\"text\":\"said & done\"}]},"
		"{\"type\":\"rich_text_list\",\"style\":\"bullet\",\"elements\":["
		"{\"type\":\"rich_text_section\",\"elements\":["
		"{\"type\":\"text\",\"text\":\"one\"}]},"
		"{\"type\":\"rich_text_section\",\"elements\":["
		"{\"type\":\"user\",\"user_id\":\"U01BEN\"}]}]},"
		"{\"type\":\"rich_text_list\",\"style\":\"ordered\",\"elements\":["
		"{\"elements\":[{\"text\":\"first\"}]}]},"
		"{\"type\":\"rich_text_preformatted\",\"elements\":["
		"{\"type\":\"text\",\"text\":\"a < b\\n- c\"}]}]}");
	scene_end(&s);
}

static void me_bots_and_the_unknown_speak(void)
{
	struct scene s;

	scene_begin(&s);
	add(&s, world_add_person, "{\"id\":\"U01MON\",\"name\":\"monitor\",\"is_bot\":true}");
	CHECK(act(&s, "me", "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"waves\"}") == NULL);
	shows(heard(&s, "message", "me_message"),
		"{\"user\":\"U01ANN\",\"text\":\"waves\",\"channel_type\":\"channel\","
		"\"client_msg_id\":null,\"blocks\":[{\"type\":\"rich_text\"}]}");
	shows(newest(&s), "{\"subtype\":\"me_message\",\"text\":\"waves\",\"channel\":null}");
	CHECK(act(&s, "bot",
		      "{\"user\":\"ann\",\"channel\":\"ops\",\"username\":\"Alarm\",\"bot_id\":"
		      "\"B0ALARM\",\"text\":\"a & b\"}") == NULL);
	shows(heard(&s, "message", "bot_message"),
		"{\"username\":\"Alarm\",\"bot_id\":\"B0ALARM\",\"text\":\"a &amp; "
		"b\",\"user\":null,\"team\":null}");
	CHECK(act(&s, "invite", "{\"user\":\"ann\",\"channel\":\"ops\",\"who\":\"monitor\"}") ==
		NULL);
	say(&s, "{\"user\":\"monitor\",\"channel\":\"ops\",\"text\":\"up\"}", NULL);
	shows(newest(&s),
		"{\"subtype\":null,\"user\":\"U01MON\",\"bot_id\":\"B0MONITOR\",\"client_msg_id\":"
		"null,\"bot_profile\":{\"id\":\"B0MONITOR\",\"user_id\":\"U01MON\"}}");
	answers(&s, "bots.info", "{\"bot\":\"B0MONITOR\"}", NULL);
	shows(member(s.last, "bot"), "{\"name\":\"monitor\",\"user_id\":\"U01MON\"}");
	CHECK(act(&s, "subtype",
		      "{\"user\":\"ann\",\"channel\":\"ops\",\"subtype\":\"huddle_thread\",\"text\":"
		      "\"\",\"more\":{\"room\":{\"id\":\"R1\"}}}") == NULL);
	shows(heard(&s, "message", "huddle_thread"), "{\"room\":{\"id\":\"R1\"}}");
	shows(newest(&s), "{\"subtype\":\"huddle_thread\",\"room\":{\"id\":\"R1\"}}");
	scene_end(&s);
}

static void files_are_shared_and_deleted(void)
{
	struct scene s;
	char ts[32];

	scene_begin(&s);
	say(&s,
		"{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"see\",\"files\":[{\"id\":\"F01A\","
		"\"name\":\"a.png\",\"mimetype\":\"image/png\",\"size\":7},{\"id\":\"F01B\"}]}",
		ts);
	shows(heard(&s, "message", "file_share"),
		"{\"text\":\"see\",\"upload\":false,\"files\":[{\"id\":\"F01A\",\"name\":\"a.png\","
		"\"filetype\":\"png\",\"size\":7,\"mode\":\"hosted\",\"url_private\":\"https://"
		"slackbox.example.test/files-pri/T0BOX-F01A/a.png\"},{\"id\":\"F01B\"}]}");
	shows(heard(&s, "file_shared", ""),
		"{\"file_id\":\"F01A\",\"user_id\":\"U01ANN\",\"channel_id\":\"C01OPS\",\"file\":{"
		"\"id\":\"F01A\"}}");
	answers(&s, "files.info", "{\"file\":\"F01A\"}", NULL);
	shows(member(s.last, "file"), "{\"mimetype\":\"image/png\"}");
	CHECK(act(&s, "delete_file", "{\"user\":\"ann\",\"channel\":\"ops\",\"file\":\"F01A\"}") ==
		NULL);
	shows(heard(&s, "file_deleted", ""), "{\"file_id\":\"F01A\",\"file\":null}");
	shows(heard(&s, "message", "message_changed"),
		"{\"message\":{\"edited\":null,\"files\":[{\"id\":\"F01A\",\"mode\":\"tombstone\","
		"\"name\":null},{\"id\":\"F01B\"}]},\"previous_message\":{\"files\":[{\"name\":"
		"\"a.png\"},{}]}}");
	shows(newest(&s), "{\"files\":[{\"mode\":\"tombstone\"},{\"mode\":\"hosted\"}]}");
	answers(&s, "files.info", "{\"file\":\"F01A\"}", "file_not_found");
	scene_end(&s);
}

static void channels_change_their_lives(void)
{
	struct scene s;

	scene_begin(&s);
	CHECK(act(&s, "convert", "{\"user\":\"ann\",\"channel\":\"ops\"}") == NULL);
	shows(heard(&s, "message", "channel_convert_to_private"),
		"{\"user\":\"U01ANN\",\"channel\":\"C01OPS\",\"channel_type\":\"group\"}");
	answers(&s, "conversations.info", IN_OPS, NULL);
	shows(member(s.last, "channel"), "{\"id\":\"C01OPS\",\"is_private\":true}");
	CHECK_TEXT(act(&s, "convert", "{\"user\":\"ann\",\"channel\":\"ops\"}"), "already_private");
	CHECK(act(&s, "change_id", "{\"user\":\"ann\",\"channel\":\"ops\",\"id\":\"C02NEW\"}") ==
		NULL);
	shows(heard(&s, "channel_id_changed", ""),
		"{\"old_channel_id\":\"C01OPS\",\"new_channel_id\":\"C02NEW\"}");
	answers(&s, "conversations.info", IN_OPS, "channel_not_found");
	answers(&s, "conversations.history", "{\"channel\":\"C02NEW\"}", NULL);
	CHECK(cJSON_GetArraySize(member(s.last, "messages")) == 1);
	CHECK(act(&s, "delete_channel", "{\"user\":\"ann\",\"channel\":\"ops\"}") == NULL);
	shows(heard(&s, "group_deleted", ""), "{\"channel\":\"C02NEW\",\"actor_id\":\"U01ANN\"}");
	answers(&s, "conversations.info", "{\"channel\":\"C02NEW\"}", "channel_not_found");
	CHECK(act(&s, "delete_channel", "{\"user\":\"ben\",\"channel\":\"tea\"}") == NULL);
	shows(heard(&s, "channel_deleted", ""), "{\"channel\":\"C01TEA\"}");
	scene_end(&s);
}

static void people_come_from_elsewhere(void)
{
	struct scene s;

	scene_begin(&s);
	add(&s, world_add_person,
		"{\"id\":\"W01EVE\",\"name\":\"eve\",\"team_id\":\"T0OTHER\",\"is_stranger\":true}");
	add(&s, world_add_person,
		"{\"id\":\"U01GUS\",\"name\":\"gus\",\"is_restricted\":true,\"is_ultra_restricted\":"
		"true}");
	CHECK(act(&s, "invite", "{\"user\":\"ann\",\"channel\":\"ops\",\"who\":\"eve\"}") == NULL);
	shows(heard(&s, "member_joined_channel", ""), "{\"user\":\"W01EVE\",\"team\":\"T0OTHER\"}");
	say(&s, "{\"user\":\"eve\",\"channel\":\"ops\",\"text\":\"hi\"}", NULL);
	shows(newest(&s),
		"{\"user\":\"W01EVE\",\"team\":\"T0OTHER\",\"user_team\":\"T0OTHER\",\"source_team\":"
		"\"T0OTHER\",\"user_profile\":{\"name\":\"eve\",\"team\":\"T0OTHER\"}}");
	answers(&s, "users.info", "{\"user\":\"W01EVE\"}", NULL);
	shows(member(s.last, "user"), "{\"team_id\":\"T0OTHER\",\"is_stranger\":true}");
	answers(&s, "users.info", "{\"user\":\"U01GUS\"}", NULL);
	shows(member(s.last, "user"),
		"{\"is_restricted\":true,\"is_ultra_restricted\":true,\"is_stranger\":null}");
	answers(&s, "conversations.info", IN_OPS, NULL);
	shows(member(s.last, "channel"), "{\"is_ext_shared\":true}");
	scene_end(&s);
}

static void groups_and_emoji_change(void)
{
	struct scene s;

	scene_begin(&s);
	add(&s, world_add_usergroup,
		"{\"id\":\"S01ONCALL\",\"handle\":\"oncall\",\"users\":[\"ann\"]}");
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"time moves\"}", NULL);
	add(&s, world_add_usergroup, "{\"handle\":\"oncall\",\"users\":[\"ben\"]}");
	shows(heard(&s, "subteam_updated", ""),
		"{\"subteam\":{\"id\":\"S01ONCALL\",\"users\":[\"U01BEN\"]}}");
	shows(heard(&s, "subteam_members_changed", ""),
		"{\"subteam_id\":\"S01ONCALL\",\"added_users\":[\"U01BEN\"],\"removed_users\":["
		"\"U01ANN\"]}");
	answers(&s, "usergroups.users.list", "{\"usergroup\":\"S01ONCALL\"}", NULL);
	shows(s.last, "{\"users\":[\"U01BEN\"]}");
	world_scopes(s.w, "chat:write");
	answers(&s, "emoji.list", "{}", "missing_scope");
	world_scopes(s.w, "emoji:read");
	add(&s, world_add_emoji, "{\"name\":\"party\",\"url\":\"https://e.test/p.gif\"}");
	add(&s, world_add_emoji, "{\"name\":\"fete\",\"alias\":\"party\"}");
	add(&s, world_add_emoji, "{\"name\":\"shipit\",\"removed\":true}");
	shows(heard(&s, "emoji_changed", "add"), "{\"name\":\"party\"}");
	shows(heard(&s, "emoji_changed", "remove"), "{\"names\":[\"shipit\"]}");
	answers(&s, "emoji.list", "{}", NULL);
	shows(member(s.last, "emoji"),
		"{\"party\":\"https://e.test/p.gif\",\"fete\":\"alias:party\",\"shipit\":null}");
	scene_end(&s);
}

/* What was is told, also of a channel that the bot is not in. */
static void the_truth_has_all(void)
{
	static const char *const DEEDS[][2] = {
		{ "edit", "{\"user\":\"ben\",\"channel\":\"tea\",\"ts\":\"$\",\"text\":\"two\"}" },
		{ "react",
			"{\"user\":\"ben\",\"channel\":\"tea\",\"ts\":\"$\",\"name\":\"eyes\"}" },
		{ "unreact",
			"{\"user\":\"ben\",\"channel\":\"tea\",\"ts\":\"$\",\"name\":\"eyes\"}" },
		{ "pin", "{\"user\":\"ben\",\"channel\":\"tea\",\"ts\":\"$\"}" },
		{ "delete", "{\"user\":\"ben\",\"channel\":\"tea\",\"ts\":\"$\"}" },
	};
	struct scene s;
	char ts[32], room[256];
	cJSON *truth;

	scene_begin(&s);
	say(&s, "{\"user\":\"ben\",\"channel\":\"tea\",\"text\":\"one\"}", ts);
	for (size_t i = 0; i < sizeof DEEDS / sizeof DEEDS[0]; i++)
		CHECK(act(&s, DEEDS[i][0], json_with(room, sizeof room, DEEDS[i][1], ts, "")) ==
			NULL);
	CHECK(cJSON_GetArraySize(s.events) == 0);
	truth = world_truth(s.w, "tea");
	shows(truth,
		"{\"id\":\"C01TEA\",\"messages\":[],\"pins\":[],\"log\":["
		"{\"subtype\":\"message_changed\",\"message\":{\"text\":\"two\"},"
		"\"previous_message\":{\"text\":\"one\"}},"
		"{\"type\":\"reaction_added\",\"reaction\":\"eyes\"},{\"type\":\"reaction_removed\"},"
		"{\"type\":\"pin_added\"},"
		"{\"subtype\":\"message_deleted\",\"previous_message\":{\"text\":\"two\"}}]}");
	cJSON_Delete(truth);
	CHECK(world_truth(s.w, "nowhere") == NULL);
	scene_end(&s);
}

/* A thread is paged like a channel: its parent begins each page. */
static void history_and_threads_are_paged(void)
{
	struct scene s;
	char parent[32], ts[5][32], room[256];

	scene_begin(&s);
	say(&s, "{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"root\"}", parent);
	for (int i = 0; i < 5; i++)
		say(&s,
			json_with(room, sizeof room,
				"{\"user\":\"ann\",\"channel\":\"ops\",\"text\":\"r\",\"thread_ts\":"
				"\"$\"}",
				parent, ""),
			ts[i]);
	answers(&s, "conversations.history", IN_OPS, NULL);
	CHECK(cJSON_GetArraySize(member(s.last, "messages")) == 1);
	answers(&s, "conversations.replies",
		json_with(room, sizeof room,
			"{\"channel\":\"C01OPS\",\"ts\":\"$\",\"oldest\":\"$\",\"limit\":2}",
			parent, ts[1]),
		NULL);
	shows(s.last, "{\"messages\":[{\"text\":\"root\"},{},{}],\"has_more\":true}");
	CHECK_TEXT(text(cJSON_GetArrayItem(member(s.last, "messages"), 1), "ts"), ts[2]);
	answers(&s, "conversations.replies",
		json_with(room, sizeof room,
			"{\"channel\":\"C01OPS\",\"ts\":\"$\",\"limit\":2,\"cursor\":\"$\"}",
			parent, text(member(s.last, "response_metadata"), "next_cursor")),
		NULL);
	shows(s.last, "{\"messages\":[{\"text\":\"root\"},{}],\"has_more\":false}");
	CHECK_TEXT(text(cJSON_GetArrayItem(member(s.last, "messages"), 1), "ts"), ts[4]);
	answers(&s, "conversations.replies",
		json_with(room, sizeof room,
			"{\"channel\":\"C01OPS\",\"ts\":\"$\",\"oldest\":\"$\",\"inclusive\":true}",
			parent, ts[4]),
		NULL);
	shows(s.last, "{\"messages\":[{},{}]}");
	scene_end(&s);
}

int main(void)
{
	typed_text_is_rich();
	me_bots_and_the_unknown_speak();
	files_are_shared_and_deleted();
	channels_change_their_lives();
	people_come_from_elsewhere();
	groups_and_emoji_change();
	the_truth_has_all();
	history_and_threads_are_paged();
	return 0;
}

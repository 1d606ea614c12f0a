#include "answer.h"
#include "recorded.h"

static struct answer answered(struct arena *arena, const char *name, const char *look_for)
{
	struct buf text = recorded("answer", name);
	struct answer a = { .call = 12, .method = "m" };
	struct fail why = { 0 };

	CHECK(answer_read(text.text, look_for, arena, &a, &why));
	CHECK(a.call == 12);
	CHECK_TEXT(a.method, "m");
	buf_done(&text);
	return a;
}

static void an_answer_says_what_it_made(struct arena *arena)
{
	struct answer a = answered(arena, "posted", NULL);

	CHECK(a.ok && a.error == NULL && a.channel_name == NULL && a.person.id == NULL);
	CHECK_TEXT(a.channel, "C7BRIDGE01");
	CHECK_TEXT(a.ts, "1791200000.000100");

	a = answered(arena, "created", NULL);
	CHECK_TEXT(a.channel, "C7NEW");
	CHECK_TEXT(a.channel_name, "inc-12-pumps");

	a = answered(arena, "ephemeral", NULL);
	CHECK_TEXT(a.ts, "1791200034.000100");

	a = answered(arena, "refused", NULL);
	CHECK(!a.ok);
	CHECK_TEXT(a.error, "missing_scope");
	CHECK_TEXT(a.needed, "channels:manage");
}

static void an_answer_says_who_we_and_others_are(struct arena *arena)
{
	struct answer a = answered(arena, "auth", NULL);

	CHECK_TEXT(a.user, "U7LANTERN");
	CHECK_TEXT(a.team, "T7HARBOUR1");
	CHECK_TEXT(a.url, "https://harbour.slack.example/");
	CHECK_TEXT(a.bot, "B7LANTERN");
	CHECK(a.person.id == NULL);

	a = answered(arena, "person", NULL);
	CHECK_TEXT(a.person.id, "U7JONAS");
	CHECK_TEXT(a.person.display_name, "jonas");
	CHECK_TEXT(a.person.real_name, "Jonas Keel");
}

static void a_bot_is_a_person_with_a_name(struct arena *arena)
{
	struct answer a = answered(arena, "bot", NULL);

	CHECK(a.person.is_bot && !a.person.deleted);
	CHECK_TEXT(a.person.id, "B7HOOK");
	CHECK_TEXT(a.person.display_name, "gauges");
	CHECK(a.messages == NULL && a.groups == NULL);
}

static void an_answer_says_what_groups_and_channels_are(struct arena *arena)
{
	struct answer a = answered(arena, "groups", NULL);

	CHECK(a.group_count == 2);
	CHECK_TEXT(a.groups[0].id, "S7PILOTS");
	CHECK_TEXT(a.groups[0].handle, "pilots");
	CHECK_TEXT(a.groups[0].name, "Pilots");
	CHECK_TEXT(a.groups[1].id, "S7TUGS");
	CHECK(a.groups[1].handle == NULL);

	a = answered(arena, "channel", NULL);
	CHECK(a.about.is_private && a.about.is_archived && a.about.is_member);
	CHECK_TEXT(a.channel, "C7CELLAR01");
	CHECK_TEXT(a.channel_name, "cellar");
}

static void a_parent_says_how_it_stands(const struct message *m)
{
	CHECK_TEXT(m->ts, "1791400009.000100");
	CHECK_TEXT(m->thread, m->ts);
	CHECK_TEXT(m->text, "the sluice is open");
	CHECK_TEXT(m->user, "U7MARTA");
	CHECK_TEXT(m->team, "T7HARBOUR1");
	CHECK_TEXT(m->edited, "1791400010.000000");
	CHECK_TEXT(m->edited_by, "U7MARTA");
	CHECK_TEXT(m->latest_reply, "1791400012.000100");
	CHECK(m->replies == 2 && m->pinned && !m->tombstone && m->channel == NULL);
	CHECK_TEXT(m->rich,
		"{\"blocks\":[{\"type\":\"section\",\"block_id\":\"s1\",\"text\":{\"type\":"
		"\"mrkdwn\",\"text\":\"the sluice is open\"}}]}");
	CHECK(m->reaction_count == 3);
	CHECK_TEXT(m->reactions[0].name, "eyes");
	CHECK(m->reactions[0].people_count == 2 && m->reactions[0].count == 2);
	CHECK_TEXT(m->reactions[0].people[1], "W7FARGUEST");
	CHECK(m->reactions[1].people_count == 1 && m->reactions[1].count == 41);
	CHECK(m->reactions[2].people_count == 0 && m->reactions[2].count == 1);
}

static void a_page_of_history_is_messages(struct arena *arena)
{
	struct answer a = answered(arena, "page", NULL);

	CHECK(a.message_count == 4 && a.has_more);
	CHECK_TEXT(a.cursor, "cGFnZTI=");
	a_parent_says_how_it_stands(&a.messages[0]);
	CHECK(a.messages[1].tombstone && !a.messages[1].pinned);
	CHECK(a.messages[2].file_count == 3 && a.messages[2].rich == NULL);
	CHECK_TEXT(a.messages[2].files[0].id, "F7LOG");
	CHECK_TEXT(a.messages[2].files[0].name, "pump.log");
	CHECK_TEXT(a.messages[2].files[0].mimetype, "text/plain");
	CHECK_TEXT(a.messages[2].files[0].permalink, "https://harbour.slack.example/files/F7LOG");
	CHECK(a.messages[2].files[0].bytes == 512 && !a.messages[2].files[0].gone);
	CHECK(a.messages[2].files[1].gone && !a.messages[2].files[2].gone);
	CHECK_TEXT(a.messages[3].bot, "B7HOOK");
	CHECK_TEXT(a.messages[3].bot_name, "gauges");
	CHECK_TEXT(a.messages[3].subtype, "bot_message");
	CHECK_TEXT(a.messages[3].app, "A7HOOK");
	CHECK_TEXT(a.messages[3].channel, "C7BRIDGE01");
	CHECK_TEXT(a.messages[3].channel_type, "group");
	CHECK_TEXT(a.messages[3].event_ts, "1791400001.000200");
	CHECK(a.messages[3].user == NULL);
}

/* Blocks that nobody would show are not kept; the text is. */
static void what_is_too_rich_is_plain(struct arena *arena)
{
	struct buf body = { 0 };
	struct answer a = { 0 };
	struct fail why;

	buf_add(&body, "{\"ok\":true,\"messages\":[{\"ts\":\"1.2\",\"text\":\"x\",\"blocks\":[\"");
	for (int i = 0; i < 256 * 1024; i++)
		buf_add(&body, "y");
	buf_add(&body, "\"]}]}");
	CHECK(answer_read(body.text, NULL, arena, &a, &why));
	CHECK(a.message_count == 1 && a.messages[0].rich == NULL);
	CHECK_TEXT(a.messages[0].text, "x");
	buf_done(&body);
}

static void a_search_finds_our_message_and_our_channel(struct arena *arena)
{
	struct answer a = answered(arena, "history", "12");

	CHECK_TEXT(a.found_ts, "1791200032.000100");
	CHECK_TEXT(a.cursor, "bmV4dA==");
	a = answered(arena, "history", "13");
	CHECK_TEXT(a.found_ts, "1791200033.000100");
	a = answered(arena, "history", "1");
	CHECK(a.found_ts == NULL);
	a = answered(arena, "history", NULL);
	CHECK(a.found_ts == NULL && a.ok);

	a = answered(arena, "channels", "inc-12-pumps");
	CHECK_TEXT(a.found_channel, "C7NEW");
	CHECK_TEXT(a.found_creator, "U7LANTERN");
	CHECK(a.found_created_s == 1791200032);
	CHECK(a.cursor == NULL);
	a = answered(arena, "channels", "inc-12");
	CHECK(a.found_channel == NULL);
}

/* So each is found at once, however many there are. */
static void the_names_of_emoji_stand_in_order(struct arena *arena)
{
	static const char BODY[] =
		"{\"ok\":true,\"emoji\":{\"b\":\"alias:+1\",\"c\":\"https://a.example/c.png\",\"a\":\"alias:b\"}}";
	struct answer a = { 0 };
	struct fail why = { 0 };

	CHECK(answer_read(BODY, NULL, arena, &a, &why));
	CHECK(a.emoji_count == 2);
	CHECK_TEXT(a.emoji[0].name, "a");
	CHECK_TEXT(a.emoji[0].alias, "b");
	CHECK_TEXT(a.emoji[1].name, "b");
}

static void what_is_no_answer_is_tried_later(struct arena *arena)
{
	static const char *const BAD[] = { "", "<html>", "[]", "{}", "{\"ok\":1}", "{\"ok\":null}",
		"{\"ok\":true", "true" };
	struct answer a = { .call = 12 };

	for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++) {
		struct fail why = { 0 };

		CHECK(!answer_read(BAD[i], "x", arena, &a, &why));
		CHECK(why.kind == FAIL_LATER && a.call == 12 && !a.ok);
	}
}

int main(void)
{
	struct arena *arena = arena_new();

	an_answer_says_what_it_made(arena);
	an_answer_says_who_we_and_others_are(arena);
	a_bot_is_a_person_with_a_name(arena);
	an_answer_says_what_groups_and_channels_are(arena);
	a_page_of_history_is_messages(arena);
	what_is_too_rich_is_plain(arena);
	a_search_finds_our_message_and_our_channel(arena);
	the_names_of_emoji_stand_in_order(arena);
	what_is_no_answer_is_tried_later(arena);
	arena_free(arena);
	return 0;
}

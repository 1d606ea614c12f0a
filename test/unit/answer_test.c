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
	a_search_finds_our_message_and_our_channel(arena);
	what_is_no_answer_is_tried_later(arena);
	arena_free(arena);
	return 0;
}

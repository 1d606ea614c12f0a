#include "event.h"
#include "recorded.h"

static struct event said(const char *json, size_t len)
{
	struct event ev = { 0 };
	struct fail why = { 0 };

	CHECK(event_read(json, len, &ev, &why));
	return ev;
}

static struct event typed(const char *text, size_t len)
{
	struct buf json = { 0 };
	struct event ev;

	buf_add(&json,
		"{\"envelope_id\":\"e1\",\"type\":\"slash_commands\",\"payload\":{\"command\":"
		"\"/i\",\"user_id\":\"U1\",\"channel_id\":\"C1\",\"trigger_id\":\"t1\",\"text\":\"");
	buf_add_bytes(&json, text, len);
	buf_add(&json, "\"}}");
	ev = said(json.text, json.len);
	CHECK(ev.kind == EVENT_SLASH);
	CHECK(ev.raw_len == strlen(ev.raw));
	buf_done(&json);
	return ev;
}

static void what_postgres_could_not_keep_is_mended(void)
{
	static const struct {
		const char *typed;
		size_t len;
		const char *read;
	} CASES[] = {
#define TYPED(text) text, sizeof(text) - 1
		{ TYPED("plain"), "plain" },
		{ TYPED("a\xff z"), "a\ufffd z" },
		{ TYPED("\xc3"), "\ufffd" },
		{ TYPED("\xc0\xaf"), "\ufffd\ufffd" },
		{ TYPED("\xed\xa0\x80"), "\ufffd\ufffd\ufffd" },
		{ TYPED("\xe0\x80\x80"), "\ufffd\ufffd\ufffd" },
		{ TYPED("\xf4\x90\x80\x80"), "\ufffd\ufffd\ufffd\ufffd" },
		{ TYPED("\xf0\x9f\x98\x80 \xc3\xa6"), "\U0001f600 \u00e6" },
		{ TYPED("a\0b"), "a\ufffdb" },
		{ TYPED("a\nb"), "a\ufffdb" },
		{ TYPED("a\\nb"), "a\nb" },
		{ TYPED("\\u0000"), "\ufffd" },
		{ TYPED("\\\\u0000"), "\\u0000" },
		{ TYPED("\\\\\\u0000"), "\\\ufffd" },
		{ TYPED("\\ud83d"), "\ufffd" },
		{ TYPED("\\ud83d\\n"), "\ufffd\n" },
		{ TYPED("\\ud83d\\ud83d\\ude00"), "\ufffd\U0001f600" },
		{ TYPED("\\uDE00x"), "\ufffdx" },
		{ TYPED("\\ud83d\\ude00"), "\U0001f600" },
		{ TYPED("\\u00e6\\\"\\/"), "\u00e6\"/" },
		{ TYPED("a\xc2\xa0z"), "a\u00a0z" },
#undef TYPED
	};

	for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
		struct event ev = typed(CASES[i].typed, CASES[i].len);

		CHECK_TEXT(ev.as.slash.text, CASES[i].read);
		event_done(&ev);
	}
}

static void a_recorded_frame_with_bad_text_is_mended(void)
{
	struct buf text = recorded("frame", "bad_text");
	struct event ev = said(text.text, text.len);

	CHECK_TEXT(ev.as.slash.text, "nul \ufffd high \ufffd low \ufffd pair \U0001f600");
	CHECK(strstr(ev.raw, "u0000") == NULL);
	event_done(&ev);
	buf_done(&text);
}

int main(void)
{
	what_postgres_could_not_keep_is_mended();
	a_recorded_frame_with_bad_text_is_mended();
	return 0;
}

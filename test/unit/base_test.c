#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "check.h"
#include "fail.h"
#include "json_out.h"
#include "log.h"
#include "nearest.h"

static void text_grows_over_its_first_room(void)
{
	struct buf b = { 0 };

	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%03d", i);
	CHECK(b.len == 3000);
	CHECK(strncmp(b.text + 2997, "999", 3) == 0);
	buf_add(&b, NULL);
	CHECK(b.len == 3000);
	buf_empty(&b);
	CHECK_TEXT(b.text, "");
	buf_done(&b);
	CHECK(b.text == NULL);
}

static void an_arena_keeps_copies(void)
{
	struct arena *a = arena_new();
	char text[] = "one";
	char *copy = arena_copy(a, text);

	text[0] = 'x';
	CHECK_TEXT(copy, "one");
	CHECK(arena_copy(a, NULL) == NULL);
	CHECK_TEXT(arena_printf(a, "%s-%d", copy, 2), "one-2");
	arena_free(a);
	arena_free(NULL);
}

static void json_is_written_with_its_commas_and_escapes(void)
{
	struct buf b = { 0 };
	struct json_out o = { .to = &b };

	json_open(&o, NULL, '{');
	json_put_text(&o, "a", "x\"\\\n\x01");
	json_put_int(&o, "b", -9007199254740993);
	json_put_bool(&o, "c", true);
	json_put_text(&o, "d", NULL);
	json_open(&o, "e", '[');
	json_put_int(&o, NULL, 1);
	json_open(&o, NULL, '{');
	json_close(&o);
	json_close(&o);
	json_close(&o);
	CHECK_TEXT(b.text,
		"{\"a\":\"x\\\"\\\\\\n\\u0001\",\"b\":-9007199254740993,\"c\":true,\"d\":null,"
		"\"e\":[1,{}]}");
	buf_done(&b);
}

static const char *meant(const char *word)
{
	static const char *const words[] = { "resolve", "report", "reopen" };
	struct nearest n = { .word = word };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		nearest_try(&n, words[i]);
	return nearest_found(&n);
}

static void the_nearest_word_is_found_and_no_far_one(void)
{
	CHECK_TEXT(meant("resovle"), "resolve");
	CHECK_TEXT(meant("reprt"), "report");
	CHECK(meant("payments") == NULL);
}

static void a_failure_says_why_and_is_cut(void)
{
	struct fail why;
	char longer[400];

	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	CHECK(!fail_set(&why, FAIL_LATER, "%s", longer));
	CHECK(why.kind == FAIL_LATER);
	CHECK(strlen(why.text) == sizeof(why.text) - 1);
}

static void a_failure_cut_in_a_character_is_still_utf8(void)
{
	struct fail why;
	char much[300];

	CHECK(!fail_set(&why, FAIL_REFUSED, "`%.4s` and %.2s", "a\xe2\x82\xac\xc3\xa9",
		"\xf0\x9f\x94\xa5"));
	CHECK_TEXT(why.text, "`a\xe2\x82\xac` and ");
	for (size_t n = 0; n + 1 < sizeof(much); n += 2)
		memcpy(much + n, "\xc3\xa9", 2);
	much[sizeof(much) - 2] = '\0';
	CHECK(!fail_set(&why, FAIL_LATER, "%s", much));
	CHECK(strlen(why.text) == 238 && why.kind == FAIL_LATER);
}

/* Whether a debug line is written when INCIDENTD_DEBUG is this. */
static bool debug_is_written(const char *wanted)
{
	FILE *log = tmpfile();
	int kept = dup(STDERR_FILENO);
	bool written;

	CHECK(log != NULL && kept >= 0);
	CHECK((wanted != NULL ? setenv("INCIDENTD_DEBUG", wanted, 1)
			      : unsetenv("INCIDENTD_DEBUG")) == 0);
	CHECK(dup2(fileno(log), STDERR_FILENO) >= 0);
	log_debug("one line");
	CHECK(dup2(kept, STDERR_FILENO) >= 0);
	written = lseek(fileno(log), 0, SEEK_END) > 0;
	close(kept);
	(void)fclose(log);
	return written;
}

static void debug_is_off_until_it_is_asked_for(void)
{
	CHECK(!debug_is_written(NULL));
	CHECK(!debug_is_written("")); /* as for every other setting, empty is unset */
	CHECK(debug_is_written("1"));
}

int main(void)
{
	text_grows_over_its_first_room();
	an_arena_keeps_copies();
	json_is_written_with_its_commas_and_escapes();
	the_nearest_word_is_found_and_no_far_one();
	a_failure_says_why_and_is_cut();
	a_failure_cut_in_a_character_is_still_utf8();
	debug_is_off_until_it_is_asked_for();
	return 0;
}

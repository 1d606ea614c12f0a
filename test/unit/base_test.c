#include <unistd.h>

#include "address.h"
#include "arena.h"
#include "buf.h"
#include "check.h"
#include "clock.h"
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

static void check_host(const char *url, const char *want)
{
	char host[ADDRESS_HOST_ROOM] = "";

	CHECK(address_host(url, host) == (want != NULL));
	CHECK_TEXT(host, want != NULL ? want : "");
}

static void an_address_leads_to_one_host_or_is_none(void)
{
	check_host("https://Hooks.example.com/a?b#c", "hooks.example.com");
	check_host("https://hooks.example.com:443", "hooks.example.com");
	check_host("https://hooks.example.com:8443/a", "hooks.example.com:8443");
	check_host("https://[::1]:8443/a", "[::1]:8443");
	check_host("http://hooks.example.com/", NULL);
	check_host("https://", NULL);
	check_host("https:///a", NULL);
	check_host("https://me@hooks.example.com/", NULL);
	check_host("https://hooks.example.com@evil.example/", NULL);
	check_host("https://hooks.example.com\\@evil.example/", NULL);
	check_host("https://hooks.example.com:0/", NULL);
	check_host("https://hooks.example.com:65536/", NULL);
	check_host("https://hooks.example.com:/", NULL);
	check_host("https://hooks.example.com:8443x/", NULL);
	check_host("https://[::1/a]", NULL);
	check_host("https://h\xc3\xb6oks.example.com/", NULL);
}

static void only_named_hosts_are_allowed(void)
{
	static const char HOSTS[] = "HOOKS.example.com,10.0.0.7:8443";

	CHECK(address_is_at("https://hooks.example.com/x", HOSTS));
	CHECK(address_is_at("https://10.0.0.7:8443/x", HOSTS));
	CHECK(!address_is_at("https://10.0.0.7/x", HOSTS));
	CHECK(!address_is_at("https://a.hooks.example.com/x", HOSTS));
	CHECK(!address_is_at("https://hooks.example.com.evil.example/", HOSTS));
	CHECK(!address_is_at("https://hooks.example.com:8443/", HOSTS));
	CHECK(!address_is_at("https://hooks.example.com/", ""));
	CHECK(address_is_host("hooks.example.com:8443"));
	CHECK(!address_is_host("https://hooks.example.com"));
	CHECK(!address_is_host("hooks.example.com/a"));
	CHECK(!address_is_host("*.example.com"));
}

static void a_time_is_shown_to_the_millisecond(void)
{
	char text[CLOCK_RFC3339_ROOM];

	clock_rfc3339(text, 1774519200123456);
	CHECK_TEXT(text, "2026-03-26T10:00:00.123Z");
	clock_rfc3339(text, -1);
	CHECK_TEXT(text, "1969-12-31T23:59:59.999Z");
}

int main(void)
{
	an_address_leads_to_one_host_or_is_none();
	only_named_hosts_are_allowed();
	a_time_is_shown_to_the_millisecond();
	text_grows_over_its_first_room();
	an_arena_keeps_copies();
	json_is_written_with_its_commas_and_escapes();
	the_nearest_word_is_found_and_no_far_one();
	a_failure_says_why_and_is_cut();
	a_failure_cut_in_a_character_is_still_utf8();
	debug_is_off_until_it_is_asked_for();
	return 0;
}

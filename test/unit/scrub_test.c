#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "scrub.h"

static const char TS[] = "1774519260.000100";

static void scrubbed(const char *json, const struct scrub *what, const char *expected)
{
	struct arena *a = arena_new();
	const char *left = scrub_json(a, json, what);

	CHECK_TEXT(left != NULL ? left : "as it was", expected);
	if (left != NULL)
		CHECK(scrub_json(a, left, what) == NULL);
	arena_free(a);
}

static void a_message_says_no_more_what_it_said(void)
{
	const struct scrub what = { .channel = "C1", .ts = TS };

	scrubbed(
		"{\"event\":{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\",\"text\":\"x\","
		"\"blocks\":[{}],\"new_member\":1,\"ts\":\"1774519260.000100\"}}",
		&what,
		"{\"event\":{\"type\":\"message\",\"channel\":\"C1\",\"user\":\"U1\","
		"\"ts\":\"1774519260.000100\",\"text\":\"\"}}");
	scrubbed("{\"event\":{\"channel\":\"C2\",\"text\":\"x\",\"ts\":\"1774519260.000100\"}}",
		&what, "as it was");
	scrubbed("{\"event\":{\"channel\":\"C1\",\"text\":\"x\",\"ts\":\"1774519260.000200\"}}",
		&what, "as it was");
	scrubbed("no json", &what, "");
}

static void what_stands_within_an_event_is_found(void)
{
	const struct scrub what = { .channel = "C1", .ts = TS };

	scrubbed(
		"{\"channel\":\"C1\",\"message\":{\"text\":\"a\"},"
		"\"previous_message\":{\"text\":\"b\",\"ts\":\"1774519260.000100\"},\"ts\":\"2.000000\"}",
		&what,
		"{\"channel\":\"C1\",\"message\":{\"text\":\"\"},"
		"\"previous_message\":{\"ts\":\"1774519260.000100\",\"text\":\"\"},\"ts\":\"2.000000\"}");
	scrubbed(
		"{\"channel\":\"C1\",\"deleted_ts\":\"1774519260.000100\",\"previous_message\":{\"text\":\"b\"}}",
		&what,
		"{\"channel\":\"C1\",\"deleted_ts\":\"1774519260.000100\",\"previous_message\":{\"text\":\"\"}}");
	scrubbed(
		"{\"text\":\"look\",\"ts\":\"3.000000\",\"channel\":\"C1\",\"root\":{\"text\":\"a\","
		"\"ts\":\"1774519260.000100\"},\"attachments\":[{\"ts\":\"1774519260.000100\",\"channel_id\":\"C1\","
		"\"fallback\":\"a\"}]}",
		&what,
		"{\"text\":\"look\",\"ts\":\"3.000000\",\"channel\":\"C1\",\"root\":{\"ts\":\"1774519260.000100\","
		"\"text\":\"\"},\"attachments\":[{\"ts\":\"1774519260.000100\",\"channel_id\":\"C1\"}]}");
	scrubbed(
		"{\"channel_id\":\"C1\",\"item\":{\"message\":{\"ts\":1774519260.0001,\"text\":\"a\"}}}",
		&what,
		"{\"channel_id\":\"C1\",\"item\":{\"message\":{\"ts\":1774519260.0001,\"text\":\"\"}}}");
}

static void files_lose_their_names_and_keep_their_ids(void)
{
	const char *const files[] = { "F1", NULL };
	const struct scrub what = { .ts = TS, .files = files };

	scrubbed("{\"ts\":\"1774519260.000100\",\"files\":[{\"id\":\"F1\",\"name\":\"a\"}]}", &what,
		"{\"ts\":\"1774519260.000100\",\"files\":[{\"id\":\"F1\"}]}");
	scrubbed(
		"{\"ts\":\"9.000000\",\"files\":[{\"id\":\"F1\",\"name\":\"a\"},{\"id\":\"F2\",\"name\":\"b\"}]}",
		&what,
		"{\"ts\":\"9.000000\",\"files\":[{\"id\":\"F1\"},{\"id\":\"F2\",\"name\":\"b\"}]}");
}

static void texts_are_blotted_out_but_for_short_ones(void)
{
	const char *const texts[] = { "say \"please\"", "short", NULL };
	const struct scrub what = { .texts = texts };
	struct arena *a = arena_new();

	scrubbed("{\"text\":\"note say \\\"please\\\" in short\"}", &what,
		"{\"text\":\"note [redacted] in short\"}");
	CHECK_TEXT(scrub_text(a, "1: say \"please\", say \"please\"", texts),
		"1: [redacted], [redacted]");
	CHECK(scrub_text(a, "nothing of it", texts) == NULL);
	CHECK_TEXT(scrub_needle(a, "a \"longer part\" of it"), "longer part");
	CHECK_TEXT(scrub_needle(a, "a<b>c"), "");
	arena_free(a);
}

static void what_was_typed_goes_and_the_verb_stays(void)
{
	const struct scrub what = { .typed = true };

	scrubbed("{\"payload\":{\"text\":\"note it all\"}}", &what,
		"{\"payload\":{\"text\":\"note [redacted]\"}}");
	scrubbed("{\"payload\":{\"text\":\"note\u00a0it\u00a0all\"}}", &what,
		"{\"payload\":{\"text\":\"note [redacted]\"}}");
	scrubbed(
		"{\"payload\":{\"view\":{\"state\":{\"values\":{\"b\":{\"a\":{\"value\":\"x\"}}}}}}}",
		&what,
		"{\"payload\":{\"view\":{\"state\":{\"values\":{\"b\":{\"a\":{\"value\":\"[redacted]\"}}}}}}}");
}

int main(void)
{
	a_message_says_no_more_what_it_said();
	what_stands_within_an_event_is_found();
	files_lose_their_names_and_keep_their_ids();
	texts_are_blotted_out_but_for_short_ones();
	what_was_typed_goes_and_the_verb_stays();
	return 0;
}

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

static void several_messages_go_each_where_it_was_said(void)
{
	const char *const times[] = { "1.000000", "2.000000", NULL };
	const char *const channels[] = { "C1", "C2", NULL };
	const struct scrub what = { .times = times, .channels = channels };

	scrubbed("[{\"channel\":\"C1\",\"ts\":\"1.000000\",\"text\":\"a\"},"
		 "{\"channel\":\"C2\",\"ts\":\"1.000000\",\"text\":\"b\"},"
		 "{\"channel\":\"C2\",\"ts\":\"2.000000\",\"text\":\"c\"}]",
		&what,
		"[{\"channel\":\"C1\",\"ts\":\"1.000000\",\"text\":\"\"},"
		"{\"channel\":\"C2\",\"ts\":\"1.000000\",\"text\":\"b\"},"
		"{\"channel\":\"C2\",\"ts\":\"2.000000\",\"text\":\"\"}]");
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

static void blotted(const char *text, const char *out, const char *expected)
{
	const char *const texts[] = { out, NULL };
	struct arena *a = arena_new();
	const char *left = scrub_text(a, text, texts);

	CHECK_TEXT(left != NULL ? left : "as it was", expected);
	arena_free(a);
}

static void texts_are_blotted_out_as_whole_words(void)
{
	blotted("1: say \"please\", say \"please\"", "say \"please\"", "1: [redacted], [redacted]");
	blotted("a DB, the DBA, myDB; DB", "DB", "a [redacted], the DBA, myDB; [redacted]");
	blotted("DBA", "DB", "as it was");
	blotted("*title* (DB)", "DB", "*title* ([redacted])");
	blotted("nothing of it", "x", "as it was");
	blotted("anything", "", "as it was");
}

static void the_beginning_of_a_long_text_is_enough(void)
{
	static const char TEN[] = "0123456789";
	struct arena *a = arena_new();
	const char *all = "", *cut;

	for (int i = 0; i < 20; i++)
		all = arena_printf(a, "%s%s", all, TEN);
	cut = arena_printf(a, "- %.120s... and - %.150s\u2026 and %.99s", all, all, all);
	blotted(cut, all, arena_printf(a, "- [redacted] and - [redacted] and %.99s", all));
	CHECK(strlen(scrub_needle(a, all)) == 100);
	arena_free(a);
}

static void names_of_channels_are_words_with_dashes(void)
{
	const char *const names[] = { "inc-1-lift", NULL };
	struct arena *a = arena_new();

	CHECK_TEXT(scrub_names(a, "#inc-1-lift, inc-1-lift-2", names, "inc-1"), "#inc-1, inc-1");
	CHECK(scrub_names(a, "inc-1-lift-is-stuck inc-1-lifts my-inc-1-lift", names, "inc-1") ==
		NULL);
	arena_free(a);
}

static void a_needle_stands_in_json_as_it_is(void)
{
	struct arena *a = arena_new();

	CHECK_TEXT(scrub_needle(a, "a \"longer part\" of it"), "longer part");
	CHECK_TEXT(scrub_needle(a, "a<b>c"), "a");
	CHECK_TEXT(scrub_escaped(a, "caf\u00e9 \U0001f600"), "caf\\u00e9 \\ud83d\\ude00");
	arena_free(a);
}

static void what_others_said_keeps_its_words(void)
{
	const char *const texts[] = { "DB", NULL }, *const authors[] = { "U1", NULL };
	const struct scrub what = { .texts = texts, .authors = authors };

	scrubbed("{\"topic\":\"DB\",\"m\":{\"ts\":\"1.000000\",\"text\":\"DB\"}}", &what,
		"{\"topic\":\"[redacted]\",\"m\":{\"ts\":\"1.000000\",\"text\":\"DB\"}}");
	scrubbed("{\"payload\":{\"command\":\"/inc\",\"user_id\":\"U1\",\"text\":\"note DB\"}}",
		&what, "as it was");
	scrubbed("{\"payload\":{\"command\":\"/inc\",\"user_id\":\"U2\",\"text\":\"DB\"}}", &what,
		"as it was");
	scrubbed("{\"payload\":{\"command\":\"/inc\",\"user_id\":\"U1\",\"text\":\"DB\"}}", &what,
		"{\"payload\":{\"command\":\"/inc\",\"user_id\":\"U1\",\"text\":\"[redacted]\"}}");
}

static void what_we_said_goes_also_where_it_is_shown(void)
{
	const struct scrub what = { .user = "U0" };

	scrubbed(
		"{\"ts\":\"2.000000\",\"text\":\"look\",\"attachments\":[{\"ts\":\"1.000000\",\"author_id\":\"U0\","
		"\"text\":\"noted: a\"}]}",
		&what,
		"{\"ts\":\"2.000000\",\"text\":\"look\",\"attachments\":[{\"ts\":\"1.000000\",\"text\":\"\"}]}");
}

static void channels_lose_what_they_were_called(void)
{
	const struct scrub what = { .unnamed = true };

	scrubbed(
		"{\"channel\":{\"id\":\"C1\",\"name\":\"a\",\"previous_names\":[\"b\"],\"topic\":{\"value\":\"c\"}}}",
		&(struct scrub){ 0 }, "{\"channel\":{\"id\":\"C1\",\"name\":\"a\"}}");
	scrubbed("{\"payload\":{\"channel_id\":\"C1\",\"channel_name\":\"a\"}}", &what,
		"{\"payload\":{\"channel_id\":\"C1\"}}");
	scrubbed("{\"payload\":{\"channel\":{\"id\":\"C1\",\"name\":\"a\"}}}", &what,
		"{\"payload\":{\"channel\":{\"id\":\"C1\"}}}");
}

static void what_a_form_showed_goes_where_nobody_changed_it(void)
{
	const struct scrub what = { .unshown = true };

	scrubbed(
		"{\"payload\":{\"type\":\"view_submission\",\"view\":{\"private_metadata\":\"7 C1 a=1 b=2\",\"blocks\":["
		"{\"block_id\":\"o\",\"text\":{\"text\":\"another's title\"}},"
		"{\"block_id\":\"a\",\"element\":{\"initial_value\":\"as it was\"}},"
		"{\"block_id\":\"b\",\"element\":{\"initial_value\":\"was\"}},"
		"{\"block_id\":\"c\",\"element\":{\"initial_value\":\"else\"}}],\"state\":{\"values\":{"
		"\"a\":{\"a\":{\"value\":\"as it  was\\n\"}},\"b\":{\"b\":{\"value\":\"is\"}},"
		"\"c\":{\"c\":{\"value\":\"else\"}}}}}}}",
		&what,
		"{\"payload\":{\"type\":\"view_submission\",\"view\":{\"private_metadata\":\"7 C1 a=1 b=2\",\"blocks\":["
		"{\"block_id\":\"a\",\"element\":{}},{\"block_id\":\"b\",\"element\":{}},"
		"{\"block_id\":\"c\",\"element\":{\"initial_value\":\"else\"}}],\"state\":{\"values\":{"
		"\"a\":{},\"b\":{\"b\":{\"value\":\"is\"}},"
		"\"c\":{\"c\":{\"value\":\"else\"}}}}}}}");
}

static void what_we_show_is_not_kept_with_a_press_or_at_home(void)
{
	const struct scrub what = { .unshown = true };

	scrubbed(
		"{\"payload\":{\"type\":\"block_actions\",\"view\":{\"id\":\"V1\",\"blocks\":[{\"text\":\"a\"}],"
		"\"state\":{\"values\":{\"b\":{}}}}}}",
		&what, "{\"payload\":{\"type\":\"block_actions\",\"view\":{\"id\":\"V1\"}}}");
	scrubbed(
		"{\"payload\":{\"event\":{\"type\":\"app_home_opened\",\"view\":{\"private_metadata\":\"m\","
		"\"blocks\":[]}}}}",
		&what,
		"{\"payload\":{\"event\":{\"type\":\"app_home_opened\",\"view\":{\"private_metadata\":\"m\"}}}}");
}

static void the_number_of_the_incident_stays_in_a_command(void)
{
	const struct scrub what = { .typed = true, .number = "7" };

	scrubbed("{\"payload\":{\"text\":\"title 7 it all\"}}", &what,
		"{\"payload\":{\"text\":\"title 7 [redacted]\"}}");
	scrubbed("{\"payload\":{\"text\":\"#7 title it all\"}}", &what,
		"{\"payload\":{\"text\":\"#7 title [redacted]\"}}");
	scrubbed("{\"payload\":{\"text\":\"title 75 percent\"}}", &what,
		"{\"payload\":{\"text\":\"title [redacted]\"}}");
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

static void of_a_mention_the_verb_stays(void)
{
	static const char *const times[] = { "1.2", NULL };
	const struct scrub what = { .typed = true, .number = "7", .times = times };
	const struct scrub told = { .times = times };

	scrubbed(
		"{\"payload\":{\"event\":{\"type\":\"app_mention\",\"ts\":\"1.2\",\"text\":\"<@U1>: note 7 it all\",\"blocks\":[{\"text\":\"it all\"}]}}}",
		&what,
		"{\"payload\":{\"event\":{\"type\":\"app_mention\",\"ts\":\"1.2\",\"text\":\"<@U1>: note 7 [redacted]\"}}}");
	scrubbed(
		"{\"payload\":{\"event\":{\"type\":\"app_mention\",\"ts\":\"1.3\",\"text\":\"<@U1> declare it all\"}}}",
		&what,
		"{\"payload\":{\"event\":{\"type\":\"app_mention\",\"ts\":\"1.3\",\"text\":\"<@U1> declare [redacted]\"}}}");
	scrubbed(
		"{\"payload\":{\"event\":{\"type\":\"message\",\"ts\":\"1.2\",\"text\":\"<@U1> note 7 it all\"}}}",
		&told,
		"{\"payload\":{\"event\":{\"type\":\"message\",\"ts\":\"1.2\",\"text\":\"\"}}}");
}

int main(void)
{
	a_message_says_no_more_what_it_said();
	what_stands_within_an_event_is_found();
	several_messages_go_each_where_it_was_said();
	files_lose_their_names_and_keep_their_ids();
	texts_are_blotted_out_as_whole_words();
	the_beginning_of_a_long_text_is_enough();
	names_of_channels_are_words_with_dashes();
	a_needle_stands_in_json_as_it_is();
	what_others_said_keeps_its_words();
	what_we_said_goes_also_where_it_is_shown();
	channels_lose_what_they_were_called();
	what_was_typed_goes_and_the_verb_stays();
	what_a_form_showed_goes_where_nobody_changed_it();
	what_we_show_is_not_kept_with_a_press_or_at_home();
	the_number_of_the_incident_stays_in_a_command();
	of_a_mention_the_verb_stays();
	return 0;
}

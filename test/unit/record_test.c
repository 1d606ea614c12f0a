/* The rules of the record: what a message is, whatever is heard of it in whatever order. */
#include "check.h"
#include "marks.h"
#include "said.h"
#include "small_print.h"

enum { SECOND = 1000000 };

static void a_ts_is_a_moment(void)
{
	CHECK(slack_moment("1774519260.000100") == 1774519260000100);
	CHECK(slack_moment("1774519260.5") == 1774519260500000);
	CHECK(slack_moment("1774519260") == 1774519260000000);
	CHECK(slack_moment(NULL) == 0);
	CHECK(slack_moment("") == 0);
	CHECK(slack_moment("soon") == 0);
	CHECK(slack_moment("1774519260.") == 0);
	CHECK(slack_moment("1774519260.0000001") == 0);
	CHECK(slack_moment("1774519260.1x") == 0);
	CHECK(slack_moment("999999999999999999999") == 0);
}

static void an_edit_within_the_first_second_is_not_older_than_its_message(void)
{
	CHECK(sight_edition("100.500000", "100.000000") == 100500000);
	CHECK(sight_edition("100.500000", "101.000000") == 101000000);
	CHECK(sight_edition("100.500000", NULL) == 100500000);
}

static void an_emoji_has_one_name(void)
{
	struct arena *a = arena_new();

	CHECK_TEXT(mark_name(a, "thumbsup::skin-tone-3"), "+1");
	CHECK_TEXT(mark_name(a, "+1"), "+1");
	CHECK_TEXT(mark_name(a, ":pushpin:"), "pushpin");
	CHECK_TEXT(mark_name(a, "round_pushpin"), "round_pushpin");
	CHECK_TEXT(mark_name(a, ""), "");
	arena_free(a);
}

static void small_print_has_one_word_and_the_unknown_is_a_message(void)
{
	CHECK_TEXT(entry_kind("channel_join"), "joined");
	CHECK_TEXT(entry_kind("group_join"), "joined");
	CHECK_TEXT(entry_kind("channel_convert_to_private"), "converted");
	CHECK_TEXT(entry_kind("huddle_thread"), "message");
	CHECK_TEXT(entry_kind(NULL), "message");
}

static void neighbours_that_are_alike_are_one(void)
{
	struct sight sights[] = {
		{ 3 * SECOND, 3 * SECOND, false, "b", NULL },
		{ 1 * SECOND, 1 * SECOND, false, "a", NULL },
		{ 1 * SECOND, 2 * SECOND, false, "a", NULL }, /* a reply was counted */
		{ 3 * SECOND, 3 * SECOND, true, "a", NULL },
	};
	struct revision texts[4];

	CHECK(sights_collapse(sights, 4, SECOND, texts) == 1);
	CHECK_TEXT(texts[0].text, "a");
	CHECK(texts[0].at == SECOND);
}

static void other_blocks_are_another_text(void)
{
	struct sight sights[] = {
		{ 1 * SECOND, 1 * SECOND, false, "", "[1]" },
		{ 1 * SECOND, 2 * SECOND, false, "", "[2]" },
	};
	struct revision texts[2];

	CHECK(sights_collapse(sights, 2, SECOND, texts) == 1);
	CHECK_TEXT(texts[0].rich, "[1]");
}

static void what_was_before_need_not_say_that_it_was_edited(void)
{
	struct sight sights[] = {
		{ 1 * SECOND, 1 * SECOND, false, "a", NULL },
		{ 2 * SECOND, 2 * SECOND, false, "b", NULL },
		{ 1 * SECOND, 3 * SECOND, true, "b", NULL }, /* it was deleted */
	};
	struct revision texts[3];

	CHECK(sights_collapse(sights, 3, SECOND, texts) == 1);
	CHECK_TEXT(texts[0].text, "a");
}

static void a_text_that_comes_back_is_a_revision_again(void)
{
	struct sight sights[] = {
		{ 1 * SECOND, 1 * SECOND, false, "a", NULL },
		{ 2 * SECOND, 2 * SECOND, false, "b", NULL },
		{ 3 * SECOND, 3 * SECOND, false, "a", NULL },
	};
	struct revision texts[3];

	CHECK(sights_collapse(sights, 3, SECOND, texts) == 2);
	CHECK_TEXT(texts[1].text, "b");
	CHECK(texts[1].at == 2 * SECOND);
}

static void the_same_sight_again_is_nothing_new(void)
{
	struct said known = { .kind = "message", .sight = { 1, 1, false, "a", "[]" } };
	const struct said told = known;
	struct sight older;

	CHECK(!said_learn(&known, &told, &older));
	CHECK(older.text == NULL);
}

static void what_was_taken_away_does_not_come_back(void)
{
	struct said known = {
		.kind = "message", .sight = { 1, 1, false, "", NULL }, .closed = true
	};
	const struct said told = { .kind = "message", .sight = { 2, 2, false, "late", NULL } };
	struct sight older;

	CHECK(!said_learn(&known, &told, &older));
	CHECK_TEXT(known.sight.text, "");
	CHECK(older.text == NULL);
}

/* Everything that can be heard of one message. */
static const struct said TOLD[] = {
	{ .kind = "message", .author = { "U1", NULL }, .sight = { 10, 10, false, "a", NULL } },
	{ .kind = "message", .sight = { 10, 12, false, "a", "{unfurled}" } },
	{ .kind = "message", .edited_at = 20, .sight = { 20, 20, false, "b", NULL } },
	{ .kind = "message", .sight = { 10, 20, true, "a", NULL } },
	{ .kind = "message", .edited_at = 20, .sight = { 20, 21, false, "aa", NULL } },
	{ .kind = "message", .edited_at = 20, .sight = { 20, 21, true, "b", NULL } },
	{ .kind = "message", .subtype = "me_message", .broadcast = true },
	{ .kind = "message", .thread = "9.0" },
	{ .kind = "message", .pinned_at = 30, .pinned = true },
	{ .kind = "message", .pinned_at = 31 },
	{ .kind = "message", .pinned_at = 32, .pinned = true },
	{ .kind = "message", .deleted_at = 41, .deleted_how = "recovered" },
	{ .kind = "message", .deleted_at = 39, .deleted_how = "recovered" },
	{ .kind = "message", .deleted_at = 40, .deleted_how = "live" },
};
enum { TOLD_COUNT = sizeof(TOLD) / sizeof(TOLD[0]) };

static unsigned next(unsigned *seed)
{
	*seed = *seed * 1103515245u + 12345u;
	return *seed >> 16;
}

static void shuffle(int *places, int count, unsigned *seed)
{
	for (int i = count - 1; i > 0; i--) {
		int j = (int)(next(seed) % (unsigned)(i + 1)), kept = places[i];

		places[i] = places[j];
		places[j] = kept;
	}
}

static void check_end(const struct said *m, struct sight *sights, int count)
{
	struct revision texts[2 * TOLD_COUNT + 1];

	CHECK_TEXT(m->sight.text, "aa");
	CHECK_TEXT(m->author.id, "U1");
	CHECK_TEXT(m->subtype, "me_message");
	CHECK_TEXT(m->thread, "9.0");
	CHECK_TEXT(m->deleted_how, "live");
	CHECK(m->edited_at == 20 && m->deleted_at == 40 && m->pinned && m->broadcast);
	sights[count] = m->sight;
	CHECK(sights_collapse(sights, count + 1, 10, texts) == 4);
	CHECK_TEXT(texts[0].text, "a");
	CHECK_TEXT(texts[1].rich, "{unfurled}");
	CHECK_TEXT(texts[2].text, "a");
	CHECK_TEXT(texts[3].text, "b");
	CHECK(texts[0].at == 10 && texts[3].at == 20);
}

static void the_order_in_which_it_is_heard_does_not_matter(void)
{
	for (unsigned seed = 1; seed <= 2000; seed++) {
		struct said m = { .kind = "message" };
		struct sight sights[2 * TOLD_COUNT + 1], older;
		int places[2 * TOLD_COUNT], count = 0;
		unsigned dice = seed;

		for (int i = 0; i < 2 * TOLD_COUNT; i++)
			places[i] = i % TOLD_COUNT; /* each of them twice */
		shuffle(places, 2 * TOLD_COUNT, &dice);
		for (int i = 0; i < 2 * TOLD_COUNT; i++) {
			(void)said_learn(&m, &TOLD[places[i]], &older);
			if (older.text != NULL)
				sights[count++] = older;
		}
		check_end(&m, sights, count);
	}
}

int main(void)
{
	a_ts_is_a_moment();
	an_edit_within_the_first_second_is_not_older_than_its_message();
	an_emoji_has_one_name();
	small_print_has_one_word_and_the_unknown_is_a_message();
	neighbours_that_are_alike_are_one();
	other_blocks_are_another_text();
	what_was_before_need_not_say_that_it_was_edited();
	a_text_that_comes_back_is_a_revision_again();
	the_same_sight_again_is_nothing_new();
	what_was_taken_away_does_not_come_back();
	the_order_in_which_it_is_heard_does_not_matter();
	return 0;
}

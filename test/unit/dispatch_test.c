#include <ctype.h>
#include <strings.h>

#include "call_form.h"
#include "call_reminder.h"
#include "call_webhook.h"
#include "check.h"
#include "dispatch.h"

static bool says(const char *text)
{
	return text != NULL && *text != '\0';
}

static void every_verb_says_how_it_is_used(void)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &VERBS[i];
		size_t len = strlen(v->name);

		CHECK(says(v->name) && says(v->usage) && says(v->help));
		CHECK(strncmp(v->usage, v->name, len) == 0);
		CHECK(v->usage[len] == '\0' || v->usage[len] == ' ');
		CHECK(v->act != NULL || strcmp(v->name, "help") == 0);
	}
}

/* Calls found with each word of the aliases. */
static void with_each_alias(const struct verb *v, void (*found)(const struct verb *, const char *))
{
	char words[128], *rest = words;

	CHECK((size_t)snprintf(words, sizeof(words), "%s", v->aliases != NULL ? v->aliases : "") <
		sizeof(words));
	for (char *word = strtok_r(words, " ", &rest); word != NULL;
		word = strtok_r(NULL, " ", &rest))
		found(v, word);
}

static void finds(const struct verb *v, const char *word)
{
	char loud[64];
	size_t len = strlen(word);

	CHECK(len < sizeof(loud));
	for (size_t i = 0; i <= len; i++)
		loud[i] = (char)toupper((unsigned char)word[i]);
	CHECK(verb_find(word) == v);
	CHECK(verb_find(loud) == v);
}

/* verb_find gives the first that fits: that each word gives its own verb makes them unique. */
static void a_verb_is_found_by_name_alias_and_in_capitals(void)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		finds(&VERBS[i], VERBS[i].name);
		with_each_alias(&VERBS[i], finds);
	}
	CHECK(verb_find("declar") == NULL);
	CHECK(verb_find("new open") == NULL);
	CHECK(verb_find("") == NULL);
}

static const char *nearest(const char *word)
{
	const struct verb *v = verb_nearest(word);

	return v != NULL ? v->name : "none";
}

static void a_slip_of_the_finger_finds_what_was_meant(void)
{
	CHECK_TEXT(nearest("resovle"), "resolve");
	CHECK_TEXT(nearest("delcare"), "declare");
	CHECK_TEXT(nearest("sevrity"), "severity");
	CHECK_TEXT(nearest("statu"), "status");
	CHECK_TEXT(nearest("clsoe"), "resolve");
	CHECK_TEXT(nearest("fixd"), "resolve");
	CHECK_TEXT(nearest("creat"), "declare");
	CHECK_TEXT(nearest("timelin"), "note");
	CHECK_TEXT(nearest("duplicates"), "duplicate-of");
	CHECK_TEXT(nearest("news"), "none");
	CHECK_TEXT(nearest("payments"), "none");
	CHECK_TEXT(nearest("db"), "none");
	CHECK_TEXT(nearest(""), "none");
	CHECK_TEXT(nearest("a-word-that-is-longer-than-any-verb-can-be"), "none");
}

static const struct incident I = { .id = 7,
	.version = 2,
	.title = "pumps",
	.status = { "open", "open", STATUS_OPEN, NULL },
	.severity_label = "P1",
	.channel = "C1",
	.card_ts = "2.2" };

/* One call of each kind; a new kind is to be added here. */
static int every_call(struct arena *a, struct call *calls[])
{
	const struct shown s = { .incident = &I, .slash = "/incident" };
	struct call *const all[] = {
		call_post(a, "C1", NULL, "x"), call_update(a, "C1", "1.1", "x", 1),
		call_whisper(a, "C1", NULL, "U1", "x"), call_react(a, "C1", "1.1", "eyes"),
		call_headline(a, &s, "C0"), call_headline_update(a, &s, "C0", "1.1"),
		call_card(a, &s), call_card_update(a, &s), call_create_channel(a, &I, "inc-7"),
		call_rename_channel(a, &I, "inc-7"), call_group_members(a, &I, "S1"),
		call_who_leads(a, &I, "U1"), call_find_channel(a, &I, "inc-7", NULL),
		call_join(a, "C1"), call_topic(a, &I), call_purpose(a, &I, "<@U1>", "/incident"),
		call_invite(a, &I, "U1"), call_bring_in(a, &I, "U1"), call_come_back(a, &I),
		call_look_at_channel(a, &I), call_unarchive(a, &I),
		call_place(a, "C1", "is_archived"), call_channel_to_take(a, "C1"),
		call_form(a, "1.2.a", &(struct form){ 0 }), call_pin(a, &I, "2.2"),
		call_who_is(a, "U1"), call_who_asks(a, "U1", "k"), call_groups(a), call_emoji(a),
		call_which_channel(a, "C2"), call_which_file(a, "F1"), call_who_am_i(a, "d"),
		call_history(a, "C1", NULL, NULL, NULL, 0, NULL),
		call_replies(a, "C1", "1.1", NULL, NULL, 0, NULL),
		call_reminder(a, &(struct reminder_post){ .channel = "C1", .text = "x" }),
		call_reminder(
			a, &(struct reminder_post){ .channel = "C1", .ts = "1.1", .text = "x" }),
		call_webhook(a,
			&(struct webhook){
				.incident = &I, .url = "https://h/", .host = "h", .kind = "lead" }),
		call_page(a, &(struct webhook){ .incident = &I, .url = "https://h/", .host = "h" })
	};

	memcpy(calls, all, sizeof(all));
	return (int)(sizeof(all) / sizeof(all[0]));
}

static const struct route *route_of(const char *purpose)
{
	for (size_t i = 0; i < ROUTE_COUNT; i++)
		if (ROUTES[i].kind == EVENT_ANSWER &&
			(ROUTES[i].purpose == NULL || strcmp(ROUTES[i].purpose, purpose) == 0))
			return &ROUTES[i];
	return NULL;
}

static void every_answer_has_somebody_who_reads_it(struct arena *a)
{
	struct call *calls[40];
	int count = every_call(a, calls);

	for (int i = 0; i < count; i++) {
		const struct route *r = route_of(calls[i]->purpose);

		CHECK(r != NULL);
		CHECK(r->purpose != NULL || r->answer == handle_step_done);
	}
}

static void every_route_of_an_answer_has_a_call(struct arena *a)
{
	struct call *calls[40];
	int count = every_call(a, calls);

	for (size_t n = 0; n < ROUTE_COUNT; n++) {
		bool used = ROUTES[n].purpose == NULL;

		for (int i = 0; i < count; i++)
			used = used || strcmp(calls[i]->purpose, ROUTES[n].purpose) == 0;
		CHECK(used);
		CHECK(ROUTES[n].answer != NULL);
	}
}

int main(void)
{
	struct arena *a = arena_new();

	every_verb_says_how_it_is_used();
	a_verb_is_found_by_name_alias_and_in_capitals();
	a_slip_of_the_finger_finds_what_was_meant();
	every_answer_has_somebody_who_reads_it(a);
	every_route_of_an_answer_has_a_call(a);
	arena_free(a);
	return 0;
}

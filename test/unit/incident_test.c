#include "check.h"
#include "incident.h"
#include "may.h"

static const char *const NONE[] = { NULL };
static const char *const P1_ALIASES[] = { "sev1", "Total outage", NULL };
static const struct level LEVELS[] = {
	{ .id = "p1", .label = "P1 Critical", .aliases = P1_ALIASES },
	{ .id = "p2", .label = "P2 Major", .aliases = NONE, .is_default = true },
};
static const struct levels BOTH = { .list = LEVELS, .count = 2 };

static void a_level_is_found_by_id_label_or_alias(void)
{
	CHECK(levels_find(&BOTH, "P1") == &LEVELS[0]);
	CHECK(levels_find(&BOTH, "p1 critical") == &LEVELS[0]);
	CHECK(levels_find(&BOTH, "TOTAL OUTAGE") == &LEVELS[0]);
	CHECK(levels_find(&BOTH, "p2") == &LEVELS[1]);
}

static void a_part_of_a_word_finds_no_level(void)
{
	CHECK(levels_find(&BOTH, "p") == NULL);
	CHECK(levels_find(&BOTH, "sev11") == NULL);
	CHECK(levels_find(&BOTH, "") == NULL);
}

static void the_default_level_is_the_marked_one(void)
{
	const struct levels none = { .list = LEVELS, .count = 1 };

	CHECK(levels_default(&BOTH) == &LEVELS[1]);
	CHECK(levels_default(&none) == NULL);
}

static const struct status *shipped(const char *word)
{
	return statuses_find(&STATUSES_SHIPPED, word);
}

static void a_status_is_found_by_all_its_names(void)
{
	static const char *const ALIASES[] = { "with them", NULL };
	static const struct status LIST[] = {
		{ "waiting", "Waiting for the supplier", STATUS_OPEN, ALIASES },
		{ "open", "open", STATUS_OPEN, NULL },
	};
	static const struct statuses TWO = { LIST, 2 };

	CHECK(statuses_find(&TWO, "WAITING") == &LIST[0]);
	CHECK(statuses_find(&TWO, "waiting for the Supplier") == &LIST[0]);
	CHECK(statuses_find(&TWO, "With Them") == &LIST[0]);
	CHECK(statuses_find(&TWO, "wait") == NULL && statuses_find(&TWO, "") == NULL);
	CHECK(statuses_first(&TWO, STATUS_OPEN) == &LIST[0]);
	CHECK(statuses_first(&TWO, STATUS_RESOLVED) == NULL);
}

static void an_open_incident_moves_anywhere_but_to_itself(void)
{
	for (int from = 0; STATUSES_SHIPPED.list[from].kind == STATUS_OPEN; from++) {
		for (int to = 0; to < STATUSES_SHIPPED.count; to++) {
			struct incident i = { .id = 7, .status = STATUSES_SHIPPED.list[from] };
			struct fail why = { 0 };

			CHECK(incident_move(&i, &STATUSES_SHIPPED.list[to], &why) == (from != to));
			CHECK_TEXT(i.status.id, STATUSES_SHIPPED.list[to].id);
			CHECK(why.kind == (from == to ? FAIL_REFUSED : FAIL_NONE));
		}
	}
}

static void the_same_status_again_is_refused(void)
{
	struct incident i = { .id = 7, .status = *shipped("investigating") };
	struct fail why = { 0 };

	CHECK(!incident_move(&i, shipped("investigating"), &why));
	CHECK_TEXT(why.text, "incident 7 is investigating already");
	i.status = *shipped("resolved");
	CHECK(!incident_move(&i, shipped("resolved"), &why));
	CHECK_TEXT(why.text, "incident 7 is resolved already");
}

/* To another word for the same it may be moved, and it may be opened again. */
static void what_is_resolved_is_not_cancelled(void)
{
	static const struct status FOR_NOW = { "for-now", "fixed for now", STATUS_RESOLVED, NULL };
	struct incident i = { .id = 7, .status = *shipped("resolved") };
	struct fail why = { 0 };

	CHECK(!incident_move(&i, shipped("cancelled"), &why));
	CHECK_TEXT(why.text, "incident 7 is resolved: reopen it first");
	CHECK(i.status.kind == STATUS_RESOLVED);
	CHECK(incident_move(&i, &FOR_NOW, &why));
	CHECK_TEXT(i.status.label, "fixed for now");
	CHECK(incident_move(&i, shipped("monitoring"), &why) && !incident_is_over(&i));
}

static void a_channel_name_is_a_slug(void)
{
	static const struct {
		const char *title;
		int tries;
		const char *want;
	} CASES[] = {
		{ "Payments are failing", 1, "inc-12-payments-are-failing" },
		{ "Payments are failing", 2, "inc-12-payments-are-failing-2" },
		{ "Crème brûlée à Łódź ÅÄÖ", 1, "inc-12-creme-brulee-a-lodz-aao" },
		{ "cafe\xcc\x81 closed", 1, "inc-12-cafe-closed" },
		{ "  --a & b__c!! ", 1, "inc-12-a-b-c" },
		{ "db \xf0\x9f\x94\xa5 down", 1, "inc-12-db-down" },
		{ "\xe6\x94\xaf\xe6\x89\x95\xe3\x81\x84", 1, "inc-12" },
		{ "\xe6\x94\xaf", 3, "inc-12-3" },
		{ "", 1, "inc-12" },
		{ "bad \xff\xc3 bytes \xe2\x82", 1, "inc-12-bad-bytes" },
	};
	char name[81];

	for (size_t i = 0; i < sizeof(CASES) / sizeof(CASES[0]); i++) {
		incident_channel_name(12, CASES[i].title, CASES[i].tries, name);
		CHECK_TEXT(name, CASES[i].want);
	}
}

static void a_channel_name_fits_what_slack_allows(void)
{
	char name[81], title[201] = "";

	memset(title, 'x', sizeof(title) - 1);
	incident_channel_name(INT64_MAX, title, 1, name);
	CHECK(strlen(name) == 80);
	incident_channel_name(12, title, 10, name);
	CHECK(strlen(name) == 80);
	CHECK_TEXT(name + 77, "-10");
	title[71] = ' '; /* where the name is cut */
	incident_channel_name(12, title, 2, name);
	CHECK_TEXT(name + 76, "xx-2");
}

static void a_cut_channel_name_has_no_doubled_dash(void)
{
	char name[81], title[201] = "";

	memset(title, 'x', sizeof(title) - 1);
	title[70] = '-';
	incident_channel_name(12, title, 2, name);
	CHECK(strlen(name) == 79);
	CHECK_TEXT(name + 75, "xx-2");
	incident_channel_name(12, "ends at once", INT32_MAX, name);
	CHECK_TEXT(name, "inc-12-ends-at-once-2147483647");
}

static void who_leads_and_administrators_may_redact(void)
{
	struct incident i = { .lead = "U1" };

	CHECK(may_redact(&i, "U1", ""));
	CHECK(!may_redact(&i, "U2", ""));
	CHECK(may_redact(&i, "U2", "U3,U2"));
	CHECK(!may_redact(&i, "U", "U3,U2"));
	CHECK(!may_redact(&i, "U22", "U3,U2"));
	i.lead = NULL;
	CHECK(!may_redact(&i, "U1", NULL));
}

static void guests_and_strangers_to_a_private_one_reach_only_their_own(void)
{
	struct incident i = { .reporter = "U1", .lead = "U2" };
	const struct visitor member = { "U3", "C1", false }, guest = { "U3", "C1", true };
	const struct visitor reporter = { "U1", NULL, true }, lead = { "U2", "C1", true };
	const struct visitor inside = { "U3", "CI", true };

	CHECK(may_reach(&i, &member) && !may_reach(&i, &guest));
	CHECK(may_reach(&i, &reporter) && may_reach(&i, &lead));
	CHECK(!may_reach(&i, &inside));
	i.channel = "CI";
	CHECK(may_reach(&i, &inside) && !may_reach(&i, &guest));
	i.private = true;
	CHECK(!may_reach(&i, &member) && may_reach(&i, &inside));
	CHECK(may_reach(&i, &reporter) && may_reach(&i, &lead));
}

int main(void)
{
	a_level_is_found_by_id_label_or_alias();
	a_part_of_a_word_finds_no_level();
	the_default_level_is_the_marked_one();
	a_status_is_found_by_all_its_names();
	an_open_incident_moves_anywhere_but_to_itself();
	the_same_status_again_is_refused();
	what_is_resolved_is_not_cancelled();
	a_channel_name_is_a_slug();
	a_channel_name_fits_what_slack_allows();
	a_cut_channel_name_has_no_doubled_dash();
	who_leads_and_administrators_may_redact();
	guests_and_strangers_to_a_private_one_reach_only_their_own();
	return 0;
}

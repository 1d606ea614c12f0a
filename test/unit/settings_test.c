#include "check.h"
#include "settings.h"

/* One good level to stand beside what is wrong. Its lines are 3 to 6 of a file that begins with HEAD. */
#define HEAD "version: 1\nseverities:\n"
#define P1   "  - id: p1\n    label: One\n    description: d\n    default: true\n"

struct wrong {
	bool is_severities;
	const char *text, *want;
};

/* clang-format off */
static const struct wrong YAML_ITSELF[] = {
	{ true, "", "severities.yml:1:1: the file holds no settings\n" },
	{ false, "# only this\n", "incidentd.yml:1:1: the file holds no settings\n" },
	{ true, HEAD "  - id: p1\n\tlabel: x\n",
		"severities.yml:4:1: indentation must be spaces, not a tab\n" },
	{ true, "version: 1\nseverities: &a [*a]\n",
		"severities.yml:2:13: anchors (&) and aliases (*) are not allowed here\n"
		"severities.yml:2:17: anchors (&) and aliases (*) are not allowed here\n" },
	{ true, HEAD P1 "    invite: &who [*who, x]\n    <<: *base\n    \"\\a\": 1\n",
		"severities.yml:7:13: anchors (&) and aliases (*) are not allowed here\n"
		"severities.yml:7:19: anchors (&) and aliases (*) are not allowed here\n"
		"severities.yml:7:25: severities[0].invite[1] must be the id of a user or user group, "
		"like U024BE7LH or S0614TZR7, not 'x'\n"
		"severities.yml:8:9: anchors (&) and aliases (*) are not allowed here\n"
		"severities.yml:9:5: control characters are not allowed\n" },
	{ true, "version: *a\n",
		"severities.yml:1:1: 'severities' is missing\n"
		"severities.yml:1:10: anchors (&) and aliases (*) are not allowed here\n" },
	{ true, "version: !!int 1\n",
		"severities.yml:1:1: 'severities' is missing\n"
		"severities.yml:1:10: tags (!) are not allowed here\n" },
	{ false, "data_dir: /x\n---\ndata_dir: /y\n",
		"incidentd.yml:2:1: a second document begins; a file holds one\n" },
	{ false, "a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1",
		"incidentd.yml:1:35: nested more than 32 levels deep\n" },
	{ false, "data_dir: /x\nca_file: \xc3\xa9\xff\n",
		"incidentd.yml:2:11: must be UTF-8 text: invalid leading UTF-8 octet\n" },
	{ false, "data_dir: \"/x\\0\"\n",
		"incidentd.yml:1:11: control characters are not allowed\n" },
	{ false, "web: {listen: x\n",
		"incidentd.yml:2:1: not YAML: did not find expected ',' or '}' while parsing a flow mapping\n" },
	{ false, "channels:\n  admin: @ops\n",
		"incidentd.yml:2:10: a word cannot begin with @: put it in quotes\n" },
	{ false, "? [a]\n: b\n", "incidentd.yml:1:3: a key must be a word, not a list\n" },
};

static const struct wrong KEYS[] = {
	{ true, "- version\n", "severities.yml:1:1: the file must be a mapping of keys, not a list\n" },
	{ true, "{}\n", "severities.yml:1:1: 'version' is missing\n"
		"severities.yml:1:1: 'severities' is missing\n" },
	{ true, HEAD P1 "  - id: p2\n    labl: Two\n    description: d\n",
		"severities.yml:7:5: severities[1]: 'label' is missing\n"
		"severities.yml:8:5: unknown key 'labl' in severities[1]; did you mean 'label'?\n" },
	{ true, HEAD P1 "    page: https://a/\n    page: https://b/\n",
		"severities.yml:8:5: key 'page' is given twice (first on line 7)\n" },
	{ true, HEAD P1 "  - just text\n",
		"severities.yml:7:5: severities[1] must be a mapping of keys, not 'just text'\n" },
	{ false, "chanels:\n  announce: C12\n",
		"incidentd.yml:1:1: unknown key 'chanels'; did you mean 'channels'?\n" },
	{ false, "channels:\n  anounce: C12\n",
		"incidentd.yml:2:3: unknown key 'anounce' in channels; did you mean 'announce'?\n" },
	{ false, "zzzzzz: 1\n", "incidentd.yml:1:1: unknown key 'zzzzzz'\n" },
	{ false, "channels: C12\n", "incidentd.yml:1:11: channels must be a mapping, not 'C12'\n" },
	{ false, "channels.announce: C12\n", "incidentd.yml:1:1: unknown key 'channels.announce'\n" },
};

static const struct wrong VALUES[] = {
	{ true, "version: 2\nseverities:\n" P1, "severities.yml:1:10: version must be 1, not '2'\n" },
	{ true, "version: 1\nseverities: []\n",
		"severities.yml:2:13: severities must be a list of 1 to 50 levels, not 0\n" },
	{ true, "version: 1\nseverities: many\n",
		"severities.yml:2:13: severities must be a list of 1 to 50 levels, not 'many'\n" },
	{ true, HEAD P1 "    colour: #d4351c\n    emoji: fire\n",
		"severities.yml:7:12: severities[0].colour must be a colour like '#d4351c', "
		"in quotes because # begins a comment, not nothing\n"
		"severities.yml:8:12: severities[0].emoji must be an emoji's name, like ':rotating_light:', "
		"not 'fire'\n" },
	{ true, HEAD P1 "    colour: red\n",
		"severities.yml:7:13: severities[0].colour must be a colour like '#d4351c', not 'red'\n" },
	{ true, HEAD P1 "    respond_within: 20 minutes\n    update_every: 0h\n",
		"severities.yml:7:21: severities[0].respond_within must be a duration like 20m, 2h or 1d, "
		"not '20 minutes'\n"
		"severities.yml:8:19: severities[0].update_every must be a duration like 20m, 2h or 1d, "
		"not '0h'\n" },
	{ true, HEAD P1 "    invite: [U024BE7LH, '@ann']\n    announce: '#ops'\n",
		"severities.yml:7:25: severities[0].invite[1] must be the id of a user or user group, "
		"like U024BE7LH or S0614TZR7, not '@ann'\n"
		"severities.yml:8:15: severities[0].announce must be a list, like [one, two], not '#ops'\n" },
	{ true, HEAD P1 "    announce: [c12, D024BE7LH]\n",
		"severities.yml:7:16: severities[0].announce[0] must be the id of a channel, "
		"like C024BE91L, not 'c12'\n"
		"severities.yml:7:21: severities[0].announce[1] must be the id of a channel, "
		"like C024BE91L, not 'D024BE7LH'\n" },
	{ true, HEAD P1 "    page: http://a/\n    remind: [{when: soon, after: 1m}, {when: no_lead}]\n",
		"severities.yml:7:11: severities[0].page must be an address that begins with https:// and a host\n"
		"severities.yml:8:21: severities[0].remind[0].when must be no_lead, no_severity, update_due, "
		"still_open, action_due or report_unfinished, not 'soon'\n" },
	{ true, HEAD P1 "    remind:\n      - {when: no_lead, every: 0m, times: 100, hours: night}\n"
		"      - {after: 1m}\n      - {when: update_due, after: 1h}\n      - {when: no_lead}\n",
		"severities.yml:8:32: severities[0].remind[0].every must be a duration like 20m, 2h or 1d, not '0m'\n"
		"severities.yml:8:43: severities[0].remind[0].times must be a number from 0 to 99, not '100'\n"
		"severities.yml:8:55: severities[0].remind[0].hours must be working or any, not 'night'\n"
		"severities.yml:9:9: severities[0].remind[1]: 'when' is missing\n"
		"severities.yml:10:35: severities[0].remind[2].after has no meaning for update_due: update_every says when\n"
		"severities.yml:11:16: severities[0].remind[3].when: no_lead is already used on line 8\n" },
	{ true, HEAD P1 "    remind: [{when: no_lead, after: 5m, every: 1h, times: 0, hours: any}]\n", "" },
	{ false, "reminders:\n  days: [mon, friday]\n  hours: 17:30-09:00\n  no_lead: {after: 5, evry: 1h}\n"
		"  update_due: {after: 1h}\n  no_led: {}\n  still_open: never\n",
		"incidentd.yml:2:15: reminders.days[1] must be mon, tue, wed, thu, fri, sat or sun, not 'friday'\n"
		"incidentd.yml:3:10: reminders.hours must be two times of one day, like 09:00-17:30, not '17:30-09:00'\n"
		"incidentd.yml:4:20: reminders.no_lead.after must be a duration like 20m, 2h or 1d, not '5'\n"
		"incidentd.yml:4:23: unknown key 'evry' in reminders; did you mean 'every'?\n"
		"incidentd.yml:5:16: unknown key 'after' in reminders\n"
		"incidentd.yml:6:3: unknown key 'no_led' in reminders; did you mean 'no_lead'?\n"
		"incidentd.yml:7:15: reminders.still_open must be a mapping, not 'never'\n" },
	{ false, "reminders:\n  days: []\n", "incidentd.yml:2:9: reminders.days must be a list of days, like [mon, tue], "
		"not a list\n" },
	{ false, "reminders:\n  days: [sat, sun]\n  hours: 00:00-24:00\n  no_lead: {after: 5m, every: 10m, times: 0, hours: any}\n", "" },
	{ true, HEAD "  - id: p 1\n    label: [x]\n    description:\n    default: true\n",
		"severities.yml:3:9: severities[0].id must be at most 32 letters, digits, dots, dashes and "
		"underscores, not 'p 1'\n"
		"severities.yml:4:12: severities[0].label must be one line of at most 75 characters, not a list\n"
		"severities.yml:5:17: severities[0].description must be text of at most 1000 characters, "
		"not nothing\n" },
	{ false, "slash_command: incident\nweb:\n  listen: 8080\n  base_url: a.example\n",
		"incidentd.yml:1:16: slash_command must be a slash command, like /incident, not 'incident'\n"
		"incidentd.yml:3:11: web.listen must be host:port, like 127.0.0.1:8080, not '8080'\n"
		"incidentd.yml:4:13: web.base_url must be an address that begins with https:// or http://, "
		"not 'a.example'\n" },
	{ false, "channels:\n  admin: ops\n",
		"incidentd.yml:2:10: channels.admin must be the id of a channel, like C024BE91L, not 'ops'\n" },
	{ false, "connections: 5\n",
		"incidentd.yml:1:14: connections must be a number from 1 to 4, not '5'\n" },
	{ false, "connections: 1\n", "" },
	{ false, "time_zone: Europe/Atlantis\n",
		"incidentd.yml:1:12: time_zone must be the name of a time zone that this system knows, "
		"like Europe/London or UTC, not 'Europe/Atlantis'\n" },
	{ false, "time_zone: Europe\n",
		"incidentd.yml:1:12: time_zone must be the name of a time zone that this system knows, "
		"like Europe/London or UTC, not 'Europe'\n" },
	{ false, "record:\n  mark_reactions: [pushpin, Push Pin, [x]]\n  deleted_text: maybe\n",
		"incidentd.yml:2:29: record.mark_reactions[1] must be an emoji's name, like pushpin, not 'Push Pin'\n"
		"incidentd.yml:2:39: record.mark_reactions[2] must be an emoji's name, like pushpin, not a list\n"
		"incidentd.yml:3:17: record.deleted_text must be keep or drop, not 'maybe'\n" },
	{ false, "admins: [U024BE7LH, S024BE7LH]\n",
		"incidentd.yml:1:21: admins[1] must be a user's id, like U024BE7LH, not 'S024BE7LH'\n" },
	{ false, "record:\n  mark_reactions: [star, +1]\n  action_reactions: [hammer, ':thumbsup:']\n",
		"incidentd.yml:3:21: '+1' cannot be in both record.mark_reactions and record.action_reactions\n" },
	{ false, "record:\n  mark_reactions: [star]\n  action_reactions: [mega]\n  update_reactions: [mega, star]\n",
		"incidentd.yml:4:21: 'star' cannot be in both record.mark_reactions and record.update_reactions\n"
		"incidentd.yml:4:21: 'mega' cannot be in both record.action_reactions and record.update_reactions\n" },
	{ false, "ca_file: {}\n",
		"incidentd.yml:1:10: ca_file must be the path of a file or folder, not a mapping\n" },
};

static const struct wrong LEVELS[] = {
	{ true, HEAD P1 "  - id: P1\n    label: Two\n    description: d\n",
		"severities.yml:7:9: severities: id 'P1' is already used on line 3\n" },
	{ true, HEAD P1 "  - id: p2\n    label: two\n    aliases: [ONE, sev2, Sev2]\n    description: d\n",
		"severities.yml:9:15: severities: alias 'ONE' is already used on line 4\n"
		"severities.yml:9:26: severities: alias 'Sev2' is already used on line 9\n" },
	{ true, HEAD P1 "  - {id: p2, label: P2, description: d}\n", "" },
	{ true, HEAD "  - {id: p1, label: One, description: d}\n",
		"severities.yml:3:3: no level is the default: give one of them 'default: true'\n" },
	{ true, HEAD P1 "  - {id: p2, label: Two, description: d, default: true}\n",
		"severities.yml:7:51: a second default level; the first is on line 6\n" },
	{ true, HEAD "  - {id: p1, label: One, description: d, default: yes please}\n",
		"severities.yml:3:51: severities[0].default must be true or false, without quotes, "
		"not 'yes please'\n" },
	{ true, HEAD P1 "    renamed_from: P2\n  - {id: p2, label: Two, description: d}\n",
		"severities.yml:7:19: severities: renamed_from 'P2' is already used on line 8\n" },
};
/* clang-format on */

static void check_all(const struct wrong *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct buf mistakes = { 0 };
		bool good = settings_check_text(
			cases[i].text, strlen(cases[i].text), cases[i].is_severities, &mistakes);

		buf_add(&mistakes, "");
		CHECK_TEXT(mistakes.text, cases[i].want);
		CHECK(good == (cases[i].want[0] == '\0'));
		buf_done(&mistakes);
	}
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof(cases[0]))

static void every_tab_is_named(void)
{
	const char *text = "web:\n\tlisten: x\n \tbase_url: y\n";
	struct buf mistakes = { 0 };

	CHECK(!settings_check_text(text, strlen(text), false, &mistakes));
	CHECK_TEXT(mistakes.text,
		"incidentd.yml:2:1: indentation must be spaces, not a tab\n"
		"incidentd.yml:3:2: indentation must be spaces, not a tab\n");
	buf_done(&mistakes);
}

static void a_hundred_mistakes_are_named_and_no_more(void)
{
	struct buf text = { 0 }, mistakes = { 0 };
	int lines = 0;

	for (int i = 0; i < 150; i++)
		buf_printf(&text, "zzzz%d: 1\n", i);
	CHECK(!settings_check_text(text.text, text.len, false, &mistakes));
	for (size_t i = 0; i < mistakes.len; i++)
		lines += mistakes.text[i] == '\n';
	CHECK(lines == SETTINGS_MOST_MISTAKES);
	buf_done(&text);
	buf_done(&mistakes);
}

static void a_huge_file_is_refused(void)
{
	struct buf text = { 0 }, mistakes = { 0 };

	while (text.len < (size_t)1024 * 1024)
		buf_add(&text, "# comment\n      ");
	buf_add(&text, "#");
	CHECK(!settings_check_text(text.text, text.len, true, &mistakes));
	CHECK_TEXT(mistakes.text,
		"severities.yml:1:1: the file is too big: 1048577 bytes; the limit is 1048576\n");
	buf_done(&text);
	buf_done(&mistakes);
}

int main(void)
{
	CHECK_ALL(YAML_ITSELF);
	CHECK_ALL(KEYS);
	CHECK_ALL(VALUES);
	CHECK_ALL(LEVELS);
	every_tab_is_named();
	a_hundred_mistakes_are_named_and_no_more();
	a_huge_file_is_refused();
	return 0;
}

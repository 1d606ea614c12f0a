#include <stdint.h>
#include <unistd.h>

#include "check.h"
#include "settings.h"

/* One good level. */
#define LEVELS                                                                                     \
	"version: 1\nseverities:\n  - id: p1\n    label: One\n    description: d\n    default: true\n"

/* A folder of two files, for what needs a disk. */
struct folder {
	char path[64];
	struct buf main, levels;
};

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "we");

	CHECK(f != NULL);
	CHECK(fputs(text, f) >= 0);
	CHECK(fclose(f) == 0);
}

static void folder_make(struct folder *f, const char *main_text, const char *levels_text)
{
	*f = (struct folder){ .path = "/tmp/settings_test.XXXXXX" };
	CHECK(mkdtemp(f->path) != NULL);
	buf_printf(&f->main, "%s/incidentd.yml", f->path);
	buf_printf(&f->levels, "%s/severities.yml", f->path);
	if (main_text != NULL)
		write_file(f->main.text, main_text);
	if (levels_text != NULL)
		write_file(f->levels.text, levels_text);
}

static void folder_done(struct folder *f)
{
	(void)unlink(f->main.text);   /* may not be there */
	(void)unlink(f->levels.text); /* the same */
	CHECK(rmdir(f->path) == 0);
	buf_done(&f->main);
	buf_done(&f->levels);
}

static void good_files_are_read(void)
{
	struct folder f;
	struct settings s;
	struct buf mistakes = { 0 }, want = { 0 };
	struct settings_owner *owner;

	folder_make(&f, "channels: {announce: C024BE91L}\nca_file: my.pem\n",
		LEVELS "    aliases: [sev1, 1]\n    invite: [U12, S12]\n    colour: '#00ff00'\n"
		       "  - {id: p2, label: Two, description: 'd: e', update_every: 2d}\n");
	owner = settings_open(f.main.text, &s, &mistakes);
	CHECK(owner != NULL && mistakes.len == 0);
	CHECK_TEXT(s.slash_command, "/incident");
	CHECK_TEXT(s.announce, "C024BE91L");
	CHECK(s.reports == NULL && s.admin == NULL && s.base_url == NULL);
	CHECK_TEXT(s.listen, "127.0.0.1:8080");
	CHECK_TEXT(s.data_dir, "/var/lib/incidentd");
	CHECK_TEXT(s.severities_file, f.levels.text);
	buf_printf(&want, "%s/my.pem", f.path);
	CHECK_TEXT(s.ca_file, want.text);
	CHECK(s.levels.count == 2 && levels_default(&s.levels) == &s.levels.list[0]);
	CHECK_TEXT(s.levels.list[0].aliases[1], "1");
	CHECK(s.levels.list[0].aliases[2] == NULL);
	CHECK_TEXT(s.levels.list[0].invite[1], "S12");
	CHECK_TEXT(s.levels.list[0].colour, "#00ff00");
	CHECK(s.levels.list[1].aliases[0] == NULL && s.levels.list[1].announce[0] == NULL);
	CHECK_TEXT(s.levels.list[1].description, "d: e");
	CHECK(s.levels.list[1].emoji == NULL && !s.levels.list[1].is_default);
	settings_free(owner);
	buf_done(&want);
	folder_done(&f);
}

/* An address may be a secret: it is told by where it stands. */
static void webhooks_go_to_named_hosts_only(void)
{
	struct folder f;
	struct settings s;
	struct buf mistakes = { 0 }, want = { 0 };
	struct settings_owner *owner;

	folder_make(&f,
		"webhooks: {allow: [a.example.com, 'b.example.com:8443'], send: ['https://a.example.com/s3cret']}\n",
		LEVELS "    page: https://b.example.com:8443/s3cret\n");
	owner = settings_open(f.main.text, &s, &mistakes);
	CHECK(owner != NULL);
	CHECK_TEXT(s.webhook_hosts, "a.example.com,b.example.com:8443");
	CHECK_TEXT(s.webhook_urls, "https://a.example.com/s3cret");
	CHECK(settings_need_webhook_secret(&s));
	settings_free(owner);
	folder_done(&f);

	folder_make(&f, "webhooks:\n  send: ['https://a.example.com/s3cret', 's3cret']\n",
		LEVELS "    page: https://b.example.com/s3cret\n");
	CHECK(settings_open(f.main.text, &s, &mistakes) == NULL);
	buf_printf(&want,
		"%s:2:42: webhooks.send[1] must be an address that begins with https:// and a host\n"
		"%s:2:9: webhooks.send[0] leads to a host that webhooks.allow does not name\n"
		"%s:7:11: severities[0].page leads to a host that webhooks.allow of incidentd.yml does not "
		"name\n",
		f.main.text, f.main.text, f.levels.text);
	CHECK_TEXT(mistakes.text, want.text);
	folder_done(&f);
	buf_done(&want);
	buf_done(&mistakes);
}

static void a_webhook_secret_is_of_its_kind(void)
{
	struct fail why;
	char *secret;

	CHECK(setenv("WEBHOOK_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 1) == 0);
	secret = settings_secret("WEBHOOK_SECRET", &why);
	CHECK(secret != NULL);
	free(secret);
	CHECK(setenv("WEBHOOK_SECRET", "whsec_c2hvcnQ=", 1) == 0);
	CHECK(settings_secret("WEBHOOK_SECRET", &why) == NULL);
	CHECK_TEXT(why.text, "WEBHOOK_SECRET must be whsec_ and the base64 of 24 to 64 bytes");
	CHECK(setenv("WEBHOOK_SECRET", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8G", 1) == 0);
	CHECK(settings_secret("WEBHOOK_SECRET", &why) == NULL);
	CHECK(unsetenv("WEBHOOK_SECRET") == 0);
}

static void the_environment_wins(void)
{
	struct folder f;
	struct settings s;
	struct buf mistakes = { 0 };
	struct settings_owner *owner;

	folder_make(&f, "channels: {announce: C1FILE, reports: C2FILE}\n", LEVELS);
	CHECK(setenv("INCIDENTD_CHANNELS_ANNOUNCE", "C1ENV", 1) == 0);
	CHECK(setenv("INCIDENTD_CHANNELS_REPORTS", "", 1) == 0);
	owner = settings_open(f.main.text, &s, &mistakes);
	CHECK(owner != NULL);
	CHECK_TEXT(s.announce, "C1ENV");
	CHECK_TEXT(s.reports, "C2FILE");
	settings_free(owner);
	CHECK(setenv("INCIDENTD_CHANNELS_ANNOUNCE", "#ops", 1) == 0);
	CHECK(settings_open(f.main.text, &s, &mistakes) == NULL);
	CHECK_TEXT(mistakes.text,
		"$INCIDENTD_CHANNELS_ANNOUNCE: channels.announce must be the id of a channel, "
		"like C024BE91L, not '#ops'\n");
	CHECK(unsetenv("INCIDENTD_CHANNELS_ANNOUNCE") == 0);
	CHECK(unsetenv("INCIDENTD_CHANNELS_REPORTS") == 0);
	buf_done(&mistakes);
	folder_done(&f);
}

/* settings_open() of a good folder with this in the environment. */
static void check_variable(const char *name, const char *value, const char *want)
{
	struct folder f;
	struct settings s;
	struct buf mistakes = { 0 };
	struct settings_owner *owner;

	folder_make(&f, "{}\n", LEVELS);
	CHECK(setenv(name, value, 1) == 0);
	owner = settings_open(f.main.text, &s, &mistakes);
	CHECK(unsetenv(name) == 0);
	buf_add(&mistakes, "");
	CHECK_TEXT(mistakes.text, want);
	CHECK((owner != NULL) == (want[0] == '\0'));
	settings_free(owner);
	buf_done(&mistakes);
	folder_done(&f);
}

static void an_unknown_variable_is_refused(void)
{
	check_variable("INCIDENTD_CHANELS_ANNOUNCE", "C12",
		"$INCIDENTD_CHANELS_ANNOUNCE: no setting has this name; did you mean "
		"$INCIDENTD_CHANNELS_ANNOUNCE?\n");
	check_variable("INCIDENTD_confg", "x",
		"$INCIDENTD_confg: no setting has this name; did you mean $INCIDENTD_CONFIG?\n");
	check_variable("INCIDENTD_SOMETHING_ELSE", "hunter2",
		"$INCIDENTD_SOMETHING_ELSE: no setting has this name\n");
	check_variable("INCIDENTD_DATA_DIR", "/a\033[31m",
		"$INCIDENTD_DATA_DIR: control characters are not allowed\n");
	check_variable("INCIDENTD_CHANELS_ANNOUNCE", "", "");
	check_variable("INCIDENTD_CONFIG", "x", "");
	check_variable("INCIDENTD_DEBUG", "1", "");
	check_variable("INCIDENTDD", "1", "");
}

static void what_kubernetes_sets_is_passed_over(void)
{
	check_variable("INCIDENTD_SERVICE_HOST", "10.0.0.1", "");
	check_variable("INCIDENTD_SERVICE_PORT_HTTP", "8080", "");
	check_variable("INCIDENTD_PORT", "tcp://10.0.0.1:8080", "");
	check_variable("INCIDENTD_PORT_8080_TCP_ADDR", "10.0.0.1", "");
	check_variable("INCIDENTD_PORTAL", "x", "$INCIDENTD_PORTAL: no setting has this name\n");
}

static void both_files_mistakes_are_named_at_once(void)
{
	struct folder f;
	struct settings s;
	struct buf mistakes = { 0 }, want = { 0 };

	folder_make(&f, "data_dirr: /x\n", "version: 1\nseverities: []\n");
	CHECK(settings_open(f.main.text, &s, &mistakes) == NULL);
	buf_printf(&want,
		"%s:1:1: unknown key 'data_dirr'; did you mean 'data_dir'?\n"
		"%s:2:13: severities must be a list of 1 to 50 levels, not 0\n",
		f.main.text, f.levels.text);
	CHECK_TEXT(mistakes.text, want.text);
	buf_done(&mistakes);
	buf_done(&want);
	folder_done(&f);
}

static void a_missing_file_is_named(void)
{
	struct folder f;
	struct settings s;
	struct buf mistakes = { 0 }, want = { 0 };

	folder_make(&f, NULL, NULL);
	CHECK(settings_open(f.main.text, &s, &mistakes) == NULL);
	buf_printf(&want, "%s: cannot be read: No such file or directory\n", f.main.text);
	CHECK_TEXT(mistakes.text, want.text);
	write_file(f.main.text, "{}\n");
	buf_empty(&mistakes);
	CHECK(settings_open(f.main.text, &s, &mistakes) == NULL);
	buf_empty(&want);
	buf_printf(&want, "%s: cannot be read: No such file or directory\n", f.levels.text);
	CHECK_TEXT(mistakes.text, want.text);
	buf_done(&mistakes);
	buf_done(&want);
	folder_done(&f);
}

static void check_secret(const char *want)
{
	struct fail why = { 0 };
	char *secret = settings_secret("A_TEST_SECRET", &why);

	CHECK_TEXT(secret, want);
	free(secret);
}

struct token {
	const char *name, *value, *want; /* NULL: it is good */
};

/* clang-format off */
#define APP "SLACK_APP_TOKEN must be an app-level token (xapp-, with the scope connections:write), not "
#define BOT "SLACK_BOT_TOKEN must be a bot token (xoxb-, from Install App), not "

static const struct token TOKENS[] = {
	{ "SLACK_APP_TOKEN", "xapp-1-A0-5-0c9e\r\n", NULL },
	{ "SLACK_BOT_TOKEN", "xoxb-1-2-Sec_ret", NULL },
	{ "SLACK_APP_TOKEN", "xoxb-1-2-secret", APP "a bot token (xoxb-)" },
	{ "SLACK_BOT_TOKEN", "xapp-1-A0-5-secret", BOT "an app-level token (xapp-)" },
	{ "SLACK_BOT_TOKEN", "xoxp-1-2-secret", BOT "a user token (xoxp-)" },
	{ "SLACK_BOT_TOKEN", "xoxa-2-secret", BOT "a legacy workspace token (xoxa-)" },
	{ "SLACK_BOT_TOKEN", "xoxr-2-secret", BOT "a legacy refresh token (xoxr-)" },
	{ "SLACK_BOT_TOKEN", "xoxe.xoxb-1-secret", BOT "a token of token rotation (xoxe), which ends after 12 hours" },
	{ "SLACK_BOT_TOKEN", "xoxc-secret", BOT "another kind of token" },
	{ "SLACK_BOT_TOKEN", "xoxb-", BOT "only the beginning of one" },
	{ "SLACK_BOT_TOKEN", "\"xoxb-1-secret\"",
		BOT "text with a blank, a quotation mark or another character that no token has" },
	{ "SLACK_APP_TOKEN", "xapp-1-secret ",
		APP "text with a blank, a quotation mark or another character that no token has" },
	{ "SLACK_APP_TOKEN", "secret", APP "no token of Slack's" },
};
/* clang-format on */

static void a_token_of_another_kind_is_refused_and_never_shown(void)
{
	for (size_t i = 0; i < sizeof(TOKENS) / sizeof(TOKENS[0]); i++) {
		struct fail why = { 0 };
		char *token;

		CHECK(setenv(TOKENS[i].name, TOKENS[i].value, 1) == 0);
		token = settings_secret(TOKENS[i].name, &why);
		CHECK((token != NULL) == (TOKENS[i].want == NULL));
		if (TOKENS[i].want != NULL)
			CHECK_TEXT(why.text, TOKENS[i].want);
		CHECK(strstr(why.text, "secret") == NULL);
		CHECK(unsetenv(TOKENS[i].name) == 0);
		free(token);
	}
}

static void a_secret_is_found_where_it_is_most_hidden(void)
{
	struct folder f;
	struct buf path = { 0 };
	struct fail why = { 0 };

	folder_make(&f, "from a file\r\n\n", NULL);
	CHECK(settings_secret("A_TEST_SECRET", &why) == NULL);
	CHECK_TEXT(why.text,
		"no A_TEST_SECRET: set it, or A_TEST_SECRET_FILE to a file that holds it");
	CHECK(!settings_secret_given("A_TEST_SECRET"));
	CHECK(setenv("A_TEST_SECRET", "", 1) == 0); /* as when what should fill it in has failed */
	CHECK(settings_secret_given("A_TEST_SECRET"));
	CHECK(settings_secret("A_TEST_SECRET", &why) == NULL);
	CHECK_TEXT(why.text, "A_TEST_SECRET is empty");
	CHECK(setenv("A_TEST_SECRET", "from the environment\n", 1) == 0);
	CHECK(settings_secret_given("A_TEST_SECRET"));
	check_secret("from the environment");
	CHECK(setenv("A_TEST_SECRET_FILE", f.main.text, 1) == 0);
	check_secret("from a file");
	CHECK(setenv("CREDENTIALS_DIRECTORY", f.path, 1) == 0);
	check_secret("from a file");
	buf_printf(&path, "%s/A_TEST_SECRET", f.path);
	write_file(path.text, "from systemd");
	check_secret("from systemd");
	write_file(path.text, "\n");
	CHECK(settings_secret("A_TEST_SECRET", &why) == NULL);
	CHECK(strstr(why.text, "/A_TEST_SECRET is empty") != NULL);
	write_file(path.text, "");
	CHECK(settings_secret("A_TEST_SECRET", &why) == NULL);
	CHECK(strstr(why.text, "/A_TEST_SECRET is empty") != NULL);
	CHECK(unlink(path.text) == 0);
	CHECK(setenv("A_TEST_SECRET_FILE", "", 1) == 0);
	check_secret("from the environment");
	CHECK(setenv("A_TEST_SECRET_FILE", f.path, 1) == 0);
	CHECK(settings_secret("A_TEST_SECRET", &why) == NULL);
	CHECK(strstr(why.text, "cannot be read: Is a directory") != NULL);
	CHECK(setenv("A_TEST_SECRET_FILE", "/nowhere", 1) == 0);
	CHECK(settings_secret("A_TEST_SECRET", &why) == NULL);
	CHECK(settings_secret_given("A_TEST_SECRET"));
	CHECK_TEXT(why.text, "/nowhere cannot be read: No such file or directory");
	buf_done(&path);
	folder_done(&f);
}

int main(void)
{
	good_files_are_read();
	webhooks_go_to_named_hosts_only();
	a_webhook_secret_is_of_its_kind();
	the_environment_wins();
	an_unknown_variable_is_refused();
	what_kubernetes_sets_is_passed_over();
	both_files_mistakes_are_named_at_once();
	a_missing_file_is_named();
	a_secret_is_found_where_it_is_most_hidden();
	a_token_of_another_kind_is_refused_and_never_shown();
	return 0;
}

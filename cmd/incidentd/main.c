#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doors.h"
#include "log.h"
#include "store.h"

static const char USAGE[] =
	"usage: incidentd run | --help | --version\n"
	"\n"
	"Environment: SLACK_APP_TOKEN, SLACK_BOT_TOKEN and WEBHOOK_SECRET (or *_FILE), INCIDENTD_CONFIG,\n"
	"DATABASE_URL (without it a Postgres of its own), SLACK_API_URL.\n";

static const char *from_environment(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : otherwise;
}

static bool with_database(struct doors_needs *needs, struct fail *why)
{
	bool given = settings_secret_given("DATABASE_URL"), ok;
	char *url = given ? settings_secret("DATABASE_URL", why) : NULL;

	/* One that cannot be read is a mistake: a Postgres of our own would hide it, and be empty. */
	if (given && url == NULL)
		return false;
	needs->conninfo = url;
	ok = (url == NULL || store_check_address(url, why)) && doors_run(needs, why);
	free(url);
	return ok;
}

/* Each is told by itself, so that two mistakes take one start to find. */
static char *secret(const char *name)
{
	struct fail why;
	char *found = settings_secret(name, &why);

	if (found == NULL)
		log_error("%s", why.text);
	return found;
}

static bool with_secrets(const struct settings *s, struct fail *why)
{
	char *app = secret("SLACK_APP_TOKEN");
	char *bot = secret("SLACK_BOT_TOKEN");
	bool signs = settings_need_webhook_secret(s) || settings_secret_given("WEBHOOK_SECRET");
	char *webhook = signs ? secret("WEBHOOK_SECRET") : NULL;
	struct doors_needs needs = {
		.settings = s,
		.app_token = app,
		.bot_token = bot,
		.webhook_secret = webhook,
		.api_url = settings_api_url(why),
	};
	bool ok;

	if (app == NULL || bot == NULL)
		ok = fail_set(why, FAIL_REFUSED, "cannot start without both tokens");
	else if (signs && webhook == NULL)
		ok = fail_set(why, FAIL_REFUSED,
			"cannot start without what webhooks are to be signed with");
	else
		ok = needs.api_url != NULL && with_database(&needs, why);

	free(app);
	free(bot);
	free(webhook);
	return ok;
}

/* With mistakes in the severities alone we may start all the same: the levels that were in force last are on record. */
static struct settings_owner *open_settings(const char *path, struct settings *out)
{
	struct buf mistakes = { 0 };
	struct settings_owner *owner = settings_open(path, out, &mistakes);

	if (owner == NULL) {
		(void)fputs(mistakes.text, stderr); /* stderr is all we have */
		buf_empty(&mistakes);
		owner = settings_open_without_levels(path, out, &mistakes);
		if (owner != NULL)
			log_warn(
				"severities: the file cannot be used; we start if the database has "
				"those that were in force last");
	}
	buf_done(&mistakes);
	return owner;
}

static int run(void)
{
	const char *path = from_environment("INCIDENTD_CONFIG", "/etc/incidentd/incidentd.yml");
	struct settings settings;
	struct settings_owner *owner = open_settings(path, &settings);
	struct fail why;
	bool ok;

	if (owner == NULL)
		return 1;
	ok = with_secrets(&settings, &why);
	if (!ok)
		log_error("%s", why.text);
	settings_free(owner);
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "run") == 0)
		return run();
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return printf("incidentd %s\n", INCIDENTD_VERSION) > 0 ? 0 : 1;
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return fputs(USAGE, stdout) >= 0 ? 0 : 1;
	(void)fputs(USAGE, stderr); /* nowhere else to say it */
	return 2;
}

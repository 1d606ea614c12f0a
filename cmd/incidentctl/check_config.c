#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl.h"
#include "settings.h"

static const char *settings_path(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : getenv("INCIDENTD_CONFIG");

	return path != NULL && path[0] != '\0' ? path : "/etc/incidentd/incidentd.yml";
}

static int count_lines(const char *text)
{
	int lines = 0;

	for (; *text != '\0'; text++)
		if (*text == '\n')
			lines++;
	return lines;
}

static int tell(const char *mistakes)
{
	int count = count_lines(mistakes);

	(void)fprintf(stderr, "%s%d mistake%s%s\n", mistakes, count, count == 1 ? "" : "s",
		count == SETTINGS_MOST_MISTAKES ? ", and perhaps more"
						: ""); /* the exit code tells */
	return CTL_FAILED;
}

/* The secrets that are given; those that are not may be given to the daemon only. */
static void check_secrets(struct buf *mistakes)
{
	static const char *const SECRETS[] = { "SLACK_APP_TOKEN", "SLACK_BOT_TOKEN", "DATABASE_URL",
		"WEBHOOK_SECRET" };

	for (size_t i = 0; i < sizeof(SECRETS) / sizeof(SECRETS[0]); i++) {
		struct fail why;
		char *secret;

		if (!settings_secret_given(SECRETS[i]))
			continue;
		secret = settings_secret(SECRETS[i], &why);
		if (secret == NULL ||
			(strcmp(SECRETS[i], "DATABASE_URL") == 0 &&
				!store_check_address(secret, &why)))
			buf_printf(mistakes, "$%s: %s\n", SECRETS[i], why.text);
		free(secret);
	}
}

static void check_api_url(struct buf *mistakes)
{
	struct fail why;

	if (settings_api_url(&why) == NULL)
		buf_printf(mistakes, "$SLACK_API_URL: %s\n", why.text);
}

/* The daemon reads it at its start, and does not start without it. */
static void check_ca_file(const struct settings *s, struct buf *mistakes)
{
	if (s->ca_file != NULL && access(s->ca_file, R_OK) != 0)
		buf_printf(mistakes, "ca_file: cannot read the authorities in %s: %s\n", s->ca_file,
			strerror(errno));
}

int ctl_check_config(int argc, char **argv)
{
	struct buf mistakes = { 0 };
	struct settings settings;
	struct settings_owner *owner;
	int code = CTL_DONE;

	if (argc > 2)
		return CTL_MISUSED;
	owner = settings_open(settings_path(argc, argv), &settings, &mistakes);
	if (owner != NULL)
		check_ca_file(&settings, &mistakes);
	check_secrets(&mistakes);
	if (owner != NULL && settings_need_webhook_secret(&settings) &&
		!settings_secret_given("WEBHOOK_SECRET"))
		buf_add(&mistakes,
			"$WEBHOOK_SECRET: webhooks.send or a level's page is set, and nothing is sent "
			"unsigned: set it, or WEBHOOK_SECRET_FILE to a file that holds it\n");
	check_api_url(&mistakes);
	if (mistakes.len > 0)
		code = tell(mistakes.text);
	else if (printf("ok: %d level%s, %s when nothing is said\n", settings.levels.count,
			 settings.levels.count == 1 ? "" : "s",
			 levels_default(&settings.levels)->label) < 0)
		code = CTL_FAILED;
	settings_free(owner);
	buf_done(&mistakes);
	return code;
}

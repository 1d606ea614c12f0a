#include "link_alarm.h"

#include <stddef.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

#define ANOTHER_TOKEN "make another app-level token in the app's settings and set SLACK_APP_TOKEN"
#define SWITCH_ON     "switch Socket Mode on in the app's settings"
#define LET_THROUGH   "let slack.com and *.slack.com through, websockets too"

/* clang-format off */
static const struct alarm ALARMS[] = {
	{ "too_many_websockets",    true,  "an app may have 10 connections: end the other programs that use this SLACK_APP_TOKEN" },
	{ "link_disabled",          true,  SWITCH_ON },
	{ "forbidden_team",         true,  SWITCH_ON },
	{ "invalid_auth",           true,  ANOTHER_TOKEN },
	{ "not_authed",             true,  ANOTHER_TOKEN },
	{ "token_revoked",          true,  ANOTHER_TOKEN },
	{ "token_expired",          true,  ANOTHER_TOKEN },
	{ "account_inactive",       true,  "the app or its workspace was disabled: see the app's settings" },
	{ "user_removed_from_team", true,  "who installed the app has left: install it again" },
	{ "team_disabled",          true,  "the workspace was disabled: ask its owners" },
	{ "not_allowed_token_type", true,  "SLACK_APP_TOKEN wants an app-level token (xapp-), not a bot's" },
	{ "missing_scope",          true,  "give the app-level token the scope connections:write" },
	{ "untrusted_certificate",  false, "if a proxy on the way has an authority of its own, name its certificate in ca_file" },
	{ "handshake_refused",      false, "a proxy or firewall seems to answer in Slack's place: " LET_THROUGH },
};
/* clang-format on */

const struct alarm *alarm_of(const char *word)
{
	for (size_t i = 0; word != NULL && i < COUNT(ALARMS); i++)
		if (strcmp(word, ALARMS[i].word) == 0)
			return &ALARMS[i];
	return NULL;
}

/* Slack itself is known to say 401, 404, 408, 409, 429 and 5xx: another URL, later, is the remedy. */
const char *alarm_of_status(int status)
{
	bool stranger =
		(status >= 200 && status < 400) || status == 403 || status == 407 || status == 511;

	return stranger ? "handshake_refused" : NULL;
}

#include "verdict.h"

#include <stddef.h>
#include <string.h>

/* Words that say "it is so already": reference pages of each method. A NULL method stands for all. */
/* clang-format off */
static const struct {
	const char *method, *error;
	enum verdict verdict;
} WORDS[] = {
	{ "pins.add",             "already_pinned",      VERDICT_DONE },
	{ "reactions.add",        "already_reacted",     VERDICT_DONE },
	{ "conversations.invite", "already_in_channel",  VERDICT_DONE },
	{ "conversations.invite", "cant_invite_self",    VERDICT_DONE },
	{ "conversations.join",   "already_in_channel",  VERDICT_DONE },
	{ "conversations.unarchive", "not_archived",     VERDICT_DONE },
	{ NULL, "ratelimited",            VERDICT_SLOWER },
	{ NULL, "rate_limited",           VERDICT_SLOWER },
	{ NULL, "request_timeout",        VERDICT_WORLD },
	{ NULL, "service_unavailable",    VERDICT_WORLD },
	{ NULL, "internal_error",         VERDICT_WORLD },
	{ NULL, "fatal_error",            VERDICT_WORLD },
	{ NULL, "team_added_to_org",      VERDICT_WORLD },
	{ NULL, "not_authed",             VERDICT_CREDENTIALS },
	{ NULL, "invalid_auth",           VERDICT_CREDENTIALS },
	{ NULL, "account_inactive",       VERDICT_CREDENTIALS },
	{ NULL, "token_revoked",          VERDICT_CREDENTIALS },
	{ NULL, "token_expired",          VERDICT_CREDENTIALS },
	{ NULL, "not_allowed_token_type", VERDICT_CREDENTIALS },
};
/* clang-format on */

enum verdict verdict_of(const char *method, int status, bool readable, bool ok, const char *error)
{
	if (status == 429)
		return VERDICT_SLOWER;
	if (!readable)
		return VERDICT_WORLD;
	if (ok)
		return VERDICT_DONE;
	for (size_t i = 0; error != NULL && i < sizeof(WORDS) / sizeof(WORDS[0]); i++)
		if (strcmp(WORDS[i].error, error) == 0 &&
			(WORDS[i].method == NULL || strcmp(WORDS[i].method, method) == 0))
			return WORDS[i].verdict;
	return VERDICT_REFUSED;
}

#include "check.h"
#include "verdict.h"

struct said {
	const char *method;
	int status;
	bool readable, ok;
	const char *error;
	enum verdict means;
};

static enum verdict of(const struct said *s)
{
	return verdict_of(s->method, s->status, s->readable, s->ok, s->error);
}

static void check_all(const struct said *said, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (of(&said[i]) != said[i].means) {
			(void)fprintf(stderr, "%s %d %s\n", said[i].method, said[i].status,
				said[i].error != NULL ? said[i].error : "-");
			CHECK(of(&said[i]) == said[i].means);
		}
}

/* clang-format off */
static const struct said DONE[] = {
	{ "chat.postMessage",     200, true, true,  NULL,                 VERDICT_DONE },
	{ "pins.add",             200, true, false, "already_pinned",     VERDICT_DONE },
	{ "reactions.add",        200, true, false, "already_reacted",    VERDICT_DONE },
	{ "conversations.invite", 200, true, false, "already_in_channel", VERDICT_DONE },
	{ "conversations.invite", 200, true, false, "cant_invite_self",   VERDICT_DONE },
	{ "conversations.join",   200, true, false, "already_in_channel", VERDICT_DONE },
};

/* The same words say nothing good of another method, and a word that we do not know is final. */
static const struct said REFUSED[] = {
	{ "chat.postMessage",     200, true, false, "already_pinned",     VERDICT_REFUSED },
	{ "conversations.create", 200, true, false, "already_in_channel", VERDICT_REFUSED },
	{ "conversations.create", 200, true, false, "name_taken",         VERDICT_REFUSED },
	{ "chat.postMessage",     200, true, false, "channel_not_found",  VERDICT_REFUSED },
	{ "pins.add",             200, true, false, "missing_scope",      VERDICT_REFUSED },
	{ "pins.add",             200, true, false, "a_word_of_tomorrow", VERDICT_REFUSED },
	{ "pins.add",             200, true, false, NULL,                 VERDICT_REFUSED },
};

static const struct said LATER[] = {
	{ "chat.postMessage", 429, false, false, NULL,                  VERDICT_SLOWER },
	{ "chat.postMessage", 429, true,  false, "ratelimited",         VERDICT_SLOWER },
	{ "chat.postMessage", 200, true,  false, "ratelimited",         VERDICT_SLOWER },
	{ "chat.postMessage", 200, true,  false, "rate_limited",        VERDICT_SLOWER },
	{ "chat.postMessage", 0,   false, false, NULL,                  VERDICT_WORLD },
	{ "chat.postMessage", 500, false, false, NULL,                  VERDICT_WORLD },
	{ "chat.postMessage", 503, false, false, NULL,                  VERDICT_WORLD },
	{ "chat.postMessage", 200, false, false, NULL,                  VERDICT_WORLD },
	{ "chat.postMessage", 302, false, false, NULL,                  VERDICT_WORLD },
	{ "chat.postMessage", 200, true,  false, "internal_error",      VERDICT_WORLD },
	{ "chat.postMessage", 200, true,  false, "fatal_error",         VERDICT_WORLD },
	{ "chat.postMessage", 200, true,  false, "service_unavailable", VERDICT_WORLD },
	{ "chat.postMessage", 200, true,  false, "request_timeout",     VERDICT_WORLD },
	{ "pins.add",         200, true,  false, "team_added_to_org",   VERDICT_WORLD },
	{ "auth.test",        200, true,  false, "invalid_auth",        VERDICT_CREDENTIALS },
	{ "chat.update",      200, true,  false, "token_revoked",       VERDICT_CREDENTIALS },
	{ "chat.update",      200, true,  false, "token_expired",       VERDICT_CREDENTIALS },
	{ "chat.update",      200, true,  false, "not_authed",          VERDICT_CREDENTIALS },
	{ "chat.update",      200, true,  false, "account_inactive",    VERDICT_CREDENTIALS },
	{ "chat.update",      200, true,  false, "not_allowed_token_type", VERDICT_CREDENTIALS },
};
/* clang-format on */

int main(void)
{
	check_all(DONE, sizeof(DONE) / sizeof(DONE[0]));
	check_all(REFUSED, sizeof(REFUSED) / sizeof(REFUSED[0]));
	check_all(LATER, sizeof(LATER) / sizeof(LATER[0]));
	return 0;
}

#include "trouble.h"

#include <string.h>

/* clang-format off */
static const struct { const char *error, *advice; } ADVICE[] = {
	{ "is_archived",       "unarchive it, or name another one in the settings" },
	{ "channel_not_found", "there is none of this id that the app can see: see that the id is right; into a private channel invite the app" },
	{ "missing_scope",     "install the app again, with the scopes of its manifest" },
};
/* clang-format on */

static bool is(const struct trouble *t, const char *what)
{
	return strcmp(t->what, what) == 0;
}

bool trouble_is_grave(const struct trouble *t)
{
	return is(t, TROUBLE_TOKEN) || is(t, TROUBLE_SCOPES);
}

static const char *advice_of(const struct trouble *t)
{
	for (size_t i = 0; i < sizeof(ADVICE) / sizeof(ADVICE[0]); i++)
		if (strcmp(ADVICE[i].error, t->error) == 0)
			return ADVICE[i].advice;
	return "invite the app into it";
}

void trouble_tell(struct buf *to, const struct trouble *t)
{
	if (is(t, TROUBLE_TOKEN))
		buf_printf(to,
			"slack does not accept the bot token (%s): install the app, and put its "
			"token into SLACK_BOT_TOKEN; nothing is sent with this one",
			t->error);
	else if (is(t, TROUBLE_SCOPES))
		buf_printf(to,
			"the bot token lacks scopes (%s): install the app again, with its manifest",
			t->error);
	else
		buf_printf(to, "incidents cannot be announced in channel %s (%s): %s", t->what,
			t->error, advice_of(t));
}

#include <string.h>

#include "buf.h"
#include "handler.h"
#include "store_headline.h"

/* Slack's words about a person, and ours. NULL: they are in it already. */
/* clang-format off */
static const struct { const char *error, *reason; } PERSONAL[] = {
	{ "already_in_channel",            NULL },
	{ "cant_invite_self",              NULL },
	{ "user_is_restricted",            "a guest, whom an administrator has to let in" },
	{ "ura_max_channels",              "a guest who may be in no more channels" },
	{ "cant_invite",                   "deactivated, or nobody who can be invited" },
	{ "user_not_found",                "Slack does not know who that is" },
	{ "org_user_not_in_team",          "not a member of this workspace" },
	{ "invitee_cant_see_channel",      "in no workspace that has this channel" },
	{ "no_permission",                 "I may not invite them" },
	{ "no_external_invite_permission", "from outside, and I may not invite them" },
	{ "app_cannot_join_channel",       "an app that cannot join this channel" },
};
/* clang-format on */

static bool is_personal(const char *error, const char **reason)
{
	*reason = error;
	for (size_t i = 0; error != NULL && i < sizeof(PERSONAL) / sizeof(PERSONAL[0]); i++) {
		if (strcmp(PERSONAL[i].error, error) != 0)
			continue;
		*reason = PERSONAL[i].reason;
		return true;
	}
	return false;
}

/* Who was told of before for the same reason is not told of again. */
static bool add(struct turn *t, const struct incident *i, const struct not_invited *who,
	struct buf *to, struct fail *why)
{
	const char *reason;
	bool is_new;

	(void)is_personal(who->error, &reason); /* else Slack's word is the reason */
	if (reason == NULL)
		return true;
	if (!store_invite_refused(t->store, i->id, who->user, who->error, &is_new, why))
		return false;
	if (is_new)
		buf_printf(to, "%s<@%s> (%s)",
			to->len > 0 ? ", " : "could not be invited: ", who->user, reason);
	return true;
}

static bool tell(struct turn *t, const struct incident *i, const struct not_invited *list,
	int count, struct fail *why)
{
	struct buf text = { 0 };
	bool ok = true;

	for (int n = 0; ok && n < count; n++)
		ok = add(t, i, &list[n], &text, why);
	ok = ok && (text.len == 0 || incident_note(t, i, NULL, "invite", text.text, why));
	buf_done(&text);
	return ok;
}

/*
 * The answer to conversations.invite. Who cannot be invited is told once, in the channel and on the report; the others
 * are there. A refusal that has nothing to do with who it is is a problem.
 */
bool handle_invited(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	const struct not_invited one = { a->argument, a->error };
	struct incident i;
	const char *reason;

	if (!answer_incident(t, a, &i, why))
		return false;
	if (a->not_invited_count > 0)
		return tell(t, &i, a->not_invited, a->not_invited_count, why);
	if (a->ok)
		return true;
	if (is_personal(a->error, &reason) && strchr(a->argument, ',') == NULL)
		return tell(t, &i, &one, 1, why);
	return answer_problem(t, &i, a, why);
}

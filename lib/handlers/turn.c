#include <ctype.h>
#include <string.h>

#include "handler.h"
#include "text.h"
#include "typed.h"

void turn_say(struct turn *t, struct call *c)
{
	if (t->last_call == NULL)
		t->calls = c;
	else
		t->last_call->next = c;
	t->last_call = c;
}

const char *turn_cut(struct turn *t, const char *mrkdwn, size_t most)
{
	size_t len = text_fit(mrkdwn, most);

	if (mrkdwn[len] == '\0')
		return mrkdwn;
	return arena_printf(t->arena, "%.*s\u2026", (int)text_fit(mrkdwn, most - 1), mrkdwn);
}

bool turn_meet(struct turn *t, const char *person, struct fail *why)
{
	bool is_new;

	if (person == NULL || *person == '\0')
		return true;
	if (!store_person_meet(t->store, person, &is_new, why))
		return false;
	if (is_new)
		turn_say(t, call_who_is(t->arena, person));
	return true;
}

bool turn_may_act(struct turn *t, const char *person, struct fail *why)
{
	struct person_known facts = { 0 };
	const char *self = NULL, *bot;
	bool found;

	if (!store_workspace_us(t->store, t->arena, &self, &bot, why) ||
		!store_person_facts(t->store, t->arena, person, &facts, &found, why))
		return false;
	if (self != NULL && strcmp(self, person) == 0)
		return fail_set(why, FAIL_REFUSED, "I cannot take this on: name a person.");
	/* Slack's own bot says of itself that it is none. */
	if (facts.is_bot || strcmp(person, "USLACKBOT") == 0)
		return fail_set(why, FAIL_REFUSED, "%.80s is a bot: name a person.",
			facts.name != NULL ? slack_escaped(t, facts.name) : "Slackbot");
	if (facts.deleted)
		return fail_set(why, FAIL_REFUSED,
			"%.80s is not in this workspace any more: name somebody else.",
			facts.name != NULL ? slack_escaped(t, facts.name) : person);
	return true;
}

static const char *name_of(void *ctx, const char *id)
{
	struct turn *t = ctx;
	struct fail ignored;
	const char *name = NULL;

	(void)store_name(t->store, t->arena, id, &name, &ignored); /* else the id is shown */
	return name;
}

const char *plain_text(struct turn *t, const char *mrkdwn)
{
	struct text_names names = {
		.ctx = t, .person = name_of, .group = name_of, .channel = name_of
	};
	struct buf b = { 0 };
	const char *text;

	text_typed(&b, mrkdwn, &names);
	text = arena_copy(t->arena, b.text != NULL ? b.text : "");
	buf_done(&b);
	return text;
}

const char *slack_escaped(struct turn *t, const char *plain)
{
	struct buf b = { 0 };
	const char *text;

	slack_text(&b, plain);
	text = arena_copy(t->arena, plain != NULL && b.text == NULL ? "" : b.text);
	buf_done(&b);
	return text;
}

const char *mention_of(struct arena *a, const char *text, const char **rest)
{
	size_t len;
	const char *end;

	if (strncmp(text, "<@", 2) != 0)
		return NULL;
	end = strchr(text, '>');
	len = strcspn(text + 2, "|>");
	if (end == NULL || len == 0 || (text[2] != 'U' && text[2] != 'W'))
		return NULL;
	*rest = end + 1 + typed_blanks(end + 1);
	return arena_printf(a, "%.*s", (int)len, text + 2);
}

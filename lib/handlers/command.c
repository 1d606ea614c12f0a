#include "command.h"

#include <string.h>

#include "asker.h"
#include "handler.h"
#include "verb_form.h"

/* What is repeated is last, and must not be cut off: what is before it has so many characters at most. */
enum { REFUSAL_MOST = 20000 };

/* In bytes: the link takes no longer acknowledgement than 20,000. In characters: Slack cuts off what is above 40,000. */
enum { REPLY_MOST = 19000, TOLD_MOST = 30000 };

void turn_tell(struct turn *t, const struct command *c, const char *text)
{
	const struct asker who = { .user = c->user,
		.channel = c->channel,
		.text = turn_cut(t, text, TOLD_MOST),
		.thread = c->thread,
		.respond = c->respond };
	const char *reply = reply_text(t->arena, text);

	if (c->ts == NULL && strlen(reply) <= REPLY_MOST)
		t->reply = reply;
	else
		turn_whisper(t, &who);
}

void turn_answer(struct turn *t, const struct command *c, const char *reply)
{
	const struct asker who = { .user = c->user,
		.channel = c->channel,
		.text = reply_said(t->arena, reply),
		.thread = c->thread };

	if (c->ts == NULL && strlen(reply) <= REPLY_MOST)
		t->reply = reply;
	else if (c->respond != NULL)
		turn_say_for(
			t, call_reply_respond(t->arena, reply, c->respond, c->user, false), &who);
	else
		turn_say_for(t, call_reply_whisper(t->arena, reply, c->channel, c->thread, c->user),
			&who);
}

void turn_tell_change(struct turn *t, const struct command *c, const struct incident *i,
	const char *text, const char *label, const char *fields)
{
	const char *value = arena_printf(t->arena, "%lld %s", (long long)i->id, fields);
	const char *reply = c->trigger != NULL
		? reply_button(t->arena, text, PRESS_CHANGE, label, value)
		: NULL;

	if (reply != NULL && strlen(reply) <= REPLY_MOST)
		t->reply = reply;
	else
		turn_tell(t, c, text);
}

bool turn_refuse(struct turn *t, const char *text, struct fail *why)
{
	t->refusal = text;
	return fail_set(why, FAIL_REFUSED, "%s", text);
}

/* In code nothing is shown otherwise than it was typed; but it is one line, and shows no names. */
const char *turn_sendable(struct turn *t, const struct command *c, const char *typed)
{
	const char *to = c->ts != NULL && t->self != NULL ? arena_printf(t->arena, "<@%s>", t->self)
							  : t->house->slash;
	const char *line = arena_printf(t->arena, "%s%s%s", to, *typed != '\0' ? " " : "", typed);

	return arena_printf(t->arena, strpbrk(line, "`<\r\n") != NULL ? "\n%s" : " `%s`", line);
}

void turn_tell_refusal(struct turn *t, const struct command *c, const struct fail *why)
{
	const char *text = t->refusal != NULL ? t->refusal : why->text;

	turn_tell(t, c,
		arena_printf(t->arena, "%s\nYou typed:%s", turn_cut(t, text, REFUSAL_MOST),
			turn_sendable(t, c, c->typed)));
}

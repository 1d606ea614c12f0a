#include "asker.h"

#include <string.h>

#include "handler.h"

/* USER CHANNEL and what is said, as the argument of a call: the row itself is all that is left of who asked. */
static const char *packed(struct turn *t, const struct asker *who)
{
	return arena_printf(
		t->arena, "%s %s %s", who->user, who->channel, who->text != NULL ? who->text : "");
}

struct asker asker_of(struct turn *t, const char *argument)
{
	const char *user = argument != NULL ? argument : "";
	size_t user_len = strcspn(user, " ");
	const char *channel = user + user_len + strspn(user + user_len, " ");
	size_t channel_len = strcspn(channel, " ");

	return (struct asker){
		.user = arena_printf(t->arena, "%.*s", (int)user_len, user),
		.channel = arena_printf(t->arena, "%.*s", (int)channel_len, channel),
		.text = arena_copy(t->arena, channel + channel_len + (channel[channel_len] == ' ')),
	};
}

void turn_say_for(struct turn *t, struct call *c, const struct asker *who)
{
	c->argument = packed(t, who);
	turn_say(t, c);
}

void turn_open(struct turn *t, struct call *form, const struct asker *who)
{
	turn_say_for(t, form, who);
}

void turn_whisper(struct turn *t, const struct asker *who)
{
	turn_say_for(t, call_whisper(t->arena, who->channel, NULL, who->user, who->text), who);
}

static bool is_too_late(const char *error)
{
	return error != NULL && strstr(error, "expired") != NULL;
}

/* The answer to views.open. Nobody has seen anything when it failed, and what they typed is nowhere else. */
bool handle_form_shown(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct asker who = asker_of(t, a->argument);
	const char *reason = is_too_late(a->error)
		? "The form could not be opened in time."
		: arena_printf(t->arena, "The form could not be opened: %s.",
			  a->error != NULL ? a->error : "no reason given");

	(void)why;
	if (a->ok || *who.channel == '\0')
		return true;
	who.text = *who.text == '\0'
		? arena_printf(t->arena, "%s Please try again.", reason)
		: arena_printf(t->arena, "%s Please try again, or do without it:\n%s %s", reason,
			  t->house->slash, who.text);
	turn_whisper(t, &who);
	return true;
}

/* Where we are no member nothing can be whispered: then it is said to them alone. */
bool handle_told(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	const struct asker who = asker_of(t, a->argument);

	(void)why;
	if (!a->ok && *who.user != '\0')
		turn_say(t, call_post(t->arena, who.user, NULL, who.text));
	return true;
}

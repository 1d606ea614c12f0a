#include "asker.h"

#include <string.h>

#include "handler.h"

static const char NONE[] = "-";

/* USER CHANNEL URL and what is said, as the argument of a call: the row itself is all that is left of who asked. */
static const char *packed(struct turn *t, const struct asker *who)
{
	return arena_printf(t->arena, "%s %s %s %s", who->user, who->channel,
		who->respond != NULL ? who->respond : NONE, who->text != NULL ? who->text : "");
}

/* A word of it; *rest is what follows the one blank behind it. */
static const char *word(struct turn *t, const char **rest)
{
	const char *begin = *rest;
	size_t len = strcspn(begin, " ");

	*rest = begin + len + (begin[len] == ' ');
	return arena_printf(t->arena, "%.*s", (int)len, begin);
}

struct asker asker_of(struct turn *t, const char *argument)
{
	const char *rest = argument != NULL ? argument : "";
	struct asker who = { .user = word(t, &rest) };

	who.channel = word(t, &rest);
	who.respond = word(t, &rest);
	if (strcmp(who.respond, NONE) == 0 || *who.respond == '\0')
		who.respond = NULL;
	who.text = arena_copy(t->arena, rest);
	return who;
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
	struct call *c;
	struct asker otherwise = *who;

	if (who->respond == NULL && strcmp(who->channel, who->user) == 0) {
		turn_say(t, call_post(t->arena, who->user, NULL, who->text));
		return;
	}
	c = who->respond != NULL
		? call_respond(t->arena, who->respond, who->user, who->text)
		: call_whisper(t->arena, who->channel, who->thread, who->user, who->text);
	otherwise.respond = NULL; /* where it has failed it is not tried again */
	turn_say_for(t, c, &otherwise);
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

/*
 * Where we or they are no member nothing can be whispered, and a response_url may be used up: then it is said to them
 * alone.
 */
bool handle_told(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	const struct asker who = asker_of(t, a->argument);

	(void)why;
	if (!a->ok && *who.user != '\0')
		turn_say(t, call_post(t->arena, who.user, NULL, who.text));
	return true;
}

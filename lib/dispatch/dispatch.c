#include "dispatch.h"

#include <string.h>

#include "asker.h"
#include "call_form.h"
#include "commands.h"
#include "event_place.h"
#include "mention.h"
#include "store_entry.h"
#include "store_outbox.h"

static bool post_calls(struct turn *t, struct fail *why)
{
	for (const struct call *c = t->calls; c != NULL; c = c->next) {
		struct outbox_row row = {
			.method = c->method,
			.lane = c->lane,
			.purpose = c->purpose,
			.incident = c->incident,
			.version = c->version,
			.argument = c->argument,
			.body = c->body,
		};

		if (!store_outbox_put(t->store, &row, c->replaces, c->not_after_ms, why))
			return false;
	}
	return true;
}

/* What was said after the call `last` is not said after all. */
static void take_back(struct turn *t, struct call *last)
{
	t->reply = NULL;
	t->last_call = last;
	if (last == NULL)
		t->calls = NULL;
	else
		last->next = NULL;
}

/* What failed may be a refusal only if nothing was changed before it. */
static bool may_refuse(const struct turn *t, int changes_before, struct fail *why)
{
	if (why->kind != FAIL_REFUSED)
		return false;
	return store_changes(t->store) == changes_before ||
		fail_set(why, FAIL_BROKEN, "a handler refused after it had changed something");
}

/* A refusal is said to who asked, with what they typed. */
static bool run_command(
	struct turn *t, struct command *c, const char *text, bool *refused, struct fail *why)
{
	struct call *met = t->last_call;
	int before = store_changes(t->store);

	*refused = !command_run(t, c, text, why);
	if (!*refused)
		return true;
	if (!may_refuse(t, before, why))
		return false;
	take_back(t, met);
	if (t->unknown == NULL)
		turn_tell_refusal(t, c, why);
	return true;
}

static bool run_slash(struct turn *t, const struct event *ev, bool *refused, struct fail *why)
{
	const struct slash *s = &ev->as.slash;
	struct command c = {
		.user = s->user, .channel = s->channel, .trigger = s->trigger, .respond = s->respond
	};

	return run_command(t, &c, s->text != NULL ? s->text : "", refused, why);
}

/*
 * What begins with our name is for us. What has it elsewhere, in a quotation, in code or by an edit is said to others;
 * who seems to have meant us is told how.
 */
static bool run_mention(struct turn *t, const struct event *ev, bool *refused, struct fail *why)
{
	const struct message *m = &ev->as.message;
	struct command c = {
		.user = m->user, .channel = m->channel, .ts = m->ts, .thread = m->thread
	};
	const char *said = m->text != NULL ? m->text : "", *order;

	if (m->user == NULL || m->bot != NULL || ev->self == NULL)
		return true;
	order = mention_order(said, ev->self);
	if (order == NULL || m->edited != NULL) {
		if (order != NULL || mention_seems_meant(t->arena, said, ev->self))
			turn_tell(t, &c,
				"I did nothing: I act on messages that begin with my name and, behind a blank, a "
				"verb, when they are new.");
		return true;
	}
	if (!run_command(t, &c, order, refused, why) || t->unknown != NULL)
		return t->unknown != NULL;
	turn_say(t,
		call_react(
			t->arena, m->channel, m->ts, *refused ? "question" : "white_check_mark"));
	return true;
}

static const struct route *route_find(const struct event *ev)
{
	const char *purpose = ev->kind == EVENT_ANSWER ? ev->as.answer.purpose : NULL;

	for (size_t i = 0; i < ROUTE_COUNT; i++)
		if (ROUTES[i].kind == ev->kind &&
			(ROUTES[i].purpose == NULL ||
				(purpose != NULL && strcmp(ROUTES[i].purpose, purpose) == 0)))
			return &ROUTES[i];
	return NULL;
}

/* Who did it, so that they have a name before anything they did is shown. */
static const char *actor(const struct event *ev)
{
	switch (ev->kind) {
	case EVENT_SLASH: return ev->as.slash.user;
	case EVENT_MENTION: return ev->as.message.user;
	case EVENT_PRESS: return ev->as.press.user;
	case EVENT_SUBMIT: return ev->as.submit.user;
	case EVENT_SHORTCUT: return ev->as.shortcut.user;
	case EVENT_HOME: return ev->as.home.user;
	default: return NULL;
	}
}

/* Who pressed, or chose from a message's menu; channel NULL: it was nobody in a channel. */
static struct asker who_did(const struct event *ev)
{
	const struct press *p = &ev->as.press;
	const struct shortcut *s = &ev->as.shortcut;

	if (ev->kind == EVENT_PRESS)
		return (struct asker){
			.user = p->user, .channel = p->channel, .respond = p->respond
		};
	if (ev->kind == EVENT_SHORTCUT)
		return (struct asker){
			.user = s->user, .channel = s->channel, .respond = s->respond
		};
	return (struct asker){ 0 };
}

/* Tells who asked. What was said before the refusal is not said. */
static void refuse(struct turn *t, const struct event *ev, const struct fail *why)
{
	struct asker who = who_did(ev);

	if (ev->kind == EVENT_SUBMIT)
		t->reply = reply_submit_error(t->arena, &ev->as.submit, why->text);
	who.text = why->text;
	if (who.channel != NULL)
		turn_whisper(t, &who);
}

static bool run(struct turn *t, const struct event *ev, bool *refused, struct fail *why)
{
	const struct route *r = route_find(ev);
	struct call *met = t->last_call;
	int before = store_changes(t->store);

	if (ev->kind == EVENT_MENTION)
		return handle_said(t, ev, why) && run_mention(t, ev, refused, why);
	if (ev->kind == EVENT_SLASH)
		return run_slash(t, ev, refused, why);
	if (r == NULL || r->answer(t, ev, why))
		return true;
	if (!may_refuse(t, before, why))
		return false;
	*refused = true;
	take_back(t, met);
	if (t->unknown == NULL)
		refuse(t, ev, why);
	return true;
}

const char DISPATCH_WAITS[] = "has its turn when it is known who asks";

/* Met in this turn for the first time: to be asked for once is enough. */
static bool is_asked_already(struct turn *t, const struct event *ev)
{
	for (struct call *c = t->calls; c != NULL; c = c->next)
		if (strcmp(c->purpose, "person_known") == 0 &&
			strcmp(c->argument, t->unknown) == 0) {
			c->purpose = "asker_known";
			c->argument = ev->key;
			return true;
		}
	return false;
}

static bool wait_for_asker(struct turn *t, const struct event *ev, bool *refused, struct fail *why)
{
	*refused = false;
	if (!is_asked_already(t, ev))
		turn_say(t, call_who_asks(t->arena, t->unknown, ev->key));
	return store_inbox_close(t->store, ev->key, "done", NULL, DISPATCH_WAITS, why);
}

/* It was acknowledged when it came. */
static void answer_late(struct turn *t, const struct event *was)
{
	const struct slash *s = &was->as.slash;

	if (was->kind == EVENT_SLASH && t->reply != NULL)
		turn_whisper(t,
			&(struct asker){ .user = s->user,
				.channel = s->channel,
				.respond = s->respond,
				.text = reply_said(t->arena, t->reply) });
	t->reply = NULL;
}

bool handle_asker_known(struct turn *t, const struct event *ev, struct fail *why)
{
	struct event was = { 0 };
	struct inbox_frame frame;
	bool ok, refused;

	if (!handle_person_known(t, ev, why) ||
		!store_inbox_frame(t->store, t->arena, ev->as.answer.argument, &frame, why))
		return false;
	if (frame.text == NULL)
		return true;
	if (!event_read(frame.text, strlen(frame.text), &was, why))
		return false;
	t->has_asked = true;
	t->now_us = frame.received_us; /* what it makes goes with it, also in a redaction */
	t->self = was.self;
	ok = run(t, &was, &refused, why);
	answer_late(t, &was);
	t->self = NULL;
	event_done(&was);
	return ok;
}

/* What was said before a channel got another id may be told after that: it belongs where the rest is by now. */
static bool place_event(struct store *s, struct arena *a, struct event *ev, struct fail *why)
{
	const char *was = event_place(ev), *now = was;

	if (was != NULL && !store_channel_now(s, a, was, &now, why))
		return false;
	if (now != was)
		event_place_set(ev, now);
	return true;
}

bool dispatch_turn(const struct house *house, struct store *store, struct arena *arena,
	const struct event *told, const char **reply, bool *refused, struct fail *why)
{
	struct event here = *told;
	const struct event *ev = &here;
	struct turn t = {
		.arena = arena,
		.store = store,
		.house = house,
		.slash = house->slash,
		.self = ev->self,
		.now_us = ev->received_us,
	};

	*refused = false;
	if (!place_event(store, arena, &here, why) || !turn_meet(&t, actor(ev), why) ||
		!run(&t, ev, refused, why) ||
		(t.unknown != NULL && !wait_for_asker(&t, ev, refused, why)) ||
		!post_calls(&t, why))
		return false;
	*reply = t.reply;
	return true;
}

bool dispatch_due(const struct house *house, struct store *store, const struct due *due,
	int64_t now_us, struct fail *why)
{
	struct arena *a = arena_new();
	const struct event ev = {
		.kind = EVENT_DUE, .type = "due", .received_us = now_us, .as.due = *due
	};
	const char *reply;
	bool refused, ok = dispatch_turn(house, store, a, &ev, &reply, &refused, why);

	arena_free(a);
	return ok;
}

/* Of a command it has all that was typed: to be sent again. */
static struct asker regret(struct turn *t, const struct event *ev)
{
	const struct slash *s = &ev->as.slash;
	struct command c = { 0 };
	struct asker who = who_did(ev);

	who.text =
		"Sorry, I was not able to do what you pressed in time, and did nothing. I can now: "
		"please press again.";
	if (ev->kind != EVENT_SLASH)
		return who;
	command_read(t, &c, s->text != NULL ? s->text : "");
	return (struct asker){ .user = s->user,
		.channel = s->channel,
		.respond = s->respond,
		.text = arena_printf(t->arena,
			"Sorry, I was not able to do this in time, and did nothing. I can now: please send "
			"it again.%s",
			turn_sendable(t, &c, c.typed)) };
}

bool dispatch_late(const struct house *house, struct store *store, struct arena *arena,
	const struct event *ev, const char **reply, struct fail *why)
{
	struct turn t = { .arena = arena, .store = store, .house = house };
	struct asker who = regret(&t, ev);

	*reply = NULL;
	/* With a reply on record, the same form may come again: see the desk. */
	if (ev->kind == EVENT_SUBMIT)
		*reply = reply_submit_error(
			arena, &ev->as.submit, "This came too late. Please send it again.");
	if (who.channel == NULL)
		return true;
	turn_whisper(&t, &who);
	/* Sent three times in an outage, it is answered once. */
	t.last_call->replaces = arena_printf(arena, "late %s %s", who.user,
		ev->kind == EVENT_SLASH && ev->as.slash.text != NULL ? ev->as.slash.text : "");
	return post_calls(&t, why);
}

bool dispatch_by_url(struct store *store, struct arena *arena, const struct event *ev,
	const char **reply, struct fail *why)
{
	struct turn t = { .arena = arena, .store = store };
	const struct slash *s = &ev->as.slash;

	if (ev->kind != EVENT_SLASH || s->respond == NULL || *reply == NULL)
		return true;
	turn_whisper(&t,
		&(struct asker){ .user = s->user,
			.channel = s->channel,
			.respond = s->respond,
			.text = reply_said(arena, *reply) });
	*reply = NULL;
	return post_calls(&t, why);
}

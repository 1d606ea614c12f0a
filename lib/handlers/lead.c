#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "action.h"
#include "asker.h"
#include "call_action.h"
#include "call_home.h"
#include "handler.h"
#include "remind.h"
#include "role_form.h"
#include "verb_form.h"

static bool set_lead(
	struct turn *t, struct incident *i, const char *by, const char *who, struct fail *why)
{
	struct person_known ignored;
	const char *text;
	bool known, is_new;

	if (i->lead != NULL && strcmp(i->lead, who) == 0)
		return fail_set(why, FAIL_REFUSED, "<@%.30s> leads incident %lld already.", who,
			(long long)i->id);
	if (!turn_may_act(t, who, why) ||
		!store_person_facts(t->store, t->arena, who, &ignored, &known, why))
		return false;
	/* Slack is asked below, so that we hear what it says. */
	if (!known && !store_person_meet(t->store, who, &is_new, why))
		return false;
	text = i->lead != NULL ? arena_printf(t->arena, "<@%s>, was <@%s>", who, i->lead)
			       : arena_printf(t->arena, "<@%s>", who);
	i->lead = who;
	if (i->lead_at == 0)
		i->lead_at = t->now_us;
	if (!incident_change(t, i, by, "lead", text, why))
		return false;
	if (incident_can_say(i) && strcmp(by, who) != 0)
		turn_say(t, call_invite(t->arena, i, who));
	if (!known && strcmp(by, who) != 0)
		turn_say(t, call_who_leads(t->arena, i, who));
	return true;
}

/* What was given to who can have nothing. */
static bool lose(
	struct turn *t, struct incident *i, const char *who, const char *because, struct fail *why)
{
	if (i->lead != NULL && strcmp(i->lead, who) == 0) {
		i->lead = NULL;
		if (!incident_change(
			    t, i, NULL, "lead", arena_printf(t->arena, "nobody: %s", because), why))
			return false;
	}
	return roles_lose(t, i, who, because, why);
}

/* The answer to users.info about somebody with the lead or a role of whom we knew nothing. Who cannot have it loses it. */
bool handle_lead_known(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;
	struct incident i;
	struct fail no = { 0 };

	if (!handle_person_known(t, ev, why) || !answer_incident(t, a, &i, why))
		return false;
	if (a->ok && turn_may_act(t, a->argument, &no))
		return true;
	if (!a->ok && (a->error == NULL || strcmp(a->error, "user_not_found") != 0))
		return answer_problem(t, &i, a, why);
	if (a->ok && no.kind != FAIL_REFUSED) {
		*why = no;
		return false;
	}
	return lose(t, &i, a->argument, a->ok ? no.text : "Slack does not know who that is.", why);
}

/* "me" is said by who means themselves. */
static const char *person_in(struct turn *t, const struct command *c, const char **rest)
{
	*rest = "";
	if (*c->rest == '\0' || strcasecmp(c->rest, "me") == 0)
		return c->user;
	return mention_of(t->arena, c->rest, rest);
}

/* lead @user, or nothing for oneself. What cannot be read is an error, never the caller. */
bool verb_lead(struct turn *t, const struct command *c, struct incident *i, struct fail *why)
{
	const char *rest;
	const char *who = person_in(t, c, &rest);

	if (who == NULL || *rest != '\0')
		return fail_set(why, FAIL_REFUSED,
			"`%.80s` is not a person I can read: use `%.45s lead @name`, or `lead` alone for "
			"yourself.",
			slack_escaped(t, plain_text(t, c->rest)), t->slash);
	return set_lead(t, i, c->user, who, why);
}

/* As if they had typed the verb alone, where they pressed. */
static struct command as_typed(const struct press *p)
{
	return (struct command){ .user = p->user,
		.channel = p->channel,
		.trigger = p->trigger,
		.respond = p->respond,
		.ts = "",
		.typed = "",
		.rest = "" };
}

/* "7 title" */
static bool press_change(
	struct turn *t, const struct press *p, const struct incident *i, struct fail *why)
{
	const struct command c = as_typed(p);
	const char *fields = p->value + strcspn(p->value, " ");
	bool opened = true;

	fields += strspn(fields, " ");
	if (c.trigger != NULL &&
		!verb_form(t, &c, i, *fields != '\0' ? fields : VERB_FORM_EDIT, NULL, &opened, why))
		return false;
	return opened ||
		fail_set(why, FAIL_REFUSED,
			"That is longer than a form can hold. Send it with `%.30s %.20s TEXT`.",
			t->slash, fields);
}

static bool press_verb(struct turn *t, const struct press *p, struct incident *i,
	verb_handler *verb, struct fail *why)
{
	const struct command c = as_typed(p);

	return c.trigger == NULL || verb(t, &c, i, why);
}

static bool press_reopen(
	struct turn *t, const struct press *p, struct incident *i, struct fail *why)
{
	struct command c = {
		.user = p->user, .channel = p->channel, .respond = p->respond, .rest = "by a button"
	};

	return verb_reopen(t, &c, i, why);
}

static bool press_join(
	struct turn *t, const struct press *p, const struct incident *i, struct fail *why)
{
	if (i->channel == NULL)
		return fail_set(why, FAIL_REFUSED, "Incident %lld has no channel to join%s.",
			(long long)i->id, i->report_only ? "" : " yet");
	turn_say_for(t, call_bring_in(t->arena, i, p->user),
		&(struct asker){ .user = p->user, .channel = p->channel, .respond = p->respond });
	return true;
}

static bool press_declare(struct turn *t, const struct press *p, struct fail *why)
{
	const struct command c = as_typed(p);

	return c.trigger == NULL || declare_form(t, &c, "", why);
}

/* A button of the headline or of the card. */
static bool press_own(struct turn *t, const struct press *p, struct incident *i, struct fail *why)
{
	if (strcmp(p->action, PRESS_CHANGE) == 0)
		return press_change(t, p, i, why);
	if (strcmp(p->action, "update") == 0)
		return press_verb(t, p, i, verb_update, why);
	if (strcmp(p->action, "resolve") == 0)
		return press_verb(t, p, i, verb_resolve, why);
	if (strcmp(p->action, "reopen") == 0)
		return press_reopen(t, p, i, why);
	return strcmp(p->action, "join") != 0 || press_join(t, p, i, why);
}

/* A button. The number of its incident is its value; an old button does no harm. */
bool handle_press(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct press *p = &ev->as.press;
	struct incident i;
	bool found = false;
	int64_t id = p->value != NULL ? strtoll(p->value, NULL, 10) : 0;

	if (strcmp(p->action, HOME_DECLARE) == 0)
		return press_declare(t, p, why);
	if (id <= 0)
		return true;
	if (!store_incident_get(t->store, t->arena, id, &i, &found, why))
		return false;
	if (!found)
		return fail_set(why, FAIL_REFUSED, "There is no incident %lld.", (long long)id);
	if (!turn_must_reach(t, &i, p->user, p->channel, why))
		return false;
	if (strncmp(p->action, REMIND_PREFIX, strlen(REMIND_PREFIX)) == 0)
		return remind_press(t, p, &i, why);
	if (strncmp(p->action, ACTION_PREFIX, strlen(ACTION_PREFIX)) == 0)
		return action_press(t, p, &i, why);
	if (strcmp(p->action, "lead_me") == 0)
		return set_lead(t, &i, p->user, p->user, why);
	return press_own(t, p, &i, why);
}

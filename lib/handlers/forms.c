#include "forms.h"

#include <inttypes.h>
#include <string.h>

#include "asker.h"
#include "call_action.h"
#include "declare_form.h"
#include "remind.h"
#include "text.h"

/* Who has the answer to which form. */
static const struct {
	const char *callback;
	submitted *answer;
	submitted_on *answer_on; /* instead */
} FORMS[] = {
	{ DECLARE_CALLBACK, declare_submitted, NULL },
	{ DECLARE_MESSAGE, declare_submitted, NULL },
	{ STATUS_CALLBACK, NULL, status_submitted },
	{ ACTION_NEW, action_submitted, NULL },
	{ ACTION_EDIT, action_submitted, NULL },
	{ ACTION_ASSIGN, action_submitted, NULL },
	{ ACTION_MESSAGE, action_submitted, NULL },
	{ ROLE_CALLBACK, NULL, role_submitted },
	{ VERBS_CALLBACK, NULL, verbs_submitted },
	{ REDACT_CALLBACK, redact_submitted, NULL },
	{ TIMELINE_CALLBACK, timeline_submitted, NULL },
	{ REMIND_UPDATE, NULL, remind_submitted },
	{ REMIND_RESOLVE, NULL, remind_submitted },
	{ REMIND_REPORT, NULL, remind_submitted },
};

/* "7 C1 ..." */
static const char *channel_asked_in(struct turn *t, const struct submit *s)
{
	const char *at = s->metadata + strcspn(s->metadata, " ");

	at += strspn(at, " ");
	return arena_printf(t->arena, "%.*s", (int)strcspn(at, " "), at);
}

static bool submitted_about_incident(
	struct turn *t, const struct submit *s, submitted_on *answer, struct fail *why)
{
	const char *first = s->count > 0 ? s->fields[0].block : "";
	int64_t id = submit_number(s);
	struct incident i;
	bool found = false, reaches;

	if (id > 0 && !store_incident_get(t->store, t->arena, id, &i, &found, why))
		return false;
	if (!found)
		return form_refuse(t, first, "There is no such incident any more.");
	return form_reaches(t, s, &i, channel_asked_in(t, s), first, &reaches, why) &&
		(!reaches || answer(t, s, &i, why));
}

/* Slack closes what has no answer: nothing typed is to be lost where we know no such form. */
bool handle_submit(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct submit *s = &ev->as.submit;

	for (size_t n = 0; n < sizeof(FORMS) / sizeof(FORMS[0]); n++)
		if (s->callback != NULL && strcmp(FORMS[n].callback, s->callback) == 0)
			return FORMS[n].answer != NULL
				? FORMS[n].answer(t, s, why)
				: submitted_about_incident(t, s, FORMS[n].answer_on, why);
	t->reply = reply_submit_error(t->arena, s,
		"I do not know this form any more. Please copy what you typed, and open it again.");
	return true;
}

bool form_refuse(struct turn *t, const char *field, const char *text)
{
	t->reply = reply_form_error(t->arena, field, text);
	return true;
}

bool form_refuse_for(struct turn *t, const char *field, const struct fail *no, struct fail *why)
{
	if (no->kind == FAIL_REFUSED)
		return form_refuse(t, field, no->text);
	*why = *no;
	return false;
}

bool form_reaches(struct turn *t, const struct submit *s, const struct incident *i,
	const char *channel, const char *field, bool *reaches, struct fail *why)
{
	struct fail no;

	*reaches = turn_must_reach(t, i, s->user, channel, &no);
	if (*reaches)
		return true;
	if (t->unknown != NULL)
		turn_say(t, call_who_is(t->arena, s->user));
	t->unknown = NULL;
	return form_refuse_for(t, field, &no, why);
}

void form_open(struct turn *t, const struct command *c, const struct incident *i, struct form *f,
	const char *instead)
{
	f->metadata = arena_printf(t->arena, "%" PRId64 " %s%s", i->id, c->channel,
		f->metadata != NULL ? f->metadata : "");
	turn_open(t, call_form(t->arena, c->trigger, f),
		&(struct asker){ .user = c->user,
			.channel = c->channel,
			.respond = c->respond,
			.text = instead });
}

bool form_of_message(
	struct turn *t, const struct submit *s, submitted_about *answer, struct fail *why)
{
	struct event was = { 0 };
	struct inbox_frame frame = { 0 };
	bool ok;

	if (s->metadata != NULL && !store_inbox_frame(t->store, t->arena, s->metadata, &frame, why))
		return false;
	if (frame.text == NULL)
		return fail_set(
			why, FAIL_REFUSED, "The message is not known any more: choose it again.");
	if (!event_read(frame.text, strlen(frame.text), &was, why))
		return false;
	ok = was.kind == EVENT_SHORTCUT
		? answer(t, s, &was, why)
		: fail_set(why, FAIL_BROKEN, "what a form is about is no message's shortcut");
	event_done(&was);
	return ok;
}

const char *form_text(struct turn *t, const char *mrkdwn)
{
	const char *plain = plain_text(t, mrkdwn);

	return arena_printf(t->arena, "%.*s", (int)text_fit(plain, FORM_TEXT_MOST), plain);
}

const struct choice *choices_of_levels(struct turn *t, int *count)
{
	const struct levels *l = &t->house->levels;
	struct choice *list = arena_zeroed(t->arena, sizeof(*list) * (size_t)(l->count + 1));

	for (int n = 0; n < l->count; n++)
		list[n] = (struct choice){ l->list[n].description == NULL
				? l->list[n].label
				: arena_printf(t->arena, "%s: %s", l->list[n].label,
					  l->list[n].description),
			l->list[n].id };
	*count = l->count;
	return list;
}

const struct choice *choices_of_incidents(
	struct turn *t, const struct incident *incidents, int count)
{
	struct choice *list = arena_zeroed(t->arena, sizeof(*list) * (size_t)(count + 1));

	for (int n = 0; n < count; n++) {
		list[n].value = arena_printf(t->arena, "%" PRId64, incidents[n].id);
		list[n].label = arena_printf(
			t->arena, "%s: %s", list[n].value, plain_text(t, incidents[n].title));
	}
	return list;
}

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "action.h"
#include "asker.h"
#include "call_action.h"
#include "declare_form.h"
#include "forms.h"
#include "may.h"
#include "redact.h"
#include "store_entry.h"
#include "timeline_form.h"

static const char FIELD_WHY[] = "why";

/*
 * The next incident after *out's that has the message on its record, and that this person may redact it in. A message may
 * be on several: where it was said, and where somebody put it.
 */
static bool next_incident(struct turn *t, const struct redact_which *which, const char *user,
	struct incident *out, bool *more, struct fail *no, struct fail *why)
{
	struct redactable what;
	int64_t id = out->id;
	bool found;

	for (;;) {
		if (!store_said_incident(t->store, which->channel, which->ts, id, &id, why))
			return false;
		*more = id != 0;
		if (!*more)
			return true;
		if (!store_incident_get(t->store, t->arena, id, out, &found, why) ||
			!store_redact_find(t->store, t->arena, id, which, &what, &found, why))
			return false;
		if (!found)
			continue;
		if (!may_redact(out, user, t->house->admins))
			(void)fail_set(no, FAIL_REFUSED,
				"Only who leads the incident, and administrators, may redact what was said.");
		else if (what.redacted_at == 0)
			return true;
		else
			(void)fail_set(no, FAIL_REFUSED, "This message is redacted already.");
	}
}

/* The first one, or why not. */
static bool find_incident(struct turn *t, const struct redact_which *which, const char *user,
	struct incident *out, struct fail *why)
{
	struct fail no = { 0 };
	bool found;

	*out = (struct incident){ 0 };
	if (!next_incident(t, which, user, out, &found, &no, why))
		return false;
	if (found)
		return true;
	return fail_set(why, FAIL_REFUSED, "%s",
		no.kind == FAIL_REFUSED ? no.text : "Nothing is on record of this message.");
}

static bool ask_why(struct turn *t, const struct shortcut *s, struct fail *why)
{
	const struct redact_which which = { 0, s->channel, s->message.ts };
	static const struct form_field FIELDS[] = {
		{ .id = FIELD_WHY, .label = "Why? This stays on the timeline", .kind = FIELD_LINE },
	};
	struct incident i;

	if (!find_incident(t, &which, s->user, &i, why))
		return false;
	turn_open(t,
		call_form(t->arena, s->trigger,
			&(struct form){ .callback = REDACT_CALLBACK,
				.metadata =
					arena_printf(t->arena, "%s %s", s->channel, s->message.ts),
				.title = "Redact this message",
				.submit = "Redact",
				.intro =
					"Its text, earlier texts and file names are taken out of "
					"the record for good, and what was made of it. Who said it "
					"and when stays. In Slack it stays as it is: delete it "
					"there yourself.",
				.fields = FIELDS,
				.field_count = 1 }),
		&(struct asker){ .user = s->user, .channel = s->channel, .respond = s->respond });
	return true;
}

/* An entry of ours, in Slack's menu or a message's; of other names we know nothing. */
bool handle_shortcut(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct shortcut *s = &ev->as.shortcut;

	if (s->trigger == NULL)
		return true;
	if (strcmp(s->callback, DECLARE_CALLBACK) == 0 ||
		(s->message.ts != NULL && strcmp(s->callback, DECLARE_MESSAGE) == 0))
		return declare_ask(t, ev, why);
	if (s->message.ts == NULL)
		return true;
	if (strcmp(s->callback, TIMELINE_CALLBACK) == 0)
		return timeline_ask(t, ev, why);
	if (strcmp(s->callback, ACTION_MESSAGE) == 0)
		return action_ask_of_message(t, ev, why);
	return strcmp(s->callback, REDACT_CALLBACK) != 0 || ask_why(t, s, why);
}

/* Of another's record no more is told than that it is there: it may be private. */
static const char *out_of(
	struct turn *t, const char *numbers, bool several, bool stands, bool others)
{
	return arena_printf(t->arena,
		"The message is out of the record of incident%s %s.%s Copies in what was kept of "
		"Slack's events are looked for now.%s",
		several ? "s" : "", numbers,
		stands ? " It still stands on another incident's record: who leads that one, or an "
			 "administrator, may take it out there."
		       : "",
		others ? " Others said the same, and that is still on record." : "");
}

/* Who asked is told now that it is out of the record, and again when no copy is left. */
static bool redact(struct turn *t, const char *user, struct redact_order *o, struct fail *why)
{
	struct redact_tally done;
	struct incident i;
	struct fail no;
	const char *from = NULL;
	bool more = true, several = false, others = false, stands;

	if (!find_incident(t, &o->which, user, &i, why))
		return false;
	o->asked_in = o->which.channel;
	while (more) {
		o->incident = i.id;
		if (!redact_entry(t->store, t->arena, o, &done, why))
			return false;
		others = others || *done.others != '\0';
		several = from != NULL;
		from = arena_printf(
			t->arena, "%s%s%" PRId64, several ? from : "", several ? ", " : "", i.id);
		if (!next_incident(t, &o->which, user, &i, &more, &no, why))
			return false;
	}
	if (!store_redact_stands(
		    t->store, o->incident, o->which.channel, o->which.ts, &stands, why))
		return false;
	turn_say(t,
		call_whisper(t->arena, o->which.channel, NULL, user,
			out_of(t, from, several, stands, others)));
	return true;
}

bool redact_submitted(struct turn *t, const struct submit *s, struct fail *why)
{
	char channel[40], ts[40];
	struct redact_order o = {
		.which = { 0, channel, ts },
		.how = { .by = s->user,
			.why = slack_escaped(t, submit_value(s, FIELD_WHY)),
			.at = t->now_us },
		.provenance = "shortcut",
	};
	struct fail refused;

	if (s->metadata == NULL || sscanf(s->metadata, "%39s %39s", channel, ts) != 2)
		return true;
	if (*o.how.why == '\0')
		return form_refuse(t, FIELD_WHY, "Say why.");
	return redact(t, s->user, &o, &refused) || form_refuse_for(t, FIELD_WHY, &refused, why);
}

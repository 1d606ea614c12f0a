#include "timeline_form.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "asker.h"
#include "forms.h"
#include "record.h"
#include "store_entry.h"

/* "Add to the timeline", in a message's menu: what was said elsewhere is put into an incident's record, by who chose that. */
static const char FIELD_INCIDENT[] = "incident", FIELD_NUMBER[] = "number";

/* Of more incidents than a list holds the others are named by their number. */
static struct call *form_call(
	struct turn *t, const struct event *ev, const struct choice *list, int count)
{
	bool more = count > FORM_CHOICES_MOST;
	const struct form_field fields[] = {
		{ .id = FIELD_INCIDENT,
			.label = "Incident",
			.optional = more,
			.kind = FIELD_CHOICE,
			.choices = list,
			.choice_count = count },
		{ .id = FIELD_NUMBER,
			.label = "Or its number, if it is not in the list",
			.optional = true,
			.kind = FIELD_LINE },
	};

	return call_form(t->arena, ev->as.shortcut.trigger,
		&(struct form){ .callback = TIMELINE_CALLBACK,
			.metadata = ev->key,
			.title = "Add to the timeline",
			.submit = "Add",
			.fields = fields,
			.field_count = more ? 2 : 1 });
}

bool timeline_offer(struct turn *t, const struct shortcut *s, const struct choice **list,
	int *count, struct fail *why)
{
	const struct incident *incidents;

	if (!incidents_reached(t, s->user, s->channel, &incidents, count, why))
		return false;
	if (*count == 0)
		return fail_set(why, FAIL_REFUSED,
			"No incident is open. Declare one with `%.30s declare TITLE`.",
			t->house->slash);
	*list = choices_of_incidents(t, incidents, *count);
	return true;
}

/* Other records have it no more, so none gets it. What is run again says by itself what became of it. */
bool timeline_may_put(struct turn *t, const char *channel, const char *ts, struct fail *why)
{
	bool taken_out;

	if (t->house->runs_again)
		return true;
	if (!store_said_taken_out(t->store, channel, ts, &taken_out, why))
		return false;
	return !taken_out ||
		fail_set(why, FAIL_REFUSED,
			"The text of this message was taken out of the record: nothing was added.");
}

bool timeline_ask(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct shortcut *s = &ev->as.shortcut;
	const struct choice *list = NULL;
	int64_t here;
	int count = 0;

	if (!store_incident_of_channel(t->store, s->channel, &here, why))
		return false;
	if (here != 0)
		return fail_set(why, FAIL_REFUSED,
			"This is the channel of incident %" PRId64
			": what is said here is on its timeline already.",
			here);
	if (!timeline_may_put(t, s->channel, s->message.ts, why) ||
		!timeline_offer(t, s, &list, &count, why))
		return false;
	turn_open(t, form_call(t, ev, list, count),
		&(struct asker){ .user = s->user, .channel = s->channel, .respond = s->respond });
	return true;
}

static const char *typed_number(const struct submit *s)
{
	const char *typed = submit_value(s, FIELD_NUMBER);

	return typed + strspn(typed, " \t\r\n#");
}

static const char *field_meant(const struct submit *s)
{
	return *typed_number(s) != '\0' ? FIELD_NUMBER : FIELD_INCIDENT;
}

static bool refuse(struct turn *t, const struct submit *s, const char *text)
{
	return form_refuse(t, field_meant(s), text);
}

/* "7", "#7": a number that was typed goes before what was chosen. 0: it is none. */
int64_t timeline_chosen(const struct submit *s)
{
	const char *number = typed_number(s);
	char *end;
	int64_t id;

	if (*number == '\0')
		number = submit_value(s, FIELD_INCIDENT);
	id = strtoll(number, &end, 10);
	return end[strspn(end, " \t\r\n")] == '\0' && id > 0 ? id : 0;
}

/* In the words of who said it, at the time when it was said; who chose it is who put it there. */
bool timeline_put(struct turn *t, const struct incident *i, const struct event *was,
	const struct submit *s, bool *added, struct fail *why)
{
	struct message m = was->as.shortcut.message;
	const struct sighting seen = {
		.provenance = "shortcut", .source = s->metadata, .at_us = t->now_us
	};
	enum news news;

	m.channel = was->as.shortcut.channel;
	if (!timeline_may_put(t, m.channel, m.ts, why) ||
		!record_message(t, i->id, &m, &seen, &news, why))
		return false;
	*added = news == NEWS_ALL;
	if (!*added)
		return true;
	if (incident_can_say(i))
		turn_say(t,
			call_post(t->arena, i->channel, NULL,
				arena_printf(t->arena,
					"<@%s> added to the timeline what %s said in <#%s>.",
					s->user,
					m.user != NULL ? arena_printf(t->arena, "<@%s>", m.user)
						       : "an app",
					m.channel)));
	return store_said_put_by(t->store, i->id, m.channel, m.ts, s->user, why);
}

static bool add(struct turn *t, const struct submit *s, const struct event *was, struct fail *why)
{
	struct incident i;
	bool found, may, added = false;

	if (!store_incident_get(t->store, t->arena, timeline_chosen(s), &i, &found, why))
		return false;
	if (!found || i.channel == NULL)
		return refuse(t, s, "This incident cannot be added to: choose another.");
	if (!form_reaches(t, s, &i, was->as.shortcut.channel, field_meant(s), &may, why) ||
		(may && !timeline_put(t, &i, was, s, &added, why)))
		return false;
	return added || t->reply != NULL ||
		refuse(t, s, "It is on the timeline of this incident already.");
}

bool timeline_submitted(struct turn *t, const struct submit *s, struct fail *why)
{
	return form_of_message(t, s, add, why);
}

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "buf.h"
#include "handler.h"
#include "remind.h"
#include "store_headline.h"

/* A list is to be read at a glance; with long titles it would not fit into an answer. */
enum { LISTED_TITLE_MOST = 150, LISTED_MOST = 50 };

static const char *mention(struct arena *a, const char *user)
{
	return user == NULL ? NULL : arena_printf(a, "<@%s>", user);
}

struct shown incident_shown(struct turn *t, const struct incident *i)
{
	return (struct shown){
		.incident = i,
		.lead = mention(t->arena, i->lead),
		.reporter = mention(t->arena, i->reporter),
		.slash = t->house->slash,
	};
}

void incident_set_level(struct incident *i, const struct level *l)
{
	i->severity_id = l->id;
	i->severity_label = l->label;
	i->severity_emoji = l->emoji;
	i->severity_meaning = l->description;
}

static bool same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

bool incident_has_level(const struct incident *i, const struct level *l)
{
	return same(i->severity_id, l->id) && same(i->severity_label, l->label) &&
		same(i->severity_emoji, l->emoji) && same(i->severity_meaning, l->description);
}

/* The topic does not say by when stakeholders are to hear. */
static bool show(struct turn *t, const struct incident *i, bool topic, struct fail *why)
{
	struct shown s = incident_shown(t, i);
	const struct headline *list;
	int count;

	if (!incident_headlines(t, i, &list, &count, why))
		return false;
	for (int n = 0; n < count; n++)
		turn_say(t, call_headline_update(t->arena, &s, list[n].channel, list[n].ts));
	if (!incident_can_say(i))
		return true;
	if (topic)
		turn_say(t, call_topic(t->arena, i));
	if (i->card_ts != NULL)
		turn_say(t, call_card_update(t->arena, &s));
	return true;
}

bool incident_show(struct turn *t, const struct incident *i, struct fail *why)
{
	return show(t, i, true, why);
}

bool incident_promise(struct turn *t, struct incident *i, bool *anew, struct fail *why)
{
	int64_t before = i->update_due_at;

	*anew = false;
	if (i->private)
		return true;
	if (!remind_promise(t, i, t->now_us, &i->update_due_at, why))
		return false;
	*anew = i->update_due_at != before;
	return !*anew || store_incident_save(t->store, i, why);
}

bool incident_show_promise(struct turn *t, const struct incident *i, struct fail *why)
{
	return show(t, i, false, why);
}

static bool write_down(
	struct turn *t, const struct incident *i, const struct noted *n, struct fail *why)
{
	bool by_another = n->author != NULL && n->by != NULL && strcmp(n->author, n->by) != 0;
	struct entry e = {
		.kind = n->kind,
		.said_at = t->now_us,
		.received_at = t->now_us,
		.author = { n->author != NULL ? n->author : n->by, NULL },
		.put_by = by_another ? n->by : NULL,
		.text = n->text,
		.provenance = "live",
		.made_of = n->made_of,
	};

	return store_entry_add(t->store, i->id, &e, why) &&
		turn_meet_named(t, n->text, NULL, why) &&
		webhooks_tell(t, i, n->by, n->kind, n->text, why);
}

bool incident_write_down(struct turn *t, const struct incident *i, const char *by, const char *kind,
	const char *text, struct fail *why)
{
	return write_down(t, i, &(struct noted){ by, by, kind, text, 0 }, why);
}

static void announce(struct turn *t, const struct incident *i, const char *by, const char *kind,
	const char *text)
{
	if (!incident_can_say(i))
		return;
	turn_say(t,
		call_post(t->arena, i->channel, NULL,
			by != NULL ? arena_printf(t->arena, "<@%s> *%s* %s", by, kind, text)
				   : arena_printf(t->arena, "*%s* %s", kind, text)));
}

bool incident_note(struct turn *t, const struct incident *i, const char *by, const char *kind,
	const char *text, struct fail *why)
{
	return incident_note_of(t, i, &(struct noted){ by, by, kind, text, 0 }, why) &&
		remind_follow(t, i, why);
}

bool incident_note_of(
	struct turn *t, const struct incident *i, const struct noted *n, struct fail *why)
{
	if (!write_down(t, i, n, why))
		return false;
	announce(t, i, n->by, n->kind, n->text);
	return true;
}

/* What was promised to stakeholders stays, but where it is over, goes on, or has another level. */
static bool promise(
	struct turn *t, const struct incident *before, struct incident *i, struct fail *why)
{
	if (incident_is_over(before) && !incident_is_over(i))
		return remind_promise(t, i, t->now_us, &i->update_due_at, why);
	if (incident_is_over(i) || !same(before->severity_id, i->severity_id))
		return remind_promise_anew(t, i, why);
	return true;
}

bool incident_change(struct turn *t, struct incident *i, const char *by, const char *kind,
	const char *text, struct fail *why)
{
	struct incident before;
	bool found;

	if (!store_incident_get(t->store, t->arena, i->id, &before, &found, why) ||
		(found && !promise(t, &before, i, why)) || !store_incident_save(t->store, i, why))
		return false;
	return incident_note(t, i, by, kind, text, why) && incident_show(t, i, why) &&
		(!found || incident_page(t, i, before.severity_id, why));
}

bool incident_declare(struct turn *t, struct incident *i, struct fail *why)
{
	if (i->status.id == NULL)
		i->status = *statuses_first(&t->house->levels.statuses, STATUS_OPEN);
	if (!remind_promise(t, i, t->now_us, &i->update_due_at, why) ||
		!store_incident_new(t->store, i, t->now_us, why) ||
		!incident_write_down(t, i, i->reporter, "declared",
			arena_printf(
				t->arena, "%s (%s)", i->title, slack_escaped(t, i->severity_label)),
			why) ||
		!turn_meet_named(t, i->summary, NULL, why) ||
		!turn_meet_named(t, i->impact, NULL, why))
		return false;
	if (!i->report_only && !i->adopted)
		turn_say(t, call_create_channel(t->arena, i, incident_channel(t, i, 1)));
	return incident_announce(t, i, why) && incident_page(t, i, NULL, why);
}

bool incidents_reached(struct turn *t, const char *user, const char *channel,
	const struct incident **list, int *count, struct fail *why)
{
	const struct incident *open;
	struct incident *shown;
	bool reaches;
	int all, n = 0;

	if (!store_incidents_open(t->store, t->arena, &open, &all, why))
		return false;
	shown = arena_zeroed(t->arena, sizeof(*shown) * (size_t)(all + 1));
	for (int i = 0; i < all; i++) {
		if (!turn_reaches(t, &open[i], user, channel, &reaches, why))
			return false;
		if (reaches)
			shown[n++] = open[i];
	}
	*list = shown;
	*count = n;
	return true;
}

bool incidents_as_text(
	struct turn *t, const char *user, const char *channel, const char **text, struct fail *why)
{
	const struct incident *list;
	int count;
	struct buf b = { 0 };

	if (!incidents_reached(t, user, channel, &list, &count, why))
		return false;
	buf_add(&b, count == 0 ? "No incident is open." : "Open incidents:");
	for (int n = 0; n < count && n < LISTED_MOST; n++) {
		const struct incident *i = &list[n];

		buf_printf(&b, "\n- %" PRId64 " [%s] %s%s (%s)", i->id,
			slack_escaped(t, i->severity_label), incident_mark(i),
			turn_cut(t, i->title, LISTED_TITLE_MOST),
			slack_escaped(t, i->status.label));
		if (i->channel != NULL)
			buf_printf(&b, " <#%s>", i->channel);
	}
	*text = arena_copy(t->arena, b.text);
	buf_done(&b);
	return true;
}

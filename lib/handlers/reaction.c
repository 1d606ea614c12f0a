#include <inttypes.h>
#include <string.h>

#include "buf.h"
#include "marks.h"
#include "record.h"
#include "store_action.h"

static bool is_us(const struct turn *t, const char *user)
{
	return user != NULL && t->self != NULL && strcmp(user, t->self) == 0;
}

static bool mark(struct turn *t, const struct place *p, struct fail *why)
{
	return store_said_mark(t->store, p->incident, p->entry, t->house->marks, why);
}

static bool make_action(struct turn *t, const struct place *p, struct fail *why)
{
	struct incident i;
	struct action_made made;
	bool found;

	if (t->house->action_marks == NULL || *t->house->action_marks == '\0')
		return true;
	/* Its lock keeps two actions from getting one number. */
	if (!store_incident_get(t->store, t->arena, p->incident, &i, &found, why) ||
		!store_action_of(t->store, t->arena, p->incident, p->entry, t->house->action_marks,
			&made, why))
		return false;
	return made.id == 0 ||
		incident_note_of(t, &i,
			&(struct noted){ made.said_by, made.by, "action",
				arena_printf(t->arena, "%" PRId64 ": %s", made.id, made.text), 0 },
			why);
}

static bool make_update(struct turn *t, const struct place *p, struct fail *why)
{
	struct incident i;
	struct update_made made;
	bool found, told;

	if (t->house->update_marks == NULL || *t->house->update_marks == '\0')
		return true;
	/* Its lock keeps two turns from making one each. */
	if (!store_incident_get(t->store, t->arena, p->incident, &i, &found, why) ||
		!store_update_of(t->store, t->arena, p->incident, p->entry, t->house->update_marks,
			&made, why))
		return false;
	return made.text == NULL ||
		incident_update(t, &i,
			&(struct noted){ made.said_by, made.by, "update", made.text, p->entry },
			&told, why);
}

bool record_made(struct turn *t, const struct place *p, struct fail *why)
{
	return make_action(t, p, why) && make_update(t, p, why);
}

bool record_action_follows(struct turn *t, const struct place *p, const char *by, struct fail *why)
{
	struct incident i;
	struct action_followed now;
	bool found;

	/* Whoever changes an action has its incident first. */
	if (!store_incident_get(t->store, t->arena, p->incident, &i, &found, why) ||
		!store_action_follow(t->store, t->arena, p->incident, p->entry, &now, why))
		return false;
	return now.id == 0 ||
		incident_note(t, &i, by, "action",
			arena_printf(t->arena, "%" PRId64 " reads now: %s, was %s", now.id,
				now.text, now.text_before),
			why);
}

bool record_reaction(struct turn *t, int64_t incident, const struct reaction *r,
	const struct sighting *seen, struct fail *why)
{
	struct place p = { .incident = incident };
	const struct said message = { .kind = "message", .channel = r->channel, .ts = r->ts };
	const struct given given = {
		.name = mark_name(t->arena, r->name),
		.person = r->user,
		.given = r->given,
		.at = seen->at_us,
	};

	return turn_meet(t, r->user, why) && record_learn(t, &p, &message, seen, why) &&
		store_reaction_put(t->store, incident, p.entry, &given, p.reactions_at,
			seen->provenance, why) &&
		mark(t, &p, why) && (!r->given || record_made(t, &p, why));
}

/* Slack has told of all who gave it. */
static bool is_whole(const struct message *m)
{
	for (int i = 0; i < m->reaction_count; i++)
		if (m->reactions[i].count > m->reactions[i].people_count)
			return false;
	return true;
}

static bool put_one(struct turn *t, const struct place *p, const struct message_reaction *r,
	const struct sighting *seen, struct buf *all, struct fail *why)
{
	struct given given = { mark_name(t->arena, r->name), NULL, true, record_moment(seen) };

	for (int i = 0; i < r->people_count; i++) {
		given.person = r->people[i];
		if (is_us(t, given.person))
			continue;
		buf_printf(all, "%s%s %s", all->len > 0 ? "," : "", given.name, given.person);
		if (!turn_meet(t, given.person, why) ||
			!store_reaction_put(
				t->store, p->incident, p->entry, &given, 0, seen->provenance, why))
			return false;
	}
	return true;
}

bool record_reactions_read(struct turn *t, const struct place *p, const struct message *m,
	const struct sighting *seen, struct fail *why)
{
	struct buf all = { 0 };
	bool ok = true;

	if (p->is_new && m->reaction_count == 0 && !m->pinned)
		return true;
	buf_add(&all, "");
	for (int i = 0; ok && i < m->reaction_count; i++)
		ok = put_one(t, p, &m->reactions[i], seen, &all, why);
	if (ok && is_whole(m))
		ok = store_reactions_read(t->store, p->incident, p->entry,
			&(struct given_all){
				all.text, record_moment(seen), seen->asked_at, seen->provenance },
			why);
	buf_done(&all);
	return ok && mark(t, p, why) && record_made(t, p, why);
}

/* reaction_added, reaction_removed. Those to what we say, and ours, which say that we have understood, are not kept. */
bool handle_reaction(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct reaction *r = &ev->as.reaction;
	const struct sighting seen = sighting_of(t, ev, r->at);
	int64_t incident;

	if (is_us(t, r->user) || is_us(t, r->item_user))
		return true;
	if (!store_incident_of_channel(t->store, r->channel, &incident, why))
		return false;
	return incident == 0 || record_reaction(t, incident, r, &seen, why);
}

bool record_pin(struct turn *t, int64_t incident, const struct pin *pin,
	const struct sighting *seen, struct fail *why)
{
	struct place p = { .incident = incident };
	struct said told = { .kind = "message", .channel = pin->channel, .ts = pin->ts };
	enum news news;

	told.pinned = pin->pinned;
	told.pinned_at = seen->at_us;
	if (pin->has_item && !record_message(t, incident, &pin->item, seen, &news, why))
		return false;
	return record_learn(t, &p, &told, seen, why) && mark(t, &p, why);
}

/* pin_added, pin_removed */
bool handle_pin(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct pin *pin = &ev->as.pin;
	const struct sighting seen = sighting_of(t, ev, pin->at);
	const struct us us = us_of(ev);
	int64_t incident;

	if (pin->has_item && record_is_ours(&us, &pin->item))
		return true;
	if (!store_incident_of_channel(t->store, pin->channel, &incident, why))
		return false;
	return incident == 0 ||
		(turn_meet(t, pin->user, why) && record_pin(t, incident, pin, &seen, why));
}

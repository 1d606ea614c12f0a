#include "record.h"

static bool learn_change(struct turn *t, int64_t incident, const struct change *c,
	struct sighting seen, struct fail *why)
{
	enum news news;

	if (!record_message(t, incident, &c->now, &seen, &news, why))
		return false;
	seen.before = true;
	return !c->has_before || c->before.tombstone ||
		record_message(t, incident, &c->before, &seen, &news, why);
}

/*
 * message_changed: the text that it has now, and the one that it had just before. A deleted message whose replies are
 * still there is changed into a tombstone. Records where it was put from elsewhere follow too.
 */
bool handle_changed(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct change *c = &ev->as.change;
	const struct sighting seen = sighting_of(t, ev, c->at);
	const struct us us = us_of(ev);
	int64_t id = 0;

	if (record_is_ours(&us, &c->now) || (c->has_before && record_is_ours(&us, &c->before)))
		return true;
	for (;;) {
		if (!store_said_incident(t->store, c->now.channel, c->now.ts, id, &id, why))
			return false;
		if (id == 0)
			return true;
		if (!learn_change(t, id, c, seen, why))
			return false;
	}
}

/* message_deleted */
bool handle_deleted(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct deletion *d = &ev->as.deletion;
	const struct sighting seen = sighting_of(t, ev, d->at);
	const struct message unseen = { .channel = d->channel, .ts = d->ts };
	const struct us us = us_of(ev);
	int64_t id = 0;

	if (d->has_before && record_is_ours(&us, &d->before))
		return true;
	for (;;) {
		if (!store_said_incident(t->store, d->channel, d->ts, id, &id, why))
			return false;
		if (id == 0)
			return true;
		if (!record_deletion(t, id, d->has_before ? &d->before : &unseen, &seen, why))
			return false;
	}
}

/* file_deleted; file_change, which does not say what has changed: of those that we know it is asked for. */
bool handle_file(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct file_change *f = &ev->as.file;
	const struct sighting seen = sighting_of(t, ev, f->at);
	const struct file_facts facts = {
		.id = f->id, .known_at = seen.at_us, .deleted_at = seen.at_us
	};

	bool known;

	if (f->gone)
		return store_file_put(t->store, 0, 0, &facts, why);
	if (!store_file_known(t->store, f->id, &known, why))
		return false;
	if (known)
		turn_say(t, call_which_file(t->arena, f->id));
	return true;
}

/* The answer to files.info */
bool handle_file_known(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct message_file *f = &ev->as.answer.file;
	const struct file_facts facts = { .id = f->id,
		.name = f->name,
		.permalink = f->permalink,
		.mimetype = f->mimetype,
		.bytes = f->bytes,
		.known_at = t->now_us };

	return !ev->as.answer.ok || f->id == NULL || store_file_put(t->store, 0, 0, &facts, why);
}

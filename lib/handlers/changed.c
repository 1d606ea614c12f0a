#include "record.h"

/*
 * message_changed: the text that it has now, and the one that it had just before. A deleted message whose replies are
 * still there is changed into a tombstone.
 */
bool handle_changed(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct change *c = &ev->as.change;
	struct sighting seen = sighting_of(t, ev, c->at);
	const struct us us = us_of(ev);
	int64_t incident;
	enum news news;

	if (record_is_ours(&us, &c->now) || (c->has_before && record_is_ours(&us, &c->before)))
		return true;
	if (!store_incident_of_channel(t->store, c->now.channel, &incident, why))
		return false;
	if (incident == 0)
		return true;
	if (!record_message(t, incident, &c->now, &seen, &news, why))
		return false;
	seen.before = true;
	return !c->has_before || c->before.tombstone ||
		record_message(t, incident, &c->before, &seen, &news, why);
}

/* message_deleted */
bool handle_deleted(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct deletion *d = &ev->as.deletion;
	const struct sighting seen = sighting_of(t, ev, d->at);
	const struct message unseen = { .channel = d->channel, .ts = d->ts };
	const struct us us = us_of(ev);
	int64_t incident;

	if (d->has_before && record_is_ours(&us, &d->before))
		return true;
	if (!store_incident_of_channel(t->store, d->channel, &incident, why))
		return false;
	return incident == 0 ||
		record_deletion(t, incident, d->has_before ? &d->before : &unseen, &seen, why);
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

#include <cjson/cJSON.h>

#include "decode.h"

static const char *at_of(const struct event *ev, const struct cJSON *event)
{
	const char *at = ts_of(ev->arena, json_at(event, "event_ts", NULL));

	return at != NULL ? at : ts_of(ev->arena, json_at(event, "ts", NULL));
}

bool read_mention(struct event *ev, const struct cJSON *event, struct fail *why)
{
	struct message *m = &ev->as.message;

	if (!message_read(ev->arena, event, NULL, m))
		return fail_set(why, FAIL_REFUSED, "%s: not an object", ev->type);
	return m->channel == NULL ? lacks(ev, "channel", why)
		: m->ts == NULL   ? lacks(ev, "ts", why)
				  : true;
}

/* Some leave out message.ts, some previous_message; one of them says which message it is. */
static bool read_change(struct event *ev, const struct cJSON *event, struct fail *why)
{
	struct change *c = &ev->as.change;
	const char *channel = word_of(json_at(event, "channel", NULL));

	ev->kind = EVENT_CHANGE;
	c->at = at_of(ev, event);
	c->has_before = message_read(
		ev->arena, json_at(event, "previous_message", NULL), channel, &c->before);
	if (channel == NULL)
		return lacks(ev, "channel", why);
	if (!message_read(ev->arena, json_at(event, "message", NULL), channel, &c->now))
		return lacks(ev, "message", why);
	if (c->now.ts == NULL)
		c->now.ts = c->before.ts;
	if (c->before.ts == NULL)
		c->before.ts = c->now.ts;
	return c->now.ts != NULL ? true : lacks(ev, "message.ts", why);
}

static bool read_delete(struct event *ev, const struct cJSON *event, struct fail *why)
{
	struct deletion *d = &ev->as.deletion;

	ev->kind = EVENT_DELETE;
	d->at = at_of(ev, event);
	d->channel = word_of(json_at(event, "channel", NULL));
	d->has_before = message_read(
		ev->arena, json_at(event, "previous_message", NULL), d->channel, &d->before);
	d->ts = ts_of(ev->arena, json_at(event, "deleted_ts", NULL));
	if (d->ts == NULL)
		d->ts = d->before.ts;
	if (d->before.ts == NULL)
		d->before.ts = d->ts;
	return d->channel == NULL ? lacks(ev, "channel", why)
		: d->ts == NULL   ? lacks(ev, "deleted_ts", why)
				  : true;
}

/* The parent as it is now, with one reply more; the reply comes by itself. */
static bool read_replied(struct event *ev, const struct cJSON *event, struct fail *why)
{
	const cJSON *parent = json_at(event, "message", NULL);

	if (word_of(json_at(parent, "ts", NULL)) != NULL &&
		text_of(json_at(parent, "text", NULL)) != NULL)
		return read_change(ev, event, why);
	ev->kind = EVENT_OTHER;
	return true;
}

bool read_message(struct event *ev, const struct cJSON *event, struct fail *why)
{
	const char *subtype = text_of(json_at(event, "subtype", NULL));

	if (is_word(subtype, "message_changed"))
		return read_change(ev, event, why);
	if (is_word(subtype, "message_deleted"))
		return read_delete(ev, event, why);
	if (is_word(subtype, "message_replied"))
		return read_replied(ev, event, why);
	return read_mention(ev, event, why);
}

bool read_reaction(struct event *ev, const struct cJSON *event, struct fail *why)
{
	const cJSON *item = json_at(event, "item", NULL);
	struct reaction *r = &ev->as.reaction;

	if (!is_word(text_of(json_at(item, "type", NULL)), "message")) {
		ev->kind = EVENT_OTHER;
		return true;
	}
	r->channel = word_of(json_at(item, "channel", NULL));
	r->ts = ts_of(ev->arena, json_at(item, "ts", NULL));
	r->user = word_of(json_at(event, "user", NULL));
	r->name = word_of(json_at(event, "reaction", NULL));
	r->item_user = word_of(json_at(event, "item_user", NULL));
	r->at = ts_of(ev->arena, json_at(event, "event_ts", NULL));
	r->given = is_word(ev->type, "reaction_added");
	return r->channel == NULL ? lacks(ev, "item.channel", why)
		: r->ts == NULL   ? lacks(ev, "item.ts", why)
		: r->user == NULL ? lacks(ev, "user", why)
		: r->name == NULL ? lacks(ev, "reaction", why)
				  : true;
}

bool read_pin(struct event *ev, const struct cJSON *event, struct fail *why)
{
	const cJSON *item = json_at(event, "item", NULL);
	struct pin *p = &ev->as.pin;

	if (!is_word(text_of(json_at(item, "type", NULL)), "message")) {
		ev->kind = EVENT_OTHER;
		return true;
	}
	p->channel = either(text_of(json_at(event, "channel_id", NULL)),
		text_of(json_at(item, "channel", NULL)));
	p->user = word_of(json_at(event, "user", NULL));
	p->at = ts_of(ev->arena, json_at(event, "event_ts", NULL));
	p->pinned = is_word(ev->type, "pin_added");
	p->has_item = message_read(ev->arena, json_at(item, "message", NULL), p->channel, &p->item);
	p->ts = p->item.ts;
	return p->channel == NULL ? lacks(ev, "channel_id", why)
		: p->ts == NULL   ? lacks(ev, "item.message.ts", why)
				  : true;
}

bool read_global_shortcut(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	struct shortcut *s = &ev->as.shortcut;

	s->callback = word_of(json_at(payload, "callback_id", NULL));
	s->trigger = word_of(json_at(payload, "trigger_id", NULL));
	s->user = s->channel = id_of(json_at(payload, "user", NULL));
	return s->callback == NULL ? lacks(ev, "callback_id", why)
		: s->user == NULL  ? lacks(ev, "user", why)
				   : true;
}

bool read_shortcut(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	struct shortcut *s = &ev->as.shortcut;

	s->callback = word_of(json_at(payload, "callback_id", NULL));
	s->trigger = word_of(json_at(payload, "trigger_id", NULL));
	s->respond = word_of(json_at(payload, "response_url", NULL));
	s->user = id_of(json_at(payload, "user", NULL));
	s->channel = id_of(json_at(payload, "channel", NULL));
	(void)message_read(ev->arena, json_at(payload, "message", NULL), s->channel, &s->message);
	s->message.channel = s->channel;
	if (s->message.ts == NULL)
		s->message.ts = ts_of(ev->arena, json_at(payload, "message_ts", NULL));
	return s->callback == NULL      ? lacks(ev, "callback_id", why)
		: s->user == NULL       ? lacks(ev, "user", why)
		: s->channel == NULL    ? lacks(ev, "channel", why)
		: s->message.ts == NULL ? lacks(ev, "message_ts", why)
					: true;
}

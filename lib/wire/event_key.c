#include <cjson/cJSON.h>
#include <string.h>

#include "decode.h"

/* Longer than any that Slack makes; an index of Postgres takes some 2700 bytes. */
enum { LONGEST_KEY = 1000 };

static const char *said(const char *text)
{
	return text != NULL ? text : "";
}

/* Of what has no event_id: the same text of the same message is the same event. */
static const char *message_key(
	const struct event *ev, const struct message *m, const char *at, const char *subtype)
{
	return arena_printf(ev->arena, "%s:%s:%s:%s:%s:%s", ev->type, said(ev->team),
		said(m->channel), said(m->ts), said(subtype), said(at));
}

static const char *kind_key(const struct event *ev)
{
	const struct message *m = &ev->as.message;
	const struct change *c = &ev->as.change;
	const struct deletion *d = &ev->as.deletion;
	const struct reaction *r = &ev->as.reaction;
	const struct pin *p = &ev->as.pin;

	switch (ev->kind) {
	case EVENT_MESSAGE:
	case EVENT_MENTION:
		return message_key(ev, m, m->edited != NULL ? m->edited : m->event_ts, m->subtype);
	case EVENT_CHANGE: return message_key(ev, &c->now, c->at, "changed");
	case EVENT_DELETE:
		return arena_printf(ev->arena, "%s:%s:%s:%s:deleted", ev->type, said(ev->team),
			d->channel, d->ts);
	case EVENT_REACTION:
		return arena_printf(ev->arena, "%s:%s:%s:%s:%s:%s:%s", ev->type, said(ev->team),
			r->channel, r->ts, r->user, r->name, said(r->at));
	case EVENT_PIN:
		return arena_printf(ev->arena, "%s:%s:%s:%s:%s:%s", ev->type, said(ev->team),
			p->channel, p->ts, said(p->user), said(p->at));
	default: return NULL;
	}
}

static const char *event_key(const struct event *ev, const struct cJSON *payload)
{
	const char *id = word_of(json_at(payload, "event_id", NULL));

	if (ev->kind == EVENT_LIMITED)
		return arena_printf(ev->arena, "limited:%lld", (long long)ev->as.limited.minute);
	return id != NULL ? arena_printf(ev->arena, "event:%s:%s", said(ev->team), id)
			  : kind_key(ev);
}

static const char *press_key(struct arena *arena, const char *trigger, const struct cJSON *payload)
{
	const cJSON *action = cJSON_GetArrayItem(json_at(payload, "actions", NULL), 0);
	const char *id = text_of(json_at(action, "action_id", NULL));
	const char *ts = text_of(json_at(action, "action_ts", NULL));

	if (trigger == NULL || id == NULL || ts == NULL)
		return NULL;
	return arena_printf(arena, "press:%s:%s:%s", trigger, id, ts);
}

static const char *submit_key(struct arena *arena, const struct cJSON *payload)
{
	const char *view = text_of(json_at(payload, "view", "id", NULL));
	const char *hash = text_of(json_at(payload, "view", "hash", NULL));

	if (view == NULL || hash == NULL)
		return NULL;
	return arena_printf(arena, "submit:%s:%s", view, hash);
}

static const char *interactive_key(
	struct arena *arena, const char *type, const struct cJSON *payload)
{
	const char *trigger = text_of(json_at(payload, "trigger_id", NULL));
	const char *key = NULL;

	if (strcmp(type, "block_actions") == 0)
		key = press_key(arena, trigger, payload);
	else if (strcmp(type, "view_submission") == 0)
		key = submit_key(arena, payload);
	if (key == NULL && trigger != NULL)
		key = arena_printf(arena, "interactive:%s", trigger);
	return key;
}

const char *key_of(const struct event *ev, const char *envelope_type, const struct cJSON *payload)
{
	const char *trigger = text_of(json_at(payload, "trigger_id", NULL));
	const char *key = NULL;

	if (strcmp(envelope_type, "events_api") == 0)
		key = event_key(ev, payload);
	else if (strcmp(envelope_type, "slash_commands") == 0 && trigger != NULL)
		key = arena_printf(ev->arena, "slash:%s", trigger);
	else if (strcmp(envelope_type, "interactive") == 0)
		key = interactive_key(ev->arena, ev->type, payload);
	if (key == NULL || strlen(key) > LONGEST_KEY)
		key = arena_printf(ev->arena, "envelope:%s", ev->envelope);
	return key;
}

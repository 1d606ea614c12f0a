#include <cjson/cJSON.h>
#include <string.h>

#include "decode.h"

/* Longer than any that Slack makes; an index of Postgres takes some 2700 bytes. */
enum { LONGEST_KEY = 1000 };

static const char *event_key(struct arena *arena, const char *team, const struct cJSON *payload)
{
	const char *id = text_of(json_at(payload, "event_id", NULL));
	int64_t minute;

	if (json_int(json_at(payload, "minute_rate_limited", NULL), &minute))
		return arena_printf(arena, "limited:%lld", (long long)minute);
	return id != NULL ? arena_printf(arena, "event:%s:%s", team != NULL ? team : "", id) : NULL;
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
		key = event_key(ev->arena, ev->team, payload);
	else if (strcmp(envelope_type, "slash_commands") == 0 && trigger != NULL)
		key = arena_printf(ev->arena, "slash:%s", trigger);
	else if (strcmp(envelope_type, "interactive") == 0)
		key = interactive_key(ev->arena, ev->type, payload);
	if (key == NULL || strlen(key) > LONGEST_KEY)
		key = arena_printf(ev->arena, "envelope:%s", ev->envelope);
	return key;
}

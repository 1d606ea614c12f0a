#include "event.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "mend.h"

/* Slack's are UUIDs; one that is longer than this would not fit an answer to it. */
enum { LONGEST_ENVELOPE = 200 };

/* clang-format off */
static const struct json_field HELLO[] = {
	{ "num_connections", may_int, offsetof(struct hello, connections), JSON_MAY },
};

static const struct json_field DISCONNECT[] = {
	{ "reason", may_str, offsetof(struct disconnect, reason), JSON_MAY },
};

struct shape {
	const char *type;
	enum event_kind kind;
	bool (*read)(struct event *, const struct cJSON *, struct fail *);
};

/* That it came is all there is to know. */
static bool read_nothing(struct event *ev, const struct cJSON *event, struct fail *why)
{
	(void)ev;
	(void)event;
	(void)why;
	return true;
}

static const struct shape COMMANDS[] = {
	{ "slash_commands", EVENT_SLASH, read_slash },
};
static const struct shape EVENTS[] = {
	{ "message",                 EVENT_MESSAGE,  read_message },
	{ "app_mention",             EVENT_MENTION,  read_mention },
	{ "reaction_added",          EVENT_REACTION, read_reaction },
	{ "reaction_removed",        EVENT_REACTION, read_reaction },
	{ "pin_added",               EVENT_PIN,      read_pin },
	{ "pin_removed",             EVENT_PIN,      read_pin },
	{ "file_change",             EVENT_FILE,     read_file },
	{ "file_deleted",            EVENT_FILE,     read_file },
	{ "app_home_opened",         EVENT_HOME,     read_home },
	{ "user_change",             EVENT_PERSON,   read_person_event },
	{ "team_join",               EVENT_PERSON,   read_person_event },
	{ "emoji_changed",           EVENT_EMOJI,    read_nothing },
	{ "subteam_created",         EVENT_GROUP,    read_group },
	{ "subteam_updated",         EVENT_GROUP,    read_group },
	{ "subteam_members_changed", EVENT_GROUP,    read_group },
	{ "member_joined_channel",   EVENT_CHANNEL,  read_channel },
	{ "member_left_channel",     EVENT_CHANNEL,  read_channel },
	{ "channel_left",            EVENT_CHANNEL,  read_channel },
	{ "group_left",              EVENT_CHANNEL,  read_channel },
	{ "channel_rename",          EVENT_CHANNEL,  read_channel },
	{ "group_rename",            EVENT_CHANNEL,  read_channel },
	{ "channel_archive",         EVENT_CHANNEL,  read_channel },
	{ "group_archive",           EVENT_CHANNEL,  read_channel },
	{ "channel_unarchive",       EVENT_CHANNEL,  read_channel },
	{ "group_unarchive",         EVENT_CHANNEL,  read_channel },
	{ "channel_deleted",         EVENT_CHANNEL,  read_channel },
	{ "group_deleted",           EVENT_CHANNEL,  read_channel },
	{ "channel_id_changed",      EVENT_CHANNEL,  read_channel },
	{ "channel_history_changed", EVENT_CHANNEL,  read_channel },
	{ "group_history_changed",   EVENT_CHANNEL,  read_channel },
};
/* These stand in the payload itself. */
static const struct shape NOTICES[] = {
	{ "app_rate_limited", EVENT_LIMITED, read_limited },
};
static const struct shape ACTIONS[] = {
	{ "block_actions",   EVENT_PRESS,    read_press },
	{ "view_submission", EVENT_SUBMIT,   read_submit },
	{ "message_action",  EVENT_SHORTCUT, read_shortcut },
	{ "shortcut",        EVENT_SHORTCUT, read_global_shortcut },
};
/* clang-format on */

/* What a reader had filled in before it gave up is not shown to anyone. */
static void make_unreadable(struct event *ev, const struct fail *wrong)
{
	*ev = (struct event){
		.kind = EVENT_UNREADABLE,
		.envelope = ev->envelope,
		.type = ev->type,
		.team = ev->team,
		.self = ev->self,
		.app = ev->app,
		.retry = ev->retry,
		.wrong = *wrong,
		.raw = ev->raw,
		.raw_len = ev->raw_len,
		.tree = ev->tree,
		.arena = ev->arena,
	};
}

static bool read_hello(struct event *ev, const struct cJSON *root, struct fail *why)
{
	const cJSON *debug = json_at(root, "debug_info", NULL);
	struct hello *h = &ev->as.hello;

	ev->kind = EVENT_HELLO;
	h->app = text_of(json_at(root, "connection_info", "app_id", NULL));
	h->host = text_of(json_at(debug, "host", NULL));
	(void)may_int(json_at(debug, "approximate_connection_time", NULL), &h->lifetime_s);
	return json_read(root, "hello", HELLO, COUNT(HELLO), h, why);
}

static bool read_disconnect(struct event *ev, const struct cJSON *root, struct fail *why)
{
	ev->kind = EVENT_DISCONNECT;
	return json_read(
		root, "disconnect", DISCONNECT, COUNT(DISCONNECT), &ev->as.disconnect, why);
}

/* The kinds that nobody acts on are well formed as long as they have a type. */
static bool read_shape(struct event *ev, const struct shape *shapes, size_t count,
	const struct cJSON *from, struct fail *why)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(ev->type, shapes[i].type) == 0) {
			ev->kind = shapes[i].kind;
			return shapes[i].read(ev, from, why);
		}
	}
	ev->kind = EVENT_OTHER;
	return true;
}

static bool read_events_api(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	const cJSON *event = json_at(payload, "event", NULL);
	const cJSON *bot = cJSON_GetArrayItem(json_at(payload, "authorizations", NULL), 0);
	const char *outer = text_of(json_at(payload, "type", NULL));
	const char *inner = text_of(json_at(event, "type", NULL));

	ev->self = text_of(json_at(bot, "user_id", NULL));
	if (inner == NULL && (outer == NULL || strcmp(outer, "event_callback") == 0))
		return fail_set(why, FAIL_REFUSED, "events_api: no event with a type");
	ev->type = inner != NULL ? inner : outer;
	if (inner == NULL)
		return read_shape(ev, NOTICES, COUNT(NOTICES), payload, why);
	return read_shape(ev, EVENTS, COUNT(EVENTS), event, why);
}

static bool read_interactive(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	const char *type = text_of(json_at(payload, "type", NULL));

	if (type == NULL)
		return fail_set(why, FAIL_REFUSED, "interactive: no type");
	ev->type = type;
	return read_shape(ev, ACTIONS, COUNT(ACTIONS), payload, why);
}

static bool read_payload(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	if (strcmp(ev->type, "events_api") == 0)
		return read_events_api(ev, payload, why);
	if (strcmp(ev->type, "interactive") == 0)
		return read_interactive(ev, payload, why);
	return read_shape(ev, COMMANDS, COUNT(COMMANDS), payload, why);
}

/* In organisations the team may be null: then it is the asker's. */
static const char *team_of(const struct cJSON *payload)
{
	const char *team = either(text_of(json_at(payload, "team_id", NULL)),
		text_of(json_at(payload, "team", "id", NULL)));

	return either(team, text_of(json_at(payload, "user", "team_id", NULL)));
}

static void read_envelope(struct event *ev, const char *type, const struct cJSON *root)
{
	const cJSON *payload = json_at(root, "payload", NULL);
	struct fail wrong = { 0 };

	ev->type = type;
	ev->team = team_of(payload);
	ev->app = text_of(json_at(payload, "api_app_id", NULL));
	(void)may_int(json_at(root, "retry_attempt", NULL), &ev->retry);
	if (!read_payload(ev, payload, &wrong))
		make_unreadable(ev, &wrong);
	ev->key = key_of(ev, type, payload);
}

static bool read_frame(struct event *ev, struct fail *why)
{
	const char *type = text_of(json_at(ev->tree, "type", NULL));
	const char *envelope = either(text_of(json_at(ev->tree, "envelope_id", NULL)), NULL);

	ev->type = type;
	if (envelope == NULL && type != NULL && strcmp(type, "hello") == 0)
		return read_hello(ev, ev->tree, why);
	if (envelope == NULL && type != NULL && strcmp(type, "disconnect") == 0)
		return read_disconnect(ev, ev->tree, why);
	if (type == NULL || envelope == NULL)
		return fail_set(why, FAIL_REFUSED, "frame has no type or no envelope_id");
	if (strlen(envelope) > LONGEST_ENVELOPE)
		return fail_set(why, FAIL_REFUSED, "envelope_id of %zu bytes", strlen(envelope));
	ev->envelope = envelope;
	read_envelope(ev, type, ev->tree);
	return true;
}

bool event_read(const char *frame, size_t len, struct event *ev, struct fail *why)
{
	struct event read = { 0 };
	struct buf raw = { 0 };
	bool understood;

	mend(&raw, frame, len);
	read.raw = raw.text;
	read.raw_len = raw.len;
	read.arena = arena_new();
	read.tree = json_tree(raw.text, raw.len);
	if (read.tree == NULL)
		understood = fail_set(why, FAIL_REFUSED, "frame of %zu bytes is not JSON", len);
	else
		understood = read_frame(&read, why);
	if (!understood) {
		event_done(&read);
		return false;
	}
	*ev = read;
	return true;
}

void event_done(struct event *ev)
{
	if (ev == NULL)
		return;
	cJSON_Delete(ev->tree);
	arena_free(ev->arena);
	free(ev->raw);
	*ev = (struct event){ 0 };
}

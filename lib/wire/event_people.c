#include <cjson/cJSON.h>
#include <string.h>

#include "decode.h"

/* clang-format off */
static const struct json_field MESSAGE[] = {
	{ "channel",      json_str, offsetof(struct message, channel),      JSON_MUST },
	{ "ts",           json_str, offsetof(struct message, ts),           JSON_MUST },
	{ "subtype",      may_str,  offsetof(struct message, subtype),      JSON_MAY },
	{ "user",         may_str,  offsetof(struct message, user),         JSON_MAY },
	{ "bot_id",       may_str,  offsetof(struct message, bot),          JSON_MAY },
	{ "username",     may_str,  offsetof(struct message, bot_name),     JSON_MAY },
	{ "app_id",       may_str,  offsetof(struct message, app),          JSON_MAY },
	{ "text",         may_str,  offsetof(struct message, text),         JSON_MAY },
	{ "thread_ts",    may_str,  offsetof(struct message, thread),       JSON_MAY },
	{ "event_ts",     may_str,  offsetof(struct message, event_ts),     JSON_MAY },
	{ "channel_type", may_str,  offsetof(struct message, channel_type), JSON_MAY },
	{ "hidden",       may_bool, offsetof(struct message, hidden),       JSON_MAY },
};

static const struct json_field PERSON[] = {
	{ "id",                  json_str, offsetof(struct known_person, id),           JSON_MUST },
	{ "team_id",             may_str,  offsetof(struct known_person, team),         JSON_MAY },
	{ "name",                may_str,  offsetof(struct known_person, name),         JSON_MAY },
	{ "real_name",           may_str,  offsetof(struct known_person, real_name),    JSON_MAY },
	{ "is_bot",              may_bool, offsetof(struct known_person, is_bot),       JSON_MAY },
	{ "deleted",             may_bool, offsetof(struct known_person, deleted),      JSON_MAY },
	{ "is_restricted",       may_bool, offsetof(struct known_person, restricted),   JSON_MAY },
};

static const char *const HIDDEN_SUBTYPES[] = { "message_changed", "message_deleted", "message_replied" };
/* clang-format on */

static bool is_hidden(const char *subtype)
{
	for (size_t i = 0; subtype != NULL && i < COUNT(HIDDEN_SUBTYPES); i++) {
		if (strcmp(subtype, HIDDEN_SUBTYPES[i]) == 0)
			return true;
	}
	return false;
}

bool read_message(struct event *ev, const struct cJSON *event, struct fail *why)
{
	const cJSON *profile = json_at(event, "bot_profile", NULL);
	struct message *m = &ev->as.message;

	if (!json_read(event, ev->type, MESSAGE, COUNT(MESSAGE), m, why))
		return false;
	m->app = either(m->app, text_of(json_at(profile, "app_id", NULL)));
	m->bot = either(m->bot, text_of(json_at(profile, "id", NULL)));
	m->bot_name = either(m->bot_name, text_of(json_at(profile, "name", NULL)));
	m->hidden = m->hidden || is_hidden(m->subtype);
	return true;
}

bool read_person(const struct cJSON *user, struct known_person *out, struct fail *why)
{
	const cJSON *profile = json_at(user, "profile", NULL);
	struct known_person p = { 0 };

	if (!json_read(user, "user", PERSON, COUNT(PERSON), &p, why))
		return false;
	p.real_name = either(p.real_name, text_of(json_at(profile, "real_name", NULL)));
	p.display_name = either(text_of(json_at(profile, "display_name", NULL)), p.real_name);
	p.display_name = either(p.display_name, p.name);
	p.restricted = p.restricted || cJSON_IsTrue(json_at(user, "is_ultra_restricted", NULL));
	*out = p;
	return true;
}

bool read_person_event(struct event *ev, const struct cJSON *event, struct fail *why)
{
	return read_person(json_at(event, "user", NULL), &ev->as.person, why);
}

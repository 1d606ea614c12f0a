#include <cjson/cJSON.h>

#include "decode.h"

/* clang-format off */
static const struct json_field PERSON[] = {
	{ "id",                  json_str, offsetof(struct known_person, id),           JSON_MUST },
	{ "team_id",             may_str,  offsetof(struct known_person, team),         JSON_MAY },
	{ "name",                may_str,  offsetof(struct known_person, name),         JSON_MAY },
	{ "real_name",           may_str,  offsetof(struct known_person, real_name),    JSON_MAY },
	{ "is_bot",              may_bool, offsetof(struct known_person, is_bot),       JSON_MAY },
	{ "deleted",             may_bool, offsetof(struct known_person, deleted),      JSON_MAY },
	{ "is_restricted",       may_bool, offsetof(struct known_person, restricted),   JSON_MAY },
	{ "is_stranger",         may_bool, offsetof(struct known_person, is_stranger),  JSON_MAY },
};

/* clang-format on */

bool read_person(const struct cJSON *user, struct known_person *out, struct fail *why)
{
	const cJSON *profile = json_at(user, "profile", NULL);
	struct known_person p = { 0 };

	if (!json_read(user, "user", PERSON, COUNT(PERSON), &p, why))
		return false;
	p.real_name = either(p.real_name, text_of(json_at(profile, "real_name", NULL)));
	p.display_name = either(text_of(json_at(profile, "display_name", NULL)), p.real_name);
	p.display_name = either(p.display_name, p.name);
	p.enterprise = text_of(json_at(user, "enterprise_user", "enterprise_id", NULL));
	p.restricted = p.restricted || cJSON_IsTrue(json_at(user, "is_ultra_restricted", NULL));
	*out = p;
	return true;
}

bool read_person_event(struct event *ev, const struct cJSON *event, struct fail *why)
{
	return read_person(json_at(event, "user", NULL), &ev->as.person, why);
}

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"

/* clang-format off */
/* What follows "channel_", "group_" or "member_". */
static const struct { const char *type; enum channel_happening what; } HAPPENINGS[] = {
	{ "joined_channel",  CHANNEL_MEMBER_JOINED },
	{ "left_channel",    CHANNEL_MEMBER_LEFT },
	{ "left",            CHANNEL_LEFT },
	{ "rename",          CHANNEL_RENAMED },
	{ "archive",         CHANNEL_ARCHIVED },
	{ "unarchive",       CHANNEL_UNARCHIVED },
	{ "deleted",         CHANNEL_DELETED },
	{ "id_changed",      CHANNEL_MOVED },
	{ "history_changed", CHANNEL_REWRITTEN },
};

static const struct json_field GROUP[] = {
	{ "id",     json_str, offsetof(struct known_group, id),     JSON_MUST },
	{ "handle", may_str,  offsetof(struct known_group, handle), JSON_MAY },
	{ "name",   may_str,  offsetof(struct known_group, name),   JSON_MAY },
};

static const struct json_field LIMITED[] = {
	{ "minute_rate_limited", json_int, offsetof(struct limited, minute), JSON_MUST },
};
/* clang-format on */

static enum channel_happening happening_of(const char *type)
{
	const char *what = strchr(type, '_') + 1;

	for (size_t i = 0; i < COUNT(HAPPENINGS); i++)
		if (strcmp(HAPPENINGS[i].type, what) == 0)
			return HAPPENINGS[i].what;
	abort();
}

bool read_channel(struct event *ev, const struct cJSON *event, struct fail *why)
{
	const cJSON *channel = json_at(event, "channel", NULL);
	struct channel_change *c = &ev->as.channel;
	bool of_member;

	c->what = happening_of(ev->type);
	of_member = c->what == CHANNEL_MEMBER_JOINED || c->what == CHANNEL_MEMBER_LEFT;
	c->channel = either(id_of(channel), text_of(json_at(event, "old_channel_id", NULL)));
	c->new_channel = word_of(json_at(event, "new_channel_id", NULL));
	c->name = word_of(json_at(channel, "name", NULL));
	c->user = either(
		text_of(json_at(event, "user", NULL)), text_of(json_at(event, "actor_id", NULL)));
	c->at = ts_of(ev->arena, json_at(event, "event_ts", NULL));
	if (c->channel == NULL && c->what != CHANNEL_REWRITTEN)
		return lacks(ev, "channel", why);
	if (c->user == NULL && of_member)
		return lacks(ev, "user", why);
	if (c->name == NULL && c->what == CHANNEL_RENAMED)
		return lacks(ev, "channel.name", why);
	if (c->new_channel == NULL && c->what == CHANNEL_MOVED)
		return lacks(ev, "new_channel_id", why);
	return true;
}

bool read_file(struct event *ev, const struct cJSON *event, struct fail *why)
{
	struct file_change *f = &ev->as.file;

	f->id = either(
		text_of(json_at(event, "file_id", NULL)), id_of(json_at(event, "file", NULL)));
	f->at = ts_of(ev->arena, json_at(event, "event_ts", NULL));
	f->gone = is_word(ev->type, "file_deleted");
	return f->id != NULL ? true : lacks(ev, "file_id", why);
}

bool group_read(const struct cJSON *from, struct known_group *out)
{
	struct known_group group = { 0 };
	struct fail no_id;

	if (!json_read(from, "usergroup", GROUP, COUNT(GROUP), &group, &no_id))
		return false;
	*out = group;
	return true;
}

bool read_group(struct event *ev, const struct cJSON *event, struct fail *why)
{
	struct group_change *g = &ev->as.group;

	g->at = ts_of(ev->arena, json_at(event, "event_ts", NULL));
	if (group_read(json_at(event, "subteam", NULL), &g->group))
		return true;
	g->group.id = word_of(json_at(event, "subteam_id", NULL));
	return g->group.id != NULL ? true : lacks(ev, "subteam_id", why);
}

bool read_limited(struct event *ev, const struct cJSON *payload, struct fail *why)
{
	return json_read(payload, ev->type, LIMITED, COUNT(LIMITED), &ev->as.limited, why);
}

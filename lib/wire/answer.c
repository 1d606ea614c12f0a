#include "answer.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "mend.h"

/* clang-format off */
static const struct json_field ANSWER[] = {
	{ "ok",         json_bool, offsetof(struct answer, ok),       JSON_MUST },
	{ "error",      may_str,   offsetof(struct answer, error),    JSON_MAY },
	{ "needed",     may_str,   offsetof(struct answer, needed),   JSON_MAY },
	{ "message_ts", may_str,   offsetof(struct answer, ts),       JSON_MAY }, /* chat.postEphemeral */
	{ "ts",         may_str,   offsetof(struct answer, ts),       JSON_MAY },
	{ "user_id",    may_str,   offsetof(struct answer, user),     JSON_MAY },
	{ "user",       may_str,   offsetof(struct answer, user_name), JSON_MAY }, /* auth.test; elsewhere no text */
	{ "team_id",    may_str,   offsetof(struct answer, team),     JSON_MAY },
	{ "url",        may_str,   offsetof(struct answer, url),      JSON_MAY },
	{ "enterprise_id", may_str, offsetof(struct answer, enterprise), JSON_MAY },
	{ "bot_id",     may_str,   offsetof(struct answer, bot),      JSON_MAY },
	{ "is_limited", may_bool,  offsetof(struct answer, limited),  JSON_MAY },
	{ "has_more",   may_bool,  offsetof(struct answer, has_more), JSON_MAY },
};
static const struct json_field CHANNEL[] = {
	{ "is_private",  may_bool, offsetof(struct known_channel, is_private),  JSON_MAY },
	{ "is_archived", may_bool, offsetof(struct known_channel, is_archived), JSON_MAY },
	{ "is_member",   may_bool, offsetof(struct known_channel, is_member),   JSON_MAY },
	{ "is_ext_shared", may_bool, offsetof(struct known_channel, is_shared), JSON_MAY },
};
/* clang-format on */

static bool names_row(const struct cJSON *message, const char *row)
{
	const cJSON *metadata = json_at(message, "metadata", NULL);
	const cJSON *named = json_at(metadata, "event_payload", "row", NULL);
	const char *type = text_of(json_at(metadata, "event_type", NULL));
	char number[32];
	int64_t id;

	if (type == NULL || strcmp(type, "incidentd") != 0)
		return false;
	if (json_int(named, &id)) {
		(void)snprintf(number, sizeof(number), "%lld", (long long)id); /* 20 at most */
		return strcmp(number, row) == 0;
	}
	return text_of(named) != NULL && strcmp(text_of(named), row) == 0;
}

static const char *find_message(const struct cJSON *messages, const char *row)
{
	const cJSON *message;

	cJSON_ArrayForEach(message, messages)
	{
		if (names_row(message, row))
			return text_of(json_at(message, "ts", NULL));
	}
	return NULL;
}

static void find_channel(const struct cJSON *channels, const char *wanted, struct answer *a)
{
	const cJSON *channel;

	cJSON_ArrayForEach(channel, channels)
	{
		const char *name = text_of(json_at(channel, "name", NULL));

		if (name == NULL || strcmp(name, wanted) != 0)
			continue;
		a->found_channel = text_of(json_at(channel, "id", NULL));
		a->found_creator = text_of(json_at(channel, "creator", NULL));
		(void)may_int(json_at(channel, "created", NULL), &a->found_created_s); /* or 0 */
		return;
	}
}

/* What has no ts is not a message that could be found again. */
static void read_messages(struct arena *arena, const struct cJSON *list, struct answer *a)
{
	struct message *messages;
	const cJSON *item;

	if (!cJSON_IsArray(list))
		return;
	messages = arena_zeroed(arena, (size_t)cJSON_GetArraySize(list) * sizeof(*messages));
	cJSON_ArrayForEach(item, list)
	{
		struct message m;

		if (!message_read(arena, item, NULL, &m) || m.ts == NULL)
			continue;
		message_keep(arena, &m);
		messages[a->message_count++] = m;
	}
	a->messages = messages;
}

static void read_groups(struct arena *arena, const struct cJSON *list, struct answer *a)
{
	struct known_group *groups;
	const cJSON *item;

	if (!cJSON_IsArray(list))
		return;
	groups = arena_zeroed(arena, (size_t)cJSON_GetArraySize(list) * sizeof(*groups));
	cJSON_ArrayForEach(item, list)
	{
		struct known_group g;

		if (!group_read(item, &g))
			continue;
		groups[a->group_count++] = (struct known_group){
			.id = arena_copy(arena, g.id),
			.handle = arena_copy(arena, g.handle),
			.name = arena_copy(arena, g.name),
		};
	}
	a->groups = groups;
}

static void read_not_invited(struct arena *arena, const struct cJSON *list, struct answer *a)
{
	struct not_invited *found;
	const cJSON *item;

	if (!cJSON_IsArray(list))
		return;
	found = arena_zeroed(arena, (size_t)cJSON_GetArraySize(list) * sizeof(*found));
	cJSON_ArrayForEach(item, list)
	{
		const char *user = text_of(json_at(item, "user", NULL));
		const char *error = text_of(json_at(item, "error", NULL));

		if (user != NULL && error != NULL)
			found[a->not_invited_count++] =
				(struct not_invited){ arena_copy(arena, user),
					arena_copy(arena, error) };
	}
	a->not_invited = found;
}

static int by_name(const void *a, const void *b)
{
	const struct known_emoji *one = a, *other = b;

	return strcmp(one->name, other->name);
}

/* Those that are pictures have no text but their name. */
static void read_emoji(struct arena *arena, const struct cJSON *list, struct answer *a)
{
	static const char ALIAS[] = "alias:";
	struct known_emoji *found;
	const cJSON *item;

	if (!cJSON_IsObject(list))
		return;
	found = arena_zeroed(arena, (size_t)cJSON_GetArraySize(list) * sizeof(*found) + 1);
	cJSON_ArrayForEach(item, list)
	{
		const char *value = text_of(item);

		if (value != NULL && strncmp(value, ALIAS, strlen(ALIAS)) == 0)
			found[a->emoji_count++] = (struct known_emoji){
				.name = arena_copy(arena, item->string),
				.alias = arena_copy(arena, value + strlen(ALIAS)),
			};
	}
	qsort(found, (size_t)a->emoji_count, sizeof(*found), by_name);
	a->emoji = found;
}

/* users.info, or bots.info: a bot has an id of its own, a name, and little else. */
static void read_known(const struct cJSON *root, struct known_person *p)
{
	const cJSON *bot = json_at(root, "bot", NULL);
	struct fail none;

	if (read_person(json_at(root, "user", NULL), p, &none) || !read_person(bot, p, &none))
		return;
	p->is_bot = true;
}

static const char *const *copy_users(struct arena *arena, const struct cJSON *users)
{
	const char **list =
		arena_zeroed(arena, sizeof(*list) * ((size_t)cJSON_GetArraySize(users) + 1));
	const cJSON *user;
	int count = 0;

	cJSON_ArrayForEach(user, users)
	{
		if (text_of(user) != NULL)
			list[count++] = arena_copy(arena, text_of(user));
	}
	return list;
}

static bool read_body(struct arena *arena, const struct cJSON *root, const char *look_for,
	struct answer *a, struct fail *why)
{
	const cJSON *channel = json_at(root, "channel", NULL);
	struct fail no_channel;

	if (!json_read(root, "answer", ANSWER, COUNT(ANSWER), a, why)) {
		why->kind = FAIL_LATER;
		return false;
	}
	a->channel = either(text_of(channel), text_of(json_at(channel, "id", NULL)));
	a->channel_name = text_of(json_at(channel, "name", NULL));
	a->cursor = either(text_of(json_at(root, "response_metadata", "next_cursor", NULL)), NULL);
	(void)json_read(
		channel, "channel", CHANNEL, COUNT(CHANNEL), &a->about, &no_channel); /* or none */
	read_known(root, &a->person);
	(void)file_read(json_at(root, "file", NULL), &a->file); /* or none */
	read_messages(arena, json_at(root, "messages", NULL), a);
	read_groups(arena, json_at(root, "usergroups", NULL), a);
	read_not_invited(arena, json_at(root, "errors", NULL), a);
	read_emoji(arena, json_at(root, "emoji", NULL), a);
	if (look_for != NULL) {
		a->found_ts = find_message(json_at(root, "messages", NULL), look_for);
		find_channel(json_at(root, "channels", NULL), look_for, a);
	}
	return true;
}

static void copy_out(struct arena *arena, const struct answer *read, struct answer *out)
{
	out->ok = read->ok;
	out->error = arena_copy(arena, read->error);
	out->needed = arena_copy(arena, read->needed);
	out->ts = arena_copy(arena, read->ts);
	out->channel = arena_copy(arena, read->channel);
	out->channel_name = arena_copy(arena, read->channel_name);
	out->user = arena_copy(arena, read->user);
	out->user_name = arena_copy(arena, read->user_name);
	out->team = arena_copy(arena, read->team);
	out->url = arena_copy(arena, read->url);
	out->enterprise = arena_copy(arena, read->enterprise);
	out->bot = arena_copy(arena, read->bot);
	out->cursor = arena_copy(arena, read->cursor);
	out->found_ts = arena_copy(arena, read->found_ts);
	out->found_channel = arena_copy(arena, read->found_channel);
	out->found_creator = arena_copy(arena, read->found_creator);
	out->found_created_s = read->found_created_s;
	out->about = read->about;
	out->messages = read->messages;
	out->message_count = read->message_count;
	out->has_more = read->has_more;
	out->limited = read->limited;
	out->groups = read->groups;
	out->group_count = read->group_count;
	out->not_invited = read->not_invited;
	out->not_invited_count = read->not_invited_count;
	out->emoji = read->emoji;
	out->emoji_count = read->emoji_count;
	out->file = read->file;
	file_keep(arena, &out->file);
	out->person = read->person;
	out->person.id = arena_copy(arena, read->person.id);
	out->person.team = arena_copy(arena, read->person.team);
	out->person.enterprise = arena_copy(arena, read->person.enterprise);
	out->person.name = arena_copy(arena, read->person.name);
	out->person.real_name = arena_copy(arena, read->person.real_name);
	out->person.display_name = arena_copy(arena, read->person.display_name);
}

bool answer_read(const char *body, const char *look_for, struct arena *arena, struct answer *out,
	struct fail *why)
{
	struct answer read = { 0 };
	struct buf mended = { 0 };
	cJSON *root;
	bool understood;

	mend(&mended, body, strlen(body));
	root = json_tree(mended.text, mended.len);
	if (root == NULL)
		understood =
			fail_set(why, FAIL_LATER, "answer of %zu bytes is not JSON", strlen(body));
	else
		understood = read_body(arena, root, look_for, &read, why);
	if (understood) {
		copy_out(arena, &read, out);
		out->users = copy_users(arena, json_at(root, "users", NULL));
	}
	cJSON_Delete(root);
	buf_done(&mended);
	return understood;
}

const char *answer_keepable(struct arena *arena, const char *body)
{
	struct buf mended = { 0 };
	const char *text;

	mend(&mended, body, strlen(body));
	text = arena_copy(arena, mended.text != NULL ? mended.text : "");
	buf_done(&mended);
	return text;
}

#include "message.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "decode.h"

/* Blocks and attachments of one message; Slack's own limits allow for less. */
enum { LARGEST_RICH = 256 * 1024 };

/* clang-format off */
static const struct json_field MESSAGE[] = {
	{ "subtype",      may_str, offsetof(struct message, subtype),      JSON_MAY },
	{ "user",         may_str, offsetof(struct message, user),         JSON_MAY },
	{ "bot_id",       may_str, offsetof(struct message, bot),          JSON_MAY },
	{ "username",     may_str, offsetof(struct message, bot_name),     JSON_MAY },
	{ "app_id",       may_str, offsetof(struct message, app),          JSON_MAY },
	{ "text",         may_str, offsetof(struct message, text),         JSON_MAY },
	{ "channel_type", may_str, offsetof(struct message, channel_type), JSON_MAY },
	{ "reply_count",  may_int, offsetof(struct message, replies),      JSON_MAY },
};
static const struct json_field MESSAGE_FILE[] = {
	{ "id",        json_str, offsetof(struct message_file, id),        JSON_MUST },
	{ "title",     may_str,  offsetof(struct message_file, name),      JSON_MAY },
	{ "name",      may_str,  offsetof(struct message_file, name),      JSON_MAY },
	{ "permalink", may_str,  offsetof(struct message_file, permalink), JSON_MAY },
	{ "mimetype",  may_str,  offsetof(struct message_file, mimetype),  JSON_MAY },
	{ "size",      may_int,  offsetof(struct message_file, bytes),     JSON_MAY },
};
static const struct json_field MESSAGE_REACTION[] = {
	{ "name",  json_str, offsetof(struct message_reaction, name),  JSON_MUST },
	{ "count", may_int,  offsetof(struct message_reaction, count), JSON_MAY },
};

/* All strings of a message that are the tree's. */
static const size_t STRINGS[] = {
	offsetof(struct message, subtype), offsetof(struct message, channel), offsetof(struct message, ts),
	offsetof(struct message, thread), offsetof(struct message, user), offsetof(struct message, bot),
	offsetof(struct message, bot_name), offsetof(struct message, app), offsetof(struct message, team),
	offsetof(struct message, text), offsetof(struct message, edited), offsetof(struct message, edited_by),
	offsetof(struct message, event_ts), offsetof(struct message, channel_type),
	offsetof(struct message, latest_reply),
};
/* clang-format on */

static const cJSON *filled_list(const struct cJSON *from, const char *name)
{
	const cJSON *list = json_at(from, name, NULL);

	return cJSON_IsArray(list) && list->child != NULL ? list : NULL;
}

static const char *rich_of(struct arena *arena, const struct cJSON *from)
{
	static const char *const PARTS[] = { "blocks", "attachments" };
	cJSON *both = cJSON_CreateObject();
	const char *rich = NULL;
	char *printed = NULL;

	for (size_t i = 0; i < COUNT(PARTS); i++) {
		const cJSON *part = filled_list(from, PARTS[i]);

		if (part !=
			NULL) /* the reference takes a part that is not const, and leaves it as it is */
			cJSON_AddItemReferenceToObject(both, PARTS[i], (cJSON *)part);
	}
	if (both != NULL && both->child != NULL)
		printed = cJSON_PrintUnformatted(both);
	if (printed != NULL && strlen(printed) <= LARGEST_RICH)
		rich = arena_copy(arena, printed);
	cJSON_free(printed);
	cJSON_Delete(both);
	return rich;
}

bool file_read(const struct cJSON *from, struct message_file *out)
{
	struct message_file file = { 0 };
	struct fail no_id;

	if (!json_read(from, "file", MESSAGE_FILE, COUNT(MESSAGE_FILE), &file, &no_id))
		return false;
	file.gone = is_word(text_of(json_at(from, "mode", NULL)), "tombstone");
	*out = file;
	return true;
}

static void read_files(struct arena *arena, const struct cJSON *list, struct message *m)
{
	struct message_file *files;
	const cJSON *item;

	if (list == NULL)
		return;
	files = arena_zeroed(arena, (size_t)cJSON_GetArraySize(list) * sizeof(*files));
	cJSON_ArrayForEach(item, list)
	{
		if (file_read(item, &files[m->file_count]))
			m->file_count++;
	}
	m->files = files;
}

static void read_people(struct arena *arena, const struct cJSON *list, struct message_reaction *r)
{
	const char **people;
	const cJSON *item;

	if (list == NULL)
		return;
	people = arena_zeroed(arena, (size_t)cJSON_GetArraySize(list) * sizeof(*people));
	cJSON_ArrayForEach(item, list)
	{
		if (word_of(item) != NULL)
			people[r->people_count++] = word_of(item);
	}
	r->people = people;
}

static void read_reactions(struct arena *arena, const struct cJSON *list, struct message *m)
{
	struct message_reaction *reactions;
	const cJSON *item;
	struct fail no_name;

	if (list == NULL)
		return;
	reactions = arena_zeroed(arena, (size_t)cJSON_GetArraySize(list) * sizeof(*reactions));
	cJSON_ArrayForEach(item, list)
	{
		struct message_reaction r = { 0 };

		if (!json_read(item, "reaction", MESSAGE_REACTION, COUNT(MESSAGE_REACTION), &r,
			    &no_name))
			continue;
		read_people(arena, filled_list(item, "users"), &r);
		if (r.count < r.people_count)
			r.count = r.people_count;
		reactions[m->reaction_count++] = r;
	}
	m->reactions = reactions;
}

static bool is_pinned_to(const struct cJSON *channels, const char *channel)
{
	const cJSON *item;

	if (channels == NULL || channel == NULL)
		return channels != NULL;
	cJSON_ArrayForEach(item, channels)
	{
		if (is_word(text_of(item), channel))
			return true;
	}
	return false;
}

static void read_times(struct arena *arena, const struct cJSON *from, struct message *m)
{
	m->ts = ts_of(arena, json_at(from, "ts", NULL));
	m->thread = ts_of(arena, json_at(from, "thread_ts", NULL));
	m->event_ts = ts_of(arena, json_at(from, "event_ts", NULL));
	m->latest_reply = ts_of(arena, json_at(from, "latest_reply", NULL));
	m->edited = ts_of(arena, json_at(from, "edited", "ts", NULL));
	m->edited_by = word_of(json_at(from, "edited", "user", NULL));
}

static void read_author(const struct cJSON *from, struct message *m)
{
	const cJSON *profile = json_at(from, "bot_profile", NULL);
	const char *team = either(
		text_of(json_at(from, "user_team", NULL)), text_of(json_at(from, "team", NULL)));

	m->team = either(team, text_of(json_at(from, "source_team", NULL)));
	m->user = either(m->user, NULL);
	m->app = either(m->app, text_of(json_at(profile, "app_id", NULL)));
	m->bot = either(m->bot, text_of(json_at(profile, "id", NULL)));
	m->bot_name = either(m->bot_name, text_of(json_at(profile, "name", NULL)));
}

bool message_read(
	struct arena *arena, const struct cJSON *from, const char *channel, struct message *out)
{
	struct message m = { 0 };
	struct fail no_object;

	if (!json_read(from, "message", MESSAGE, COUNT(MESSAGE), &m, &no_object))
		return false;
	m.channel = either(channel, text_of(json_at(from, "channel", NULL)));
	m.broadcast =
		is_word(m.subtype, "thread_broadcast") || is_word(m.subtype, "reply_broadcast");
	m.tombstone = is_word(m.subtype, "tombstone");
	m.pinned = is_pinned_to(filled_list(from, "pinned_to"), m.channel);
	read_times(arena, from, &m);
	read_author(from, &m);
	read_files(arena, filled_list(from, "files"), &m);
	read_reactions(arena, filled_list(from, "reactions"), &m);
	m.rich = rich_of(arena, from);
	*out = m;
	return true;
}

void file_keep(struct arena *arena, struct message_file *f)
{
	f->id = arena_copy(arena, f->id);
	f->name = arena_copy(arena, f->name);
	f->permalink = arena_copy(arena, f->permalink);
	f->mimetype = arena_copy(arena, f->mimetype);
}

static void keep_files(struct arena *arena, struct message *m)
{
	struct message_file *files;

	if (m->file_count == 0)
		return;
	files = arena_zeroed(arena, (size_t)m->file_count * sizeof(*files));
	for (int i = 0; i < m->file_count; i++) {
		files[i] = m->files[i];
		file_keep(arena, &files[i]);
	}
	m->files = files;
}

static const char *const *keep_people(struct arena *arena, const struct message_reaction *r)
{
	const char **people;

	if (r->people_count == 0)
		return NULL;
	people = arena_zeroed(arena, (size_t)r->people_count * sizeof(*people));
	for (int i = 0; i < r->people_count; i++)
		people[i] = arena_copy(arena, r->people[i]);
	return people;
}

static void keep_reactions(struct arena *arena, struct message *m)
{
	struct message_reaction *reactions;

	if (m->reaction_count == 0)
		return;
	reactions = arena_zeroed(arena, (size_t)m->reaction_count * sizeof(*reactions));
	for (int i = 0; i < m->reaction_count; i++) {
		reactions[i] = m->reactions[i];
		reactions[i].name = arena_copy(arena, m->reactions[i].name);
		reactions[i].people = keep_people(arena, &m->reactions[i]);
	}
	m->reactions = reactions;
}

void message_keep(struct arena *arena, struct message *m)
{
	for (size_t i = 0; i < COUNT(STRINGS); i++) {
		const char **string = (const char **)((char *)m + STRINGS[i]);

		*string = arena_copy(arena, *string);
	}
	keep_files(arena, m);
	keep_reactions(arena, m);
}

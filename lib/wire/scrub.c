#include "scrub.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "buf.h"
#include "decode.h"

enum { SHORTEST = 6 };

static const char BLOT[] = "[redacted]";

/* All that may stay of a message: who, when, where, and what others made of it. */
static const char *const MAY_STAY[] = { "type", "subtype", "user", "bot_id", "app_id", "username",
	"bot_profile", "team", "user_team", "source_team", "channel", "channel_id", "channel_type",
	"ts", "thread_ts", "event_ts", "deleted_ts", "client_msg_id", "parent_user_id", "edited",
	"hidden", "reply_count", "reply_users", "reply_users_count", "latest_reply", "reactions",
	"pinned_to", "item", "message", "previous_message", "root" };

/* Where a message stands within what tells of it. */
static const char *const INNER[] = { "message", "previous_message", "root" };

struct work {
	struct arena *arena;
	const struct scrub *what;
	bool changed;
};

static bool among(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static bool in_list(const char *word, const char *const *list)
{
	for (; word != NULL && list != NULL && *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

/* --- texts ----------------------------------------------------------------------------------------- */

static const char *blot(struct arena *a, const char *text, const char *out)
{
	const char *at = strlen(out) >= SHORTEST ? strstr(text, out) : NULL;
	struct buf b = { 0 };
	const char *left;

	if (at == NULL)
		return NULL;
	for (; at != NULL; at = strstr(text, out)) {
		buf_add_bytes(&b, text, (size_t)(at - text));
		buf_add(&b, BLOT);
		text = at + strlen(out);
	}
	buf_add(&b, text);
	left = arena_copy(a, b.text);
	buf_done(&b);
	return left;
}

const char *scrub_text(struct arena *a, const char *text, const char *const *texts)
{
	const char *left = NULL;

	for (; text != NULL && texts != NULL && *texts != NULL; texts++) {
		const char *without = blot(a, left != NULL ? left : text, *texts);

		left = without != NULL ? without : left;
	}
	return left;
}

const char *scrub_needle(struct arena *a, const char *text)
{
	static const char WRITTEN_OTHERWISE[] = "\"\\/<>&'\n\r\t\b\f\1";
	const char *longest = "";
	size_t most = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, WRITTEN_OTHERWISE);

		if (len > most) {
			longest = text;
			most = len;
		}
		text += len + (text[len] != '\0');
	}
	return most < SHORTEST ? "" : arena_printf(a, "%.*s", (int)most, longest);
}

/* --- the tree -------------------------------------------------------------------------------------- */

static void set_text(struct work *w, cJSON *item, const char *text)
{
	if (!cJSON_IsString(item) || strcmp(item->valuestring, text) == 0)
		return;
	/* A string that it owns: longer ones are copied by cJSON. */
	(void)cJSON_SetValuestring(item, text);
	w->changed = true;
}

static bool is_ts(struct work *w, const cJSON *item)
{
	const char *ts = item != NULL ? ts_of(w->arena, item) : NULL;

	return ts != NULL && w->what->ts != NULL && strcmp(ts, w->what->ts) == 0;
}

static bool is_elsewhere(const struct work *w, const char *channel)
{
	return channel != NULL && w->what->channel != NULL &&
		strcmp(channel, w->what->channel) != 0;
}

/* The ids of files stay: they were there. */
static cJSON *ids_of(const cJSON *files)
{
	cJSON *ids = cJSON_CreateArray();
	const cJSON *file;

	cJSON_ArrayForEach(file, files)
	{
		const char *id = text_of(json_at(file, "id", NULL));
		cJSON *left = cJSON_CreateObject();

		if (id != NULL)
			(void)cJSON_AddStringToObject(
				left, "id", id); /* it aborts without memory */
		(void)cJSON_AddItemToArray(ids, left);
	}
	return ids;
}

static bool says_something(const cJSON *member, const cJSON *ids)
{
	if (strcmp(member->string, "files") == 0)
		return !cJSON_Compare(member, ids, true);
	return strcmp(member->string, "text") != 0 || !is_word(text_of(member), "");
}

/* An empty text: it was seen, and this is all that is left of it. */
static void empty_message(struct work *w, cJSON *message)
{
	cJSON *member = message->child, *next, *ids = NULL;
	bool had_text = false;

	for (; member != NULL; member = next) {
		next = member->next;
		if (among(member->string, MAY_STAY, COUNT(MAY_STAY)))
			continue;
		had_text = had_text || strcmp(member->string, "text") == 0;
		if (ids == NULL && strcmp(member->string, "files") == 0)
			ids = ids_of(member);
		w->changed = w->changed || says_something(member, ids);
		cJSON_Delete(cJSON_DetachItemViaPointer(message, member));
	}
	if (had_text)
		(void)cJSON_AddStringToObject(message, "text", "");
	if (ids != NULL)
		(void)cJSON_AddItemToObject(message, "files", ids);
}

/* Some say by another member which message their inner ones are. */
static bool tells_of_it(struct work *w, const cJSON *object)
{
	bool told = is_ts(w, json_at(object, "deleted_ts", NULL)) ||
		is_ts(w, json_at(object, "message_ts", NULL));

	for (size_t i = 0; !told && i < COUNT(INNER) - 1; i++)
		told = is_ts(w, json_at(object, INNER[i], "ts", NULL));
	return told;
}

static void empty_inner(struct work *w, cJSON *object)
{
	for (size_t i = 0; i < COUNT(INNER) - 1; i++) {
		cJSON *inner = cJSON_GetObjectItemCaseSensitive(object, INNER[i]);

		if (cJSON_IsObject(inner))
			empty_message(w, inner);
	}
}

static void empty_file(struct work *w, cJSON *file)
{
	cJSON *member = file->child, *next;

	for (; member != NULL; member = next) {
		next = member->next;
		if (strcmp(member->string, "id") == 0 || strcmp(member->string, "mode") == 0)
			continue;
		cJSON_Delete(cJSON_DetachItemViaPointer(file, member));
		w->changed = true;
	}
}

static bool is_by(const struct work *w, const cJSON *object)
{
	const char *app = text_of(json_at(object, "app_id", NULL));
	const char *user = text_of(json_at(object, "user", NULL));

	if (json_at(object, "ts", NULL) == NULL)
		return false;
	app = app != NULL ? app : text_of(json_at(object, "bot_profile", "app_id", NULL));
	return (w->what->app != NULL && is_word(app, w->what->app)) ||
		(w->what->user != NULL && is_word(user, w->what->user));
}

static void look_at_object(struct work *w, cJSON *object, const char *channel)
{
	if (in_list(text_of(json_at(object, "id", NULL)), w->what->files))
		empty_file(w, object);
	if (is_by(w, object))
		empty_message(w, object);
	if (w->what->ts == NULL || is_elsewhere(w, channel))
		return;
	if (tells_of_it(w, object))
		empty_inner(w, object);
	if (is_ts(w, json_at(object, "ts", NULL)))
		empty_message(w, object);
}

static const char *channel_of(const cJSON *object, const char *around)
{
	const char *own = id_of(json_at(object, "channel", NULL));

	own = own != NULL ? own : text_of(json_at(object, "channel_id", NULL));
	return own != NULL ? own : around;
}

/* cJSON reads no deeper than 1000, so neither do we. */
static void walk(struct work *w, cJSON *item, const char *channel)
{
	const char *without;

	if (cJSON_IsString(item)) {
		without = scrub_text(w->arena, item->valuestring, w->what->texts);
		if (without != NULL)
			set_text(w, item, without);
		return;
	}
	if (cJSON_IsObject(item)) {
		channel = channel_of(item, channel);
		look_at_object(w, item, channel);
	}
	for (cJSON *child = item->child; child != NULL; child = child->next)
		walk(w, child, channel);
}

/* --- what was typed -------------------------------------------------------------------------------- */

/* The verb stays: it has no letter of another script, and what phones type for a blank begins with such a byte. */
static void empty_command(struct work *w, cJSON *text)
{
	const char *was = text_of(text);
	size_t verb = was != NULL ? strcspn(was, " \t\r\n\xc2\xe2") : 0;

	if (was != NULL && was[verb] != '\0')
		set_text(w, text, arena_printf(w->arena, "%.*s %s", (int)verb, was, BLOT));
}

static void empty_fields(struct work *w, const cJSON *values)
{
	const cJSON *block;

	cJSON_ArrayForEach(block, values)
	{
		if (block->child != NULL)
			set_text(w, cJSON_GetObjectItemCaseSensitive(block->child, "value"), BLOT);
	}
}

static void empty_typed(struct work *w, cJSON *root)
{
	cJSON *payload = cJSON_GetObjectItemCaseSensitive(root, "payload");

	empty_command(w, cJSON_GetObjectItemCaseSensitive(payload, "text"));
	empty_fields(w, json_at(payload, "view", "state", "values", NULL));
}

const char *scrub_json(struct arena *a, const char *json, const struct scrub *what)
{
	struct work w = { .arena = a, .what = what };
	cJSON *root = json_tree(json, strlen(json));
	const char *left = NULL;
	char *printed;

	if (root == NULL)
		return *json != '\0' ? "" : NULL;
	walk(&w, root, NULL);
	if (what->typed && !w.changed)
		empty_typed(&w, root);
	if (w.changed) {
		printed = cJSON_PrintUnformatted(root);
		left = arena_copy(a, printed != NULL ? printed : "");
		cJSON_free(printed);
	}
	cJSON_Delete(root);
	return left;
}

#include "scrub.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "buf.h"
#include "decode.h"
#include "scrub_form.h"

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
	const cJSON *order; /* a message that was a command, whose verb stays; NULL: none */
	bool changed;
};

/* Within what. */
struct around {
	const char *channel;
	bool theirs; /* somebody else's words */
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

/* --- what was typed -------------------------------------------------------------------------------- */

/* A word has no letter of another script here, and what phones type for a blank begins with such a byte. */
static size_t first_of(const char *text)
{
	return strcspn(text, " \t\r\n\xc2\xe2");
}

static size_t blanks_of(const char *text)
{
	return strspn(text, " \t\r\n");
}

/* "7" or "#7", where 7 is the incident's number: it says nothing. */
static size_t number_of(const char *text, const char *number)
{
	size_t len = first_of(text), sign = *text == '#';

	if (number == NULL || len != sign + strlen(number) ||
		strncmp(text + sign, number, len - sign) != 0)
		return 0;
	return len + blanks_of(text + len);
}

/* The verb, with the incident's number before or behind it. */
static size_t verb_of(const char *text, const char *number)
{
	size_t len = blanks_of(text);

	len += number_of(text + len, number);
	len += first_of(text + len);
	if (text[len] == '\0')
		return len;
	return len + number_of(text + len + blanks_of(text + len), number) + blanks_of(text + len);
}

/* The verb stays. NULL: there is nothing behind it. */
static const char *command_left(struct work *w, const char *was)
{
	size_t verb = verb_of(was, w->what->number);

	if (was[verb] == '\0')
		return NULL;
	while (verb > 0 && blanks_of(was + verb - 1) > 0)
		verb--;
	return arena_printf(w->arena, "%.*s %s", (int)verb, was, BLOT);
}

/* "<@U1> note [redacted]". Blanks of other kinds may stand behind the name. */
static const char *order_left(struct work *w, const cJSON *message)
{
	const char *was = text_of(json_at(message, "text", NULL)), *at, *left;

	at = was != NULL ? strchr(was, '>') : NULL;
	if (at == NULL)
		return "";
	for (at++; *at != '\0' && (strchr(" \t\r\n:,", *at) != NULL || (unsigned char)*at >= 0x80);)
		at++;
	left = command_left(w, at);
	return left != NULL ? arena_printf(w->arena, "%.*s%s", (int)(at - was), was, left)
			    : arena_copy(w->arena, was);
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

static bool is_there(const char *channel, const char *where)
{
	return channel == NULL || where == NULL || strcmp(channel, where) == 0;
}

/* Is this the ts of one of the messages? */
static bool is_ts(struct work *w, const cJSON *item, const char *channel)
{
	const struct scrub *what = w->what;
	const char *ts = item != NULL ? ts_of(w->arena, item) : NULL;

	if (ts == NULL)
		return false;
	if (is_word(what->ts, ts) && is_there(channel, what->channel))
		return true;
	for (int i = 0; what->times != NULL && what->times[i] != NULL; i++)
		if (strcmp(what->times[i], ts) == 0 &&
			is_there(channel, what->channels != NULL ? what->channels[i] : NULL))
			return true;
	return false;
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

static bool says_something(const cJSON *member, const cJSON *ids, const char *text)
{
	if (strcmp(member->string, "files") == 0)
		return !cJSON_Compare(member, ids, true);
	return strcmp(member->string, "text") != 0 || !is_word(text_of(member), text);
}

/* An empty text: it was seen, and this is all that is left of it. */
static void empty_message(struct work *w, cJSON *message)
{
	const char *text = message == w->order ? order_left(w, message) : "";
	cJSON *member = message->child, *next, *ids = NULL;
	bool had_text = false;

	for (; member != NULL; member = next) {
		next = member->next;
		if (among(member->string, MAY_STAY, COUNT(MAY_STAY)))
			continue;
		had_text = had_text || strcmp(member->string, "text") == 0;
		if (ids == NULL && strcmp(member->string, "files") == 0)
			ids = ids_of(member);
		w->changed = w->changed || says_something(member, ids, text);
		cJSON_Delete(cJSON_DetachItemViaPointer(message, member));
	}
	if (had_text)
		(void)cJSON_AddStringToObject(message, "text", text);
	if (ids != NULL)
		(void)cJSON_AddItemToObject(message, "files", ids);
}

/* Some say by another member which message their inner ones are. */
static bool tells_of_it(struct work *w, const cJSON *object, const char *channel)
{
	bool told = is_ts(w, json_at(object, "deleted_ts", NULL), channel) ||
		is_ts(w, json_at(object, "message_ts", NULL), channel);

	for (size_t i = 0; !told && i < COUNT(INNER) - 1; i++)
		told = is_ts(w, json_at(object, INNER[i], "ts", NULL), channel);
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
	/* A link to a message of ours, which Slack has unfurled, shows it. */
	user = user != NULL ? user : text_of(json_at(object, "author_id", NULL));
	return (w->what->app != NULL && is_word(app, w->what->app)) ||
		(w->what->user != NULL && is_word(user, w->what->user));
}

static void look_at_object(struct work *w, cJSON *object, const char *channel)
{
	if (in_list(text_of(json_at(object, "id", NULL)), w->what->files))
		empty_file(w, object);
	if (is_by(w, object))
		empty_message(w, object);
	if (tells_of_it(w, object, channel))
		empty_inner(w, object);
	if (is_ts(w, json_at(object, "ts", NULL), channel))
		empty_message(w, object);
}

static void drop(struct work *w, cJSON *object, const char *name)
{
	cJSON_DeleteItemFromObjectCaseSensitive(object, name);
	w->changed = true;
}

/*
 * What Slack tells of a channel by the way is not kept: what it was called once, and what it is about. Nor, where
 * somebody typed a command, what it is called now.
 */
static void empty_channel(struct work *w, cJSON *object)
{
	static const char *const ABOUT[] = { "previous_names", "topic", "purpose" };
	cJSON *channel = cJSON_GetObjectItemCaseSensitive(object, "channel");

	for (size_t i = 0; i < COUNT(ABOUT); i++) {
		const cJSON *about = json_at(object, ABOUT[i], NULL);

		if (cJSON_IsObject(about) || cJSON_IsArray(about))
			drop(w, object, ABOUT[i]);
	}
	if (w->what->unnamed && cJSON_HasObjectItem(object, "channel_name"))
		drop(w, object, "channel_name");
	if (w->what->unnamed && json_at(channel, "name", NULL) != NULL)
		drop(w, channel, "name");
}

static const char *channel_of(const cJSON *object, const char *around)
{
	const char *own = id_of(json_at(object, "channel", NULL));

	own = own != NULL ? own : text_of(json_at(object, "channel_id", NULL));
	return own != NULL ? own : around;
}

/* A message, a command, a form. */
static bool is_typed(const cJSON *object)
{
	if (json_at(object, "ts", NULL) != NULL)
		return json_at(object, "text", NULL) != NULL ||
			json_at(object, "blocks", NULL) != NULL ||
			json_at(object, "attachments", NULL) != NULL;
	return json_at(object, "command", NULL) != NULL || json_at(object, "view", NULL) != NULL;
}

/* All that an author typed in a command is one of the texts: it opened the form that this was then sent with. */
static void empty_opening(struct work *w, cJSON *object)
{
	cJSON *text = cJSON_GetObjectItemCaseSensitive(object, "text");

	if (json_at(object, "command", NULL) != NULL &&
		in_list(text_of(json_at(object, "user_id", NULL)), w->what->authors) &&
		in_list(text_of(text), w->what->texts))
		set_text(w, text, BLOT);
}

static void walk_string(struct work *w, cJSON *item, const struct around *within)
{
	const char *text = item->valuestring, *left;

	left = within->theirs && !is_word(item->string, "channel_name")
		? NULL
		: scrub_names(w->arena, text, w->what->names, w->what->bare);
	text = left != NULL ? left : text;
	left = within->theirs ? NULL : scrub_text(w->arena, text, w->what->texts);
	set_text(w, item, left != NULL ? left : text);
}

/* cJSON reads no deeper than 1000, so neither do we. */
static void walk(struct work *w, cJSON *item, const struct around *around)
{
	struct around within = *around;

	if (cJSON_IsString(item)) {
		walk_string(w, item, around);
		return;
	}
	if (cJSON_IsObject(item) && !w->what->no_message) {
		within.channel = channel_of(item, around->channel);
		empty_channel(w, item);
		look_at_object(w, item, within.channel);
		empty_opening(w, item);
		within.theirs = around->theirs || is_typed(item);
	}
	for (cJSON *child = item->child; child != NULL; child = child->next)
		walk(w, child, &within);
}

/* --- the form ---------------------------------------------------------------------------------------- */

static void empty_command(struct work *w, cJSON *text)
{
	const char *was = text_of(text), *left = was != NULL ? command_left(w, was) : NULL;

	if (left != NULL)
		set_text(w, text, left);
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

/* What a form began with was typed before it was opened. */
static void empty_beginnings(struct work *w, const cJSON *blocks)
{
	const cJSON *block;

	cJSON_ArrayForEach(block, blocks)
	{
		cJSON *element = cJSON_GetObjectItemCaseSensitive(block, "element");

		set_text(w, cJSON_GetObjectItemCaseSensitive(element, "initial_value"), BLOT);
	}
}

/* A command was said as a message, or typed. */
static cJSON *order_of(cJSON *root)
{
	cJSON *payload = cJSON_GetObjectItemCaseSensitive(root, "payload");
	cJSON *event = cJSON_GetObjectItemCaseSensitive(payload, "event");

	return is_word(text_of(json_at(event, "type", NULL)), "app_mention") ? event : NULL;
}

static void empty_typed(struct work *w, cJSON *root)
{
	cJSON *payload = cJSON_GetObjectItemCaseSensitive(root, "payload");
	cJSON *order = order_of(root);

	if (order != NULL)
		empty_message(w, order);

	empty_command(w, cJSON_GetObjectItemCaseSensitive(payload, "text"));
	empty_fields(w, json_at(payload, "view", "state", "values", NULL));
	empty_beginnings(w, json_at(payload, "view", "blocks", NULL));
}

const char *const *scrub_typed(struct arena *a, const char *json)
{
	cJSON *root = json_tree(json, strlen(json));
	const cJSON *values = json_at(root, "payload", "view", "state", "values", NULL), *block;
	const char *command = text_of(json_at(root, "payload", "text", NULL));
	const char **list =
		arena_zeroed(a, sizeof(*list) * ((size_t)cJSON_GetArraySize(values) + 2));
	int n = 0;

	if (command != NULL && command[verb_of(command, NULL)] != '\0')
		list[n++] = arena_copy(a, command + verb_of(command, NULL));
	cJSON_ArrayForEach(block, values)
	{
		const char *value = text_of(json_at(block->child, "value", NULL));

		if (value != NULL)
			list[n++] = arena_copy(a, value);
	}
	cJSON_Delete(root);
	return list;
}

const char *scrub_json(struct arena *a, const char *json, const struct scrub *what)
{
	static const struct around OUTSIDE = { NULL, false };
	struct work w = { .arena = a, .what = what };
	cJSON *root = json_tree(json, strlen(json));
	const char *left = NULL;
	char *printed;

	if (root == NULL)
		return *json != '\0' ? "" : NULL;
	w.order = what->typed ? order_of(root) : NULL;
	walk(&w, root, &OUTSIDE);
	if (what->unshown)
		w.changed = scrub_unshow(a, (cJSON *)json_at(root, "payload", NULL)) || w.changed;
	if (what->typed)
		empty_typed(&w, root);
	if (w.changed) {
		printed = cJSON_PrintUnformatted(root);
		left = arena_copy(a, printed != NULL ? printed : "");
		cJSON_free(printed);
	}
	cJSON_Delete(root);
	return left;
}

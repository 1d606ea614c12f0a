#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"

enum {
	TEXT_LONGEST = 40000,
	UPDATE_LONGEST = 4000,
	MARKDOWN_LONGEST = 12000,
	MOST_BLOCKS = 50,
	MOST_ATTACHMENTS = 100,
	METADATA_LARGEST = 8000,
};

/* Where a message may go: an id, a person (their DM), or a name, which Slack has given up. */
static struct channel *post_channel(struct call *c)
{
	const char *given = call_text(c, "channel");
	struct channel *ch;

	if (given == NULL) {
		call_fail(c, "channel_not_found");
		return NULL;
	}
	if (world_user(c->w, given) != NULL)
		return channel_dm(c->w, given);
	ch = channel_find(c->w, given);
	if (ch != NULL && strcmp(channel_id(ch), given) != 0)
		world_finding(c->w, "%s: channel '%s' is a name, no id", c->m->name, given);
	if (ch == NULL || (channel_kind(ch) != CHANNEL_PUBLIC && !channel_has(ch, BOT_USER))) {
		call_fail(c, "channel_not_found");
		return NULL;
	}
	return call_living(c, ch) ? ch : NULL;
}

static bool empty_list(const cJSON *list)
{
	return list == NULL || list->child == NULL;
}

static bool metadata_right(struct call *c)
{
	const cJSON *metadata = call_tree(c, "metadata");
	char *printed;
	size_t len;

	if (metadata == NULL || (cJSON_IsObject(metadata) && metadata->child == NULL))
		return true;
	if (tree_text(metadata, "event_type") == NULL ||
		!cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(metadata, "event_payload")))
		return call_fail(c, "invalid_metadata_format");
	printed = cJSON_PrintUnformatted(metadata);
	len = strlen(printed);
	free(printed);
	return len <= METADATA_LARGEST || call_fail(c, "metadata_too_large");
}

static bool content_right(struct call *c)
{
	const cJSON *blocks = call_tree(c, "blocks"), *attachments = call_tree(c, "attachments");
	const char *text = call_text(c, "text"), *markdown = call_text(c, "markdown_text");

	if (markdown != NULL && (text != NULL || blocks != NULL))
		return call_fail(c, "markdown_text_conflict");
	if (markdown != NULL && tree_units(markdown) > MARKDOWN_LONGEST)
		return call_fail(c, "msg_too_long");
	if (blocks != NULL && !cJSON_IsArray(blocks))
		return call_fail(c, "invalid_blocks_format");
	if (attachments != NULL && cJSON_GetArraySize(attachments) > MOST_ATTACHMENTS)
		return call_fail(c, "too_many_attachments");
	if (blocks != NULL && !blocks_right(c, blocks, "/blocks", MOST_BLOCKS))
		return call_fail(c, "invalid_blocks");
	return metadata_right(c);
}

static bool says_something(struct call *c)
{
	const char *text = call_text(c, "text"), *markdown = call_text(c, "markdown_text");

	if ((text != NULL && *text != '\0') || (markdown != NULL && *markdown != '\0'))
		return true;
	return !empty_list(call_tree(c, "blocks")) || !empty_list(call_tree(c, "attachments")) ||
		call_fail(c, "no_text");
}

/* Text as it is kept: escaped, and cut without a word where it is too long. */
static char *kept_text(const struct call *c)
{
	const char *given = call_text(c, "text");
	char *text;
	size_t units = 0, at = 0;

	if (given == NULL)
		given = call_text(c, "markdown_text");
	text = posted_text(given != NULL ? given : "");
	for (; text[at] != '\0'; at++) {
		if (((unsigned char)text[at] & 0xC0) != 0x80 && units++ == TEXT_LONGEST)
			break;
	}
	text[at] = '\0';
	return text;
}

static void add_profile(cJSON *message)
{
	cJSON *profile = cJSON_AddObjectToObject(message, "bot_profile");

	tree_set_text(message, "bot_id", BOT_ID);
	tree_set_text(message, "app_id", APP_ID);
	tree_set_text(profile, "id", BOT_ID);
	tree_set_yes(profile, "deleted", false);
	tree_set_text(profile, "name", "incidentd");
	tree_set_int(profile, "updated", 0);
	tree_set_text(profile, "app_id", APP_ID);
	tree_set_text(profile, "user_id", BOT_USER);
	cJSON_AddObjectToObject(profile, "icons");
	tree_set_text(profile, "team_id", TEAM_ID);
}

static void add_content(const struct call *c, cJSON *message)
{
	static const char *const NAMES[] = { "blocks", "attachments", "metadata" };

	for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
		const cJSON *given = call_tree(c, NAMES[i]);

		if (!empty_list(given))
			tree_set(message, NAMES[i], cJSON_Duplicate(given, true));
	}
	blocks_name(c->w, cJSON_GetObjectItemCaseSensitive(message, "blocks"));
}

static cJSON *bot_message(const struct call *c)
{
	char *text = kept_text(c);
	cJSON *message = message_by(BOT_USER, NULL, text);

	add_profile(message);
	add_content(c, message);
	free(text);
	return message;
}

/* An answer goes to a parent, not to another answer. */
static bool thread_right(struct call *c, const struct channel *ch)
{
	const char *thread = call_text(c, "thread_ts"), *of;
	const cJSON *parent;

	if (thread == NULL || *thread == '\0')
		return true;
	parent = message_find(ch, thread);
	of = tree_text(parent, "thread_ts");
	if (parent == NULL)
		return call_fail(c, "cannot_reply_to_message");
	if (of != NULL && strcmp(of, thread) != 0) {
		world_finding(c->w, "%s: thread_ts %s is an answer, no parent", c->m->name, thread);
		return call_fail(c, "cannot_reply_to_message");
	}
	return true;
}

static void warn_without_text(struct call *c)
{
	cJSON *about, *warnings;

	if (call_text(c, "text") != NULL || call_text(c, "markdown_text") != NULL)
		return;
	about = cJSON_AddObjectToObject(c->body, "response_metadata");
	warnings = cJSON_AddArrayToObject(about, "warnings");
	cJSON_AddItemToArray(warnings, cJSON_CreateString("missing_text_in_message"));
	tree_set_text(c->body, "warning", "missing_text_in_message");
}

void chat_post(struct call *c)
{
	struct channel *ch = post_channel(c);
	const char *thread = call_text(c, "thread_ts");
	cJSON *message;

	if (ch == NULL)
		return;
	if (!channel_has(ch, BOT_USER) && !world_scope(c->w, "chat:write.public")) {
		call_fail(c, "not_in_channel");
		return;
	}
	if ((call_text(c, "username") != NULL || call_text(c, "icon_emoji") != NULL ||
		    call_text(c, "icon_url") != NULL) &&
		!call_needs(c, "chat:write.customize"))
		return;
	if (!says_something(c) || !content_right(c) || !thread_right(c, ch))
		return;
	message = bot_message(c);
	if (thread != NULL && *thread != '\0') {
		tree_set_text(message, "thread_ts", thread);
		if (call_yes(c, "reply_broadcast"))
			tree_set_text(message, "subtype", "thread_broadcast");
	}
	message = message_post(c->w, ch, message);
	tree_set_text(c->body, "channel", channel_id(ch));
	tree_set_text(c->body, "ts", tree_text(message, "ts"));
	tree_set(c->body, "message", message_copy(message, true));
	warn_without_text(c);
}

/* The bot's own message that channel and ts name. */
static cJSON *own_message(struct call *c, struct channel **ch_out, const char *not_own)
{
	struct channel *ch = call_channel(c, "channel");
	cJSON *message;
	const char *bot;

	if (ch == NULL || !call_living(c, ch))
		return NULL;
	message = message_find(ch, call_text(c, "ts"));
	bot = tree_text(message, "bot_id");
	if (message == NULL || bot == NULL || strcmp(bot, BOT_ID) != 0) {
		call_fail(c, message == NULL ? "message_not_found" : not_own);
		return NULL;
	}
	*ch_out = ch;
	return message;
}

static bool update_right(struct call *c)
{
	const char *text = call_text(c, "text");

	if (text != NULL && tree_units(text) > UPDATE_LONGEST)
		return call_fail(c, "msg_too_long");
	if (call_tree(c, "metadata") == NULL && call_tree(c, "blocks") == NULL &&
		!says_something(c))
		return false;
	return content_right(c);
}

/* Text alone takes the old blocks away; so does an empty list. */
static void rewrite(const struct call *c, cJSON *message)
{
	bool worded = call_text(c, "text") != NULL || call_text(c, "markdown_text") != NULL;

	if (worded) {
		char *text = kept_text(c);

		tree_set_text(message, "text", text);
		free(text);
	}
	if (worded || call_tree(c, "blocks") != NULL)
		tree_drop(message, "blocks");
	if (worded || call_tree(c, "attachments") != NULL)
		tree_drop(message, "attachments");
	if (call_tree(c, "metadata") != NULL)
		tree_drop(message, "metadata");
	add_content(c, message);
}

void chat_update(struct call *c)
{
	struct channel *ch;
	cJSON *message = own_message(c, &ch, "cant_update_message"), *before;

	if (message == NULL || !update_right(c))
		return;
	before = cJSON_Duplicate(message, true);
	rewrite(c, message);
	tree_set_text(c->body, "channel", channel_id(ch));
	tree_set_text(c->body, "ts", tree_text(message, "ts"));
	tree_set_text(c->body, "text", tree_text(message, "text"));
	tree_set(c->body, "message", message_copy(message, true));
	message_changed(c->w, ch, message, before);
}

void chat_delete(struct call *c)
{
	struct channel *ch;

	if (own_message(c, &ch, "cant_delete_message") == NULL)
		return;
	tree_set_text(c->body, "channel", channel_id(ch));
	tree_set_text(c->body, "ts", call_text(c, "ts"));
	message_delete(c->w, ch, call_text(c, "ts"));
}

void chat_ephemeral(struct call *c)
{
	struct channel *ch = post_channel(c);
	const char *user = call_text(c, "user");
	char ts[TS_ROOM];
	cJSON *message;

	if (ch == NULL)
		return;
	if (!channel_has(ch, BOT_USER)) {
		call_fail(c, "not_in_channel");
		return;
	}
	if (!channel_has(ch, user)) {
		call_fail(c, "user_not_in_channel");
		return;
	}
	if (!says_something(c) || !content_right(c) || !thread_right(c, ch))
		return;
	message = bot_message(c);
	tree_set_text(message, "ts", world_ts(c->w, ts));
	tree_set_yes(message, "is_ephemeral", true);
	world_show_to(c->w, user, channel_id(ch), message);
	tree_set_text(c->body, "message_ts", ts);
	cJSON_Delete(message);
}

void chat_permalink(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");
	const cJSON *message;
	char permalink[256];

	if (ch == NULL)
		return;
	message = message_find(ch, call_text(c, "message_ts"));
	if (message == NULL) {
		call_fail(c, "message_not_found");
		return;
	}
	message_permalink(ch, message, permalink);
	tree_set_text(c->body, "channel", channel_id(ch));
	tree_set_text(c->body, "permalink", permalink);
}

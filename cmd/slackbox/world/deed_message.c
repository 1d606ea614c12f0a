#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deed.h"

/* What is said, and what becomes of it. */

/* A random-looking id that the same history makes again. */
static void add_client_id(struct world *w, cJSON *message)
{
	char left[ID_ROOM], right[ID_ROOM], id[64];

	if (snprintf(id, sizeof(id), "%s-%s", world_id(w, 'm', left), world_id(w, 'm', right)) < 0)
		abort();
	tree_set_text(message, "client_msg_id", id);
}

static bool by_bot(const struct deed *d)
{
	return tree_yes(world_user(d->w, d->user), "is_bot");
}

/* What other apps' bots say has no subtype either, but tells of the bot. */
static void add_bot(const struct deed *d, cJSON *message)
{
	const cJSON *bot = world_user(d->w, d->user);
	const cJSON *profile = cJSON_GetObjectItemCaseSensitive(bot, "profile");
	cJSON *about = cJSON_AddObjectToObject(message, "bot_profile");

	tree_set_text(message, "bot_id", tree_text(profile, "bot_id"));
	tree_set_text(message, "app_id", tree_text(profile, "api_app_id"));
	tree_set_text(about, "id", tree_text(profile, "bot_id"));
	tree_set_text(about, "app_id", tree_text(profile, "api_app_id"));
	tree_set_text(about, "user_id", d->user);
	tree_set_text(about, "name", tree_text(bot, "real_name"));
	tree_set_yes(about, "deleted", false);
	tree_set_text(about, "team_id", tree_text(bot, "team_id"));
	cJSON_AddObjectToObject(about, "icons");
}

static void copy_given(const struct deed *d, const char *name, cJSON *message)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(d->what, name);

	if (given != NULL)
		tree_set(message, name, cJSON_Duplicate(given, true));
}

/* text as it is typed; with raw, or with blocks, as it is. */
static cJSON *said(const struct deed *d, const char *subtype)
{
	const char *typed = tree_text(d->what, "text");
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(d->what, "blocks");
	bool raw = tree_yes(d->what, "raw") || given != NULL;
	cJSON *message, *blocks;
	char *text;

	text = typed_text(d->w, typed != NULL ? typed : "", &blocks);
	message = message_by(d->user, subtype, raw && typed != NULL ? typed : text);
	free(text);
	if (given != NULL)
		tree_set(message, "blocks", cJSON_Duplicate(given, true));
	else if (!raw && typed != NULL && *typed != '\0')
		tree_set(message, "blocks", cJSON_Duplicate(blocks, true));
	cJSON_Delete(blocks);
	copy_given(d, "attachments", message);
	if (by_bot(d))
		add_bot(d, message);
	else
		add_client_id(d->w, message);
	return message;
}

static void add_files(const struct deed *d, cJSON *message)
{
	const cJSON *given = cJSON_GetObjectItemCaseSensitive(d->what, "files"), *item;
	cJSON *files;

	if (given == NULL)
		return;
	files = cJSON_AddArrayToObject(message, "files");
	cJSON_ArrayForEach(item, given) cJSON_AddItemToArray(files, file_new(d->w, d->user, item));
	tree_set_text(message, "subtype", "file_share");
	tree_set_yes(message, "upload", false);
	tree_set_yes(message, "display_as_bot", false);
}

static void mention(struct world *w, const struct channel *ch, const cJSON *message)
{
	const char *text = tree_text(message, "text");
	cJSON *event;

	if (strstr(text, "<@" BOT_USER ">") == NULL && strstr(text, "<@" BOT_USER "|") == NULL)
		return;
	if (channel_kind(ch) == CHANNEL_IM)
		return;
	event = message_copy(message, false);
	tree_set_text(event, "type", "app_mention");
	tree_drop(event, "subtype");
	tree_set_text(event, "channel", channel_id(ch));
	message_event(w, ch, event);
}

const char *world_say(struct world *w, const cJSON *what, int64_t now_ms, char ts_out[32])
{
	const char *thread = tree_text(what, "thread_ts"), *wrong;
	struct deed d;
	cJSON *message;
	const cJSON *parent = NULL;

	world_time(w, now_ms);
	wrong = deed_read(w, what, &d);
	if (wrong != NULL)
		return wrong;
	if (!channel_has(d.ch, d.user))
		return "not_in_channel";
	if (channel_archived(d.ch))
		return "is_archived";
	if (thread != NULL) {
		parent = message_find(d.ch, thread);
		if (parent == NULL)
			return "thread_not_found";
		/* Answering an answer is answering in its thread. */
		if (tree_text(parent, "thread_ts") != NULL)
			thread = tree_text(parent, "thread_ts");
	}
	message = said(&d, NULL);
	add_files(&d, message);
	if (thread != NULL)
		tree_set_text(message, "thread_ts", thread);
	if (thread != NULL && tree_yes(what, "broadcast"))
		tree_set_text(message, "subtype", "thread_broadcast");
	message = message_post(w, d.ch, message);
	files_shared(w, d.ch, message);
	mention(w, d.ch, message);
	if (ts_out != NULL && snprintf(ts_out, 32, "%s", tree_text(message, "ts")) < 0)
		abort();
	return NULL;
}

const char *do_edit(const struct deed *d)
{
	cJSON *message = message_find(d->ch, d->ts), *before, *edited, *blocks;
	const char *typed = tree_text(d->what, "text");
	char *text, ts[TS_ROOM];

	if (message == NULL)
		return "message_not_found";
	if (tree_text(message, "user") == NULL || strcmp(tree_text(message, "user"), d->user) != 0)
		return "cant_update_message";
	if (typed == NULL)
		return "no_text";
	before = cJSON_Duplicate(message, true);
	text = typed_text(d->w, typed, &blocks);
	tree_set_text(message, "text", text);
	tree_set(message, "blocks", blocks);
	free(text);
	edited = cJSON_CreateObject();
	tree_set_text(edited, "user", d->user);
	if (snprintf(ts, sizeof(ts), "%" PRId64 ".000000", d->w->now_ms / 1000) < 0)
		abort();
	tree_set_text(edited, "ts", ts);
	tree_set(message, "edited", edited);
	message_changed(d->w, d->ch, message, before);
	return NULL;
}

/* What no person edits: a bot's update of its own message, a link that is unfurled. Of text, blocks and attachments what is given. */
const char *do_update(const struct deed *d)
{
	cJSON *message = message_find(d->ch, d->ts), *before;
	const char *text = tree_text(d->what, "text");

	if (message == NULL)
		return "message_not_found";
	before = cJSON_Duplicate(message, true);
	if (text != NULL)
		tree_set_text(message, "text", text);
	copy_given(d, "blocks", message);
	copy_given(d, "attachments", message);
	message_changed(d->w, d->ch, message, before);
	return NULL;
}

const char *do_delete(const struct deed *d)
{
	if (message_find(d->ch, d->ts) == NULL)
		return "message_not_found";
	message_delete(d->w, d->ch, d->ts);
	return NULL;
}

const char *do_me(const struct deed *d)
{
	cJSON *message = said(d, "me_message");

	tree_drop(message, "client_msg_id");
	(void)message_post(d->w, d->ch, message); /* nobody needs it again */
	return NULL;
}

/* As webhooks and classic bots speak: under a name, by nobody. */
const char *do_bot(const struct deed *d)
{
	const char *name = tree_text(d->what, "username"), *text = tree_text(d->what, "text");
	const char *bot = tree_text(d->what, "bot_id"), *thread = tree_text(d->what, "thread_ts");
	char *kept = posted_text(text != NULL ? text : "");
	cJSON *message = message_by(d->user, "bot_message", kept);

	free(kept);
	tree_drop(message, "user");
	tree_drop(message, "team");
	tree_set_text(message, "username", name != NULL ? name : "a webhook");
	tree_set_text(message, "bot_id", bot != NULL ? bot : "B0WEBHOOK");
	if (thread != NULL)
		tree_set_text(message, "thread_ts", thread);
	copy_given(d, "blocks", message);
	copy_given(d, "attachments", message);
	(void)message_post(d->w, d->ch, message); /* nobody needs it again */
	return NULL;
}

/* Any subtype, known or not: {"subtype", "text", "more": {…}}. */
const char *do_subtype(const struct deed *d)
{
	const char *subtype = tree_text(d->what, "subtype"), *text = tree_text(d->what, "text");
	const cJSON *item;
	cJSON *message;

	if (subtype == NULL)
		return "no_subtype";
	message = message_by(d->user, subtype, text != NULL ? text : "");
	cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(d->what, "more"))
		tree_set(message, item->string, cJSON_Duplicate(item, true));
	(void)message_post(d->w, d->ch, message); /* nobody needs it again */
	return NULL;
}

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workspace.h"

enum { NAME_LONGEST = 80 };

struct channel *channel_find(const struct world *w, const char *id_or_name)
{
	if (id_or_name == NULL)
		return NULL;
	if (*id_or_name == '#')
		id_or_name++;
	for (size_t i = 0; i < w->n_channels; i++) {
		const char *name = tree_text(w->channels[i]->about, "name");

		if (strcmp(channel_id(w->channels[i]), id_or_name) == 0 ||
			(name != NULL && strcmp(name, id_or_name) == 0))
			return w->channels[i];
	}
	return NULL;
}

const char *channel_id(const struct channel *ch)
{
	return tree_text(ch->about, "id");
}

enum channel_kind channel_kind(const struct channel *ch)
{
	if (tree_yes(ch->about, "is_im"))
		return CHANNEL_IM;
	if (tree_yes(ch->about, "is_mpim"))
		return CHANNEL_MPIM;
	return tree_yes(ch->about, "is_private") ? CHANNEL_PRIVATE : CHANNEL_PUBLIC;
}

bool channel_has(const struct channel *ch, const char *user_id)
{
	return tree_has(ch->members, user_id);
}

bool channel_archived(const struct channel *ch)
{
	return tree_yes(ch->about, "is_archived");
}

const char *world_channel_id(const struct world *w, const char *id_or_name)
{
	const struct channel *ch = channel_find(w, id_or_name);

	return ch != NULL ? channel_id(ch) : NULL;
}

const cJSON *world_channel(const struct world *w, const char *id)
{
	const struct channel *ch = channel_find(w, id);

	return ch != NULL && strcmp(channel_id(ch), id) == 0 ? ch->about : NULL;
}

static void add_saying(cJSON *about, const char *what)
{
	cJSON *saying = cJSON_AddObjectToObject(about, what);

	tree_set_text(saying, "value", "");
	tree_set_text(saying, "creator", "");
	tree_set_int(saying, "last_set", 0);
}

static void fill_named(cJSON *about, const char *name, bool hidden)
{
	tree_set_text(about, "name", name);
	tree_set_text(about, "name_normalized", name);
	tree_set_yes(about, "is_general", strcmp(name, "general") == 0);
	tree_set_int(about, "unlinked", 0);
	tree_set_yes(about, "is_shared", false);
	tree_set_yes(about, "is_ext_shared", false);
	tree_set_yes(about, "is_org_shared", false);
	cJSON_AddArrayToObject(about, "pending_shared");
	tree_set_yes(about, "is_pending_ext_shared", false);
	tree_set_yes(about, "is_private", hidden);
	tree_set_yes(about, "is_member", false);
	add_saying(about, "topic");
	add_saying(about, "purpose");
	cJSON_AddArrayToObject(about, "previous_names");
}

static cJSON *about_new(const struct world *w, enum channel_kind kind, const char *id,
	const char *name, const char *creator)
{
	cJSON *about = cJSON_CreateObject();

	tree_set_text(about, "id", id);
	tree_set_int(about, "created", w->now_ms / 1000);
	tree_set_text(about, "creator", creator);
	tree_set_yes(about, "is_archived", false);
	tree_set_yes(about, "is_channel", kind == CHANNEL_PUBLIC || kind == CHANNEL_PRIVATE);
	tree_set_yes(about, "is_group", false);
	tree_set_yes(about, "is_im", kind == CHANNEL_IM);
	tree_set_yes(about, "is_mpim", kind == CHANNEL_MPIM);
	tree_set_text(about, "context_team_id", TEAM_ID);
	tree_set_int(about, "updated", w->now_ms);
	if (kind == CHANNEL_IM)
		tree_set_text(about, "user", creator);
	else
		fill_named(about, name, kind != CHANNEL_PUBLIC);
	return about;
}

static void announce_new(struct world *w, const struct channel *ch)
{
	cJSON *event = cJSON_CreateObject(), *about;

	tree_set_text(event, "type", "channel_created");
	about = cJSON_Duplicate(ch->about, true);
	tree_drop(about, "is_member");
	tree_set(event, "channel", about);
	world_emit(w, event);
}

struct channel *channel_new(struct world *w, enum channel_kind kind, const char *id,
	const char *name, const char *creator)
{
	struct channel *ch = calloc(1, sizeof(*ch));
	char made[ID_ROOM];

	w->channels = realloc(w->channels, (w->n_channels + 1) * sizeof(struct channel *));
	if (ch == NULL || w->channels == NULL)
		abort();
	id = id != NULL ? id : world_id(w, kind == CHANNEL_IM ? 'D' : 'C', made);
	*ch = (struct channel){
		.about = about_new(w, kind, id, name, creator),
		.members = cJSON_CreateArray(),
		.pins = cJSON_CreateArray(),
		.bookmarks = cJSON_CreateArray(),
		.log = cJSON_CreateArray(),
	};
	w->channels[w->n_channels++] = ch;
	if (kind == CHANNEL_PUBLIC)
		announce_new(w, ch);
	return ch;
}

void channel_free(struct channel *ch)
{
	if (ch == NULL)
		return;
	for (size_t i = 0; i < ch->n_messages; i++)
		cJSON_Delete(ch->messages[i]);
	free(ch->messages);
	cJSON_Delete(ch->about);
	cJSON_Delete(ch->members);
	cJSON_Delete(ch->pins);
	cJSON_Delete(ch->bookmarks);
	cJSON_Delete(ch->log);
	free(ch);
}

void channel_forget(struct world *w, struct channel *ch)
{
	for (size_t i = 0; i < w->n_channels; i++) {
		if (w->channels[i] != ch)
			continue;
		memmove(&w->channels[i], &w->channels[i + 1],
			(w->n_channels - i - 1) * sizeof(struct channel *));
		w->n_channels--;
		break;
	}
	channel_free(ch);
}

const char *channel_name_wrong(const struct world *w, const char *name)
{
	static const char *const RESERVED[] = { "here", "channel", "everyone", "group", "archive",
		"archives", "me", "you", "slack", "slackbot", "all" };
	bool letters = false;

	if (name == NULL || *name == '\0')
		return "invalid_name_required";
	if (tree_units(name) > NAME_LONGEST)
		return "invalid_name_maxlength";
	for (const char *c = name; *c != '\0'; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ||
			(unsigned char)*c >= 0x80;

		if (!plain && *c != '-' && *c != '_')
			return "invalid_name_specials";
		letters = letters || plain;
	}
	if (!letters)
		return "invalid_name_punctuation";
	for (size_t i = 0; i < sizeof(RESERVED) / sizeof(RESERVED[0]); i++)
		if (strcmp(name, RESERVED[i]) == 0)
			return "name_taken";
	return channel_find(w, name) != NULL || world_user_id(w, name) != NULL ? "name_taken"
									       : NULL;
}

void channel_say_of(struct world *w, struct channel *ch, const char *user_id, const char *what,
	const char *text)
{
	cJSON *saying = cJSON_GetObjectItemCaseSensitive(ch->about, what), *message;
	char words[4096], subtype[32];

	if (saying == NULL || strcmp(tree_text(saying, "value"), text) == 0)
		return;
	tree_set_text(saying, "value", text);
	tree_set_text(saying, "creator", user_id);
	tree_set_int(saying, "last_set", w->now_ms / 1000);
	if (snprintf(words, sizeof(words), "<@%s> set the channel %s: %s", user_id, what, text) <
			0 ||
		snprintf(subtype, sizeof(subtype), "channel_%s", what) < 0)
		abort();
	message = message_by(user_id, subtype, words);
	tree_set_text(message, what, text);
	(void)message_post(w, ch, message); /* nobody needs it again */
}

static void announce_name(struct world *w, const struct channel *ch)
{
	static const char *const SHOWN[] = { "id", "name", "name_normalized", "created",
		"is_channel", "is_mpim" };
	bool hidden = channel_kind(ch) != CHANNEL_PUBLIC;
	cJSON *event = cJSON_CreateObject(), *about;

	tree_set_text(event, "type", hidden ? "group_rename" : "channel_rename");
	about = cJSON_AddObjectToObject(event, "channel");
	for (size_t i = 0; i < sizeof(SHOWN) / sizeof(SHOWN[0]); i++)
		tree_set(about, SHOWN[i],
			cJSON_Duplicate(
				cJSON_GetObjectItemCaseSensitive(ch->about, SHOWN[i]), true));
	if (hidden)
		message_event(w, ch, event);
	else
		world_emit(w, event);
}

void channel_rename(struct world *w, struct channel *ch, const char *user_id, const char *name)
{
	char old[NAME_LONGEST * 4 + 1], words[1024];
	cJSON *message;

	if (snprintf(old, sizeof(old), "%s", tree_text(ch->about, "name")) < 0 ||
		snprintf(words, sizeof(words),
			"<@%s> has renamed the channel from \"%s\" to \"%s\"", user_id, old,
			name) < 0)
		abort();
	cJSON_AddItemToArray(cJSON_GetObjectItemCaseSensitive(ch->about, "previous_names"),
		cJSON_CreateString(old));
	tree_set_text(ch->about, "name", name);
	tree_set_text(ch->about, "name_normalized", name);
	message = message_by(user_id, "channel_name", words);
	tree_set_text(message, "old_name", old);
	tree_set_text(message, "name", name);
	(void)message_post(w, ch, message); /* nobody needs it again */
	announce_name(w, ch);
}

void channel_archive(struct world *w, struct channel *ch, const char *user_id, bool archived)
{
	bool hidden = channel_kind(ch) != CHANNEL_PUBLIC;
	const char *did = archived ? "archive" : "unarchive";
	char words[128], type[32];
	cJSON *event;

	tree_set_yes(ch->about, "is_archived", archived);
	if (snprintf(words, sizeof(words), "<@%s> %sd the channel", user_id, did) < 0 ||
		snprintf(type, sizeof(type), "channel_%s", did) < 0)
		abort();
	(void)message_post(w, ch, message_by(user_id, type, words)); /* nobody needs it again */
	if (snprintf(type, sizeof(type), "%s_%s", hidden ? "group" : "channel", did) < 0)
		abort();
	event = cJSON_CreateObject();
	tree_set_text(event, "type", type);
	tree_set_text(event, "channel", channel_id(ch));
	tree_set_text(event, hidden && !archived ? "actor_id" : "user", user_id);
	if (archived)
		tree_set_int(event, "is_moved", 0);
	if (hidden)
		message_event(w, ch, event);
	else
		world_emit(w, event);
}

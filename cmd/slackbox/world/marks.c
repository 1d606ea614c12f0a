#include <string.h>

#include "workspace.h"

/* What is stuck to messages: reactions and pins. */

enum { MOST_PINS = 100, MOST_EMOJI = 23, EMOJI_LONGEST = 100 };

static bool emoji_right(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_+'-");

	if (len == 0 || len > EMOJI_LONGEST)
		return false;
	return name[len] == '\0' ||
		(strncmp(name + len, "::skin-tone-", 12) == 0 &&
			strspn(name + len + 12, "23456") == 1 && name[len + 13] == '\0');
}

static cJSON *reaction_find(const cJSON *message, const char *name)
{
	cJSON *reaction;

	cJSON_ArrayForEach(reaction,
		cJSON_GetObjectItemCaseSensitive(
			message, "reactions")) if (strcmp(tree_text(reaction, "name"), name) ==
		0) return reaction;
	return NULL;
}

static void announce_reaction(struct world *w, const struct channel *ch, const cJSON *message,
	const char *user_id, const char *type, const char *name)
{
	const char *author = tree_text(message, "user");
	cJSON *event = cJSON_CreateObject(), *item;

	tree_set_text(event, "type", type);
	tree_set_text(event, "user", user_id);
	tree_set_text(event, "reaction", name);
	item = cJSON_AddObjectToObject(event, "item");
	tree_set_text(item, "type", "message");
	tree_set_text(item, "channel", channel_id(ch));
	tree_set_text(item, "ts", tree_text(message, "ts"));
	if (author != NULL)
		tree_set_text(event, "item_user", author);
	message_event(w, ch, event);
}

const char *message_react(
	struct world *w, struct channel *ch, const char *ts, const char *user_id, const char *name)
{
	cJSON *message = message_find(ch, ts), *reactions, *reaction, *users;

	if (message == NULL)
		return "message_not_found";
	if (name == NULL || !emoji_right(name))
		return "invalid_name";
	reactions = cJSON_GetObjectItemCaseSensitive(message, "reactions");
	if (reactions == NULL)
		reactions = cJSON_AddArrayToObject(message, "reactions");
	reaction = reaction_find(message, name);
	if (reaction == NULL) {
		if (cJSON_GetArraySize(reactions) >= MOST_EMOJI)
			return "too_many_emoji";
		reaction = cJSON_CreateObject();
		tree_set_text(reaction, "name", name);
		cJSON_AddArrayToObject(reaction, "users");
		cJSON_AddItemToArray(reactions, reaction);
	}
	users = cJSON_GetObjectItemCaseSensitive(reaction, "users");
	if (tree_has(users, user_id))
		return "already_reacted";
	cJSON_AddItemToArray(users, cJSON_CreateString(user_id));
	tree_set_int(reaction, "count", cJSON_GetArraySize(users));
	announce_reaction(w, ch, message, user_id, "reaction_added", name);
	return NULL;
}

const char *message_unreact(
	struct world *w, struct channel *ch, const char *ts, const char *user_id, const char *name)
{
	cJSON *message = message_find(ch, ts), *reaction, *users;

	if (message == NULL)
		return "message_not_found";
	if (name == NULL || !emoji_right(name))
		return "invalid_name";
	reaction = reaction_find(message, name);
	users = cJSON_GetObjectItemCaseSensitive(reaction, "users");
	if (!tree_has(users, user_id))
		return "no_reaction";
	tree_drop_text(users, user_id);
	tree_set_int(reaction, "count", cJSON_GetArraySize(users));
	announce_reaction(w, ch, message, user_id, "reaction_removed", name);
	if (users->child == NULL) {
		cJSON *all = cJSON_GetObjectItemCaseSensitive(message, "reactions");

		cJSON_Delete(cJSON_DetachItemViaPointer(all, reaction));
		if (all->child == NULL)
			tree_drop(message, "reactions");
	}
	return NULL;
}

static cJSON *pin_find(const struct channel *ch, const char *ts)
{
	cJSON *pin;

	cJSON_ArrayForEach(pin, ch->pins) if (strcmp(tree_text(pin, "ts"), ts) == 0) return pin;
	return NULL;
}

static cJSON *pin_item(const struct channel *ch, const cJSON *pin)
{
	cJSON *item = cJSON_CreateObject(), *message;
	const cJSON *of = message_find(ch, tree_text(pin, "ts"));
	char permalink[256];

	tree_set_text(item, "type", "message");
	tree_set_text(item, "channel", channel_id(ch));
	tree_set(item, "created",
		cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(pin, "created"), true));
	tree_set_text(item, "created_by", tree_text(pin, "created_by"));
	if (of == NULL)
		return item;
	message = message_copy(of, false);
	message_permalink(ch, of, permalink);
	tree_set_text(message, "permalink", permalink);
	tree_set(item, "message", message);
	return item;
}

cJSON *message_pins(const struct channel *ch)
{
	cJSON *items = cJSON_CreateArray(), *pin;

	cJSON_ArrayForEach(pin, ch->pins) cJSON_InsertItemInArray(items, 0, pin_item(ch, pin));
	return items;
}

static void announce_pin(struct world *w, const struct channel *ch, const cJSON *pin,
	const char *user_id, bool added)
{
	const cJSON *message = message_find(ch, tree_text(pin, "ts"));
	const char *author = tree_text(message, "user");
	cJSON *event = cJSON_CreateObject(), *about;

	tree_set_text(event, "type", added ? "pin_added" : "pin_removed");
	tree_set_text(event, "user", user_id);
	tree_set_text(event, "channel_id", channel_id(ch));
	tree_set(event, "item", pin_item(ch, pin));
	if (author != NULL)
		tree_set_text(event, "item_user", author);
	tree_set_int(event, "pin_count", cJSON_GetArraySize(ch->pins));
	about = cJSON_AddObjectToObject(event, "pinned_info");
	tree_set_text(about, "channel", channel_id(ch));
	tree_set_text(about, "pinned_by", tree_text(pin, "created_by"));
	tree_set(about, "pinned_ts",
		cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(pin, "created"), true));
	if (!added)
		tree_set_yes(event, "has_pins", ch->pins->child != NULL);
	message_event(w, ch, event);
}

const char *message_pin(struct world *w, struct channel *ch, const char *ts, const char *user_id)
{
	cJSON *message = message_find(ch, ts), *pin, *pinned_to;
	const char *subtype = tree_text(message, "subtype");

	if (message == NULL)
		return "message_not_found";
	if (subtype != NULL && strcmp(subtype, "thread_broadcast") != 0 &&
		strcmp(subtype, "file_share") != 0 && strcmp(subtype, "bot_message") != 0)
		return "not_pinnable";
	if (pin_find(ch, ts) != NULL)
		return "already_pinned";
	if (cJSON_GetArraySize(ch->pins) >= MOST_PINS)
		return "too_many_pins";
	pin = cJSON_CreateObject();
	tree_set_text(pin, "ts", ts);
	tree_set_int(pin, "created", w->now_ms / 1000);
	tree_set_text(pin, "created_by", user_id);
	cJSON_AddItemToArray(ch->pins, pin);
	pinned_to = cJSON_CreateArray();
	cJSON_AddItemToArray(pinned_to, cJSON_CreateString(channel_id(ch)));
	tree_set(message, "pinned_to", pinned_to);
	announce_pin(w, ch, pin, user_id, true);
	return NULL;
}

const char *message_unpin(struct world *w, struct channel *ch, const char *ts, const char *user_id)
{
	cJSON *message = message_find(ch, ts);
	cJSON *pin = message != NULL ? pin_find(ch, ts) : NULL;

	if (message == NULL)
		return "message_not_found";
	if (pin == NULL)
		return "no_pin";
	(void)cJSON_DetachItemViaPointer(ch->pins, pin); /* it is still told of */
	tree_drop(message, "pinned_to");
	announce_pin(w, ch, pin, user_id, false);
	cJSON_Delete(pin);
	return NULL;
}

#include <string.h>

#include "call.h"

/* Pins, reactions, bookmarks. */

enum { MOST_BOOKMARKS = 100 };

/* The message of a call's timestamp argument. */
static bool item_given(struct call *c)
{
	const char *ts = call_text(c, "timestamp");

	if (ts == NULL)
		return call_fail(c, "no_item_specified");
	return ts_right(ts) || call_fail(c, "bad_timestamp");
}

static void take_answer(struct call *c, const char *wrong)
{
	if (wrong != NULL)
		call_fail(c, wrong);
}

void pins_add(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel");

	if (ch != NULL && item_given(c))
		take_answer(c, message_pin(c->w, ch, call_text(c, "timestamp"), BOT_USER));
}

void pins_remove(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel");

	if (ch != NULL && item_given(c))
		take_answer(c, message_unpin(c->w, ch, call_text(c, "timestamp"), BOT_USER));
}

void pins_list(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");

	if (ch == NULL)
		return;
	if (channel_has(ch, BOT_USER))
		tree_set(c->body, "items", message_pins(ch));
	else
		call_fail(c, "not_in_channel");
}

void reactions_add(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel");

	if (ch != NULL && item_given(c))
		take_answer(c,
			message_react(c->w, ch, call_text(c, "timestamp"), BOT_USER,
				call_text(c, "name")));
}

void reactions_remove(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel");

	if (ch != NULL && item_given(c))
		take_answer(c,
			message_unreact(c->w, ch, call_text(c, "timestamp"), BOT_USER,
				call_text(c, "name")));
}

void reactions_get(struct call *c)
{
	struct channel *ch = call_channel(c, "channel");
	const cJSON *message;

	if (ch == NULL || !item_given(c))
		return;
	message = channel_has(ch, BOT_USER) ? message_find(ch, call_text(c, "timestamp")) : NULL;
	if (message == NULL) {
		call_fail(c, channel_has(ch, BOT_USER) ? "message_not_found" : "not_in_channel");
		return;
	}
	tree_set_text(c->body, "type", "message");
	tree_set_text(c->body, "channel", channel_id(ch));
	tree_set(c->body, "message", message_copy(message, false));
}

static bool link_right(const char *link)
{
	return link != NULL &&
		(strncmp(link, "https://", 8) == 0 || strncmp(link, "http://", 7) == 0) &&
		strpbrk(link, " \n\t") == NULL;
}

static bool mark_fields_right(struct call *c)
{
	const char *link = call_text(c, "link"), *emoji = call_text(c, "emoji");
	size_t len = emoji != NULL ? strlen(emoji) : 0;

	if (link != NULL && !link_right(link))
		return call_fail(c, "invalid_link");
	if (len > 0 && (len < 3 || emoji[0] != ':' || emoji[len - 1] != ':'))
		return call_fail(c, "invalid_emoji");
	return true;
}

static cJSON *mark_new(struct call *c, const struct channel *ch)
{
	char id[ID_ROOM], bookmark[ID_ROOM + 2] = "Bk";
	cJSON *mark = cJSON_CreateObject();

	memcpy(bookmark + 2, world_id(c->w, 'B', id) + 1, ID_ROOM - 1);
	tree_set_text(mark, "id", bookmark);
	tree_set_text(mark, "channel_id", channel_id(ch));
	tree_set_text(mark, "title", call_text(c, "title"));
	tree_set_text(mark, "link", call_text(c, "link"));
	tree_set_text(mark, "emoji", call_text(c, "emoji") != NULL ? call_text(c, "emoji") : "");
	tree_set_text(mark, "icon_url", NULL);
	tree_set_text(mark, "type", "link");
	tree_set_text(mark, "entity_id", NULL);
	tree_set_int(mark, "date_created", c->w->now_ms / 1000);
	tree_set_int(mark, "date_updated", 0);
	tree_set_text(mark, "rank", "i");
	tree_set_text(mark, "last_updated_by_user_id", BOT_USER);
	tree_set_text(mark, "last_updated_by_team_id", TEAM_ID);
	tree_set_text(mark, "shortcut_id", NULL);
	tree_set_text(mark, "app_id", APP_ID);
	return mark;
}

void marks_add(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel_id");
	cJSON *mark;

	if (ch == NULL || !mark_fields_right(c))
		return;
	if (strcmp(call_text(c, "type"), "link") != 0) {
		call_fail(c, "invalid_bookmark_type");
	} else if (call_text(c, "link") == NULL) {
		call_fail(c, "invalid_link");
	} else if (cJSON_GetArraySize(ch->bookmarks) >= MOST_BOOKMARKS) {
		call_fail(c, "too_many_bookmarks");
	} else {
		mark = mark_new(c, ch);
		cJSON_AddItemToArray(ch->bookmarks, mark);
		tree_set(c->body, "bookmark", cJSON_Duplicate(mark, true));
	}
}

static cJSON *mark_find(struct call *c, const struct channel *ch)
{
	cJSON *mark;

	cJSON_ArrayForEach(mark,
		ch->bookmarks) if (strcmp(tree_text(mark, "id"), call_text(c, "bookmark_id")) ==
		0) return mark;
	call_fail(c, "not_found");
	return NULL;
}

void marks_edit(struct call *c)
{
	static const char *const FIELDS[] = { "title", "link", "emoji" };
	struct channel *ch = call_own_channel(c, "channel_id");
	cJSON *mark = ch != NULL ? mark_find(c, ch) : NULL;

	if (mark == NULL || !mark_fields_right(c))
		return;
	for (size_t i = 0; i < sizeof(FIELDS) / sizeof(FIELDS[0]); i++)
		if (call_text(c, FIELDS[i]) != NULL)
			tree_set_text(mark, FIELDS[i], call_text(c, FIELDS[i]));
	tree_set_int(mark, "date_updated", c->w->now_ms / 1000);
	tree_set(c->body, "bookmark", cJSON_Duplicate(mark, true));
}

void marks_list(struct call *c)
{
	struct channel *ch = call_channel(c, "channel_id");

	if (ch == NULL)
		return;
	if (channel_has(ch, BOT_USER))
		tree_set(c->body, "bookmarks", cJSON_Duplicate(ch->bookmarks, true));
	else
		call_fail(c, "not_in_channel");
}

void marks_remove(struct call *c)
{
	struct channel *ch = call_own_channel(c, "channel_id");
	cJSON *mark = ch != NULL ? mark_find(c, ch) : NULL;

	if (mark != NULL)
		cJSON_Delete(cJSON_DetachItemViaPointer(ch->bookmarks, mark));
}

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workspace.h"

static const char *team_of(const struct world *w, const char *user_id)
{
	const char *team = tree_text(world_user(w, user_id), "team_id");

	return team != NULL ? team : TEAM_ID;
}

static void announce(struct world *w, const struct channel *ch, const char *type,
	const char *user_id, const char *inviter)
{
	cJSON *event = cJSON_CreateObject();

	tree_set_text(event, "type", type);
	tree_set_text(event, "user", user_id);
	tree_set_text(event, "channel", channel_id(ch));
	tree_set_text(event, "channel_type", channel_id(ch)[0] == 'G' ? "G" : "C");
	tree_set_text(event, "team", team_of(w, user_id));
	if (inviter != NULL)
		tree_set_text(event, "inviter", inviter);
	message_event(w, ch, event);
}

void channel_join(struct world *w, struct channel *ch, const char *user_id, const char *inviter)
{
	char words[128];
	cJSON *message;

	if (channel_has(ch, user_id))
		return;
	cJSON_AddItemToArray(ch->members, cJSON_CreateString(user_id));
	if (strcmp(team_of(w, user_id), TEAM_ID) != 0) {
		tree_set_yes(ch->about, "is_shared", true);
		tree_set_yes(ch->about, "is_ext_shared", true);
	}
	if (strcmp(user_id, BOT_USER) == 0)
		tree_set_yes(ch->about, "is_member", true);
	if (channel_kind(ch) == CHANNEL_IM || channel_kind(ch) == CHANNEL_MPIM)
		return;
	announce(w, ch, "member_joined_channel", user_id, inviter);
	if (w->now_ms == 0)
		return; /* furnishing leaves no messages */
	if (snprintf(words, sizeof(words), "<@%s> has joined the channel", user_id) < 0)
		abort();
	message = message_by(user_id, "channel_join", words);
	if (inviter != NULL)
		tree_set_text(message, "inviter", inviter);
	(void)message_post(w, ch, message); /* nobody needs it again */
}

/* The app is told of its own removal by an event of its own. */
static void bot_left(struct world *w, struct channel *ch, const char *actor)
{
	cJSON *event = cJSON_CreateObject();

	tree_set_yes(ch->about, "is_member", false);
	tree_set_text(
		event, "type", channel_kind(ch) == CHANNEL_PUBLIC ? "channel_left" : "group_left");
	tree_set_text(event, "channel", channel_id(ch));
	tree_set_text(event, "actor_id", actor);
	world_emit(w, event);
}

void channel_leave(struct world *w, struct channel *ch, const char *user_id, const char *actor)
{
	char words[128];

	if (!channel_has(ch, user_id))
		return;
	if (strcmp(user_id, actor) == 0) {
		if (snprintf(words, sizeof(words), "<@%s> has left the channel", user_id) < 0)
			abort();
	} else if (snprintf(words, sizeof(words), "<@%s> was removed from the channel by <@%s>",
			   user_id, actor) < 0) {
		abort();
	}
	(void)message_post(w, ch, message_by(user_id, "channel_leave", words)); /* not needed */
	announce(w, ch, "member_left_channel", user_id, NULL);
	tree_drop_text(ch->members, user_id);
	if (strcmp(user_id, BOT_USER) == 0)
		bot_left(w, ch, actor);
}

struct channel *channel_dm(struct world *w, const char *user_id)
{
	struct channel *ch;

	for (size_t i = 0; i < w->n_channels; i++) {
		const char *user = tree_text(w->channels[i]->about, "user");

		if (user != NULL && strcmp(user, user_id) == 0)
			return w->channels[i];
	}
	ch = channel_new(w, CHANNEL_IM, NULL, NULL, user_id);
	channel_join(w, ch, BOT_USER, NULL);
	channel_join(w, ch, user_id, NULL);
	return ch;
}

const char *world_add_channel(struct world *w, const cJSON *what)
{
	const char *name = tree_text(what, "name"), *id = tree_text(what, "id");
	const char *creator = world_user_id(w, tree_text(what, "creator"));
	bool hidden = tree_yes(what, "private") || tree_yes(what, "is_private");
	const cJSON *members = cJSON_GetObjectItemCaseSensitive(what, "members"), *item;
	const char *wrong = channel_name_wrong(w, name);
	struct channel *ch;

	if (wrong != NULL)
		return wrong;
	if (id != NULL && channel_find(w, id) != NULL)
		return "name_taken";
	cJSON_ArrayForEach(item, members) if (world_user_id(w, cJSON_GetStringValue(item)) ==
		NULL) return "user_not_found";
	if (creator == NULL)
		creator = world_user_id(w, cJSON_GetStringValue(cJSON_GetArrayItem(members, 0)));
	ch = channel_new(w, hidden ? CHANNEL_PRIVATE : CHANNEL_PUBLIC, id, name,
		creator != NULL ? creator : "USLACKBOT");
	cJSON_ArrayForEach(item, members)
		channel_join(w, ch, world_user_id(w, cJSON_GetStringValue(item)), NULL);
	if (tree_yes(what, "archived"))
		tree_set_yes(ch->about, "is_archived", true);
	return NULL;
}

#include <stdio.h>
#include <stdlib.h>

#include "deed.h"

/* What seldom becomes of channels. */

/* A public channel becomes a private one, or with {"public": true} the other way round. */
const char *do_convert(const struct deed *d)
{
	bool open = tree_yes(d->what, "public");
	bool was_open = channel_kind(d->ch) == CHANNEL_PUBLIC;
	char words[128];

	if (open == was_open)
		return open ? "already_public" : "already_private";
	if (snprintf(words, sizeof words, "made this channel *%s*.", open ? "public" : "private") <
		0)
		abort();
	tree_set_yes(d->ch->about, "is_private", !open);
	(void)message_post(d->w, d->ch,
		message_by(d->user,
			open ? "channel_convert_to_public" : "channel_convert_to_private",
			words)); /* nobody needs it again */
	return NULL;
}

/* As when a channel is shared with another workspace: its id is another from now on. */
const char *do_change_id(const struct deed *d)
{
	const char *wanted = tree_text(d->what, "id");
	cJSON *event;
	char made[ID_ROOM];

	if (channel_find(d->w, wanted) != NULL)
		return "name_taken";
	event = cJSON_CreateObject();
	tree_set_text(event, "type", "channel_id_changed");
	tree_set_text(event, "old_channel_id", channel_id(d->ch));
	tree_set_text(d->ch->about, "id", wanted != NULL ? wanted : world_id(d->w, 'C', made));
	tree_set_text(event, "new_channel_id", channel_id(d->ch));
	message_event(d->w, d->ch, event);
	return NULL;
}

const char *do_delete_channel(const struct deed *d)
{
	bool hidden = channel_kind(d->ch) != CHANNEL_PUBLIC;
	cJSON *event = cJSON_CreateObject();

	tree_set_text(event, "type", hidden ? "group_deleted" : "channel_deleted");
	tree_set_text(event, "channel", channel_id(d->ch));
	tree_set_text(event, "actor_id", d->user);
	if (hidden)
		message_event(d->w, d->ch, event);
	else
		world_emit(d->w, event);
	channel_forget(d->w, d->ch);
	return NULL;
}

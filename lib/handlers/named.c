#include "handler.h"
#include "store_named.h"
#include "text.h"

/* Groups and channels by name, as texts mention them. */

typedef bool meet(struct turn *, const char *id, struct fail *why);

/* One answer tells of all groups. */
static bool meet_group(struct turn *t, const char *id, struct fail *why)
{
	bool is_new;

	if (!store_named_meet(t->store, id, &is_new, why))
		return false;
	if (is_new)
		turn_say(t, call_groups(t->arena));
	return true;
}

static bool meet_channel(struct turn *t, const char *id, struct fail *why)
{
	bool is_new;

	if (!store_named_meet(t->store, id, &is_new, why))
		return false;
	if (is_new)
		turn_say(t, call_which_channel(t->arena, id));
	return true;
}

static bool meet_each(struct turn *t, const char *const *ids, meet *one, struct fail *why)
{
	for (; *ids != NULL; ids++)
		if (!one(t, *ids, why))
			return false;
	return true;
}

bool turn_meet_named(struct turn *t, const char *mrkdwn, const char *rich, struct fail *why)
{
	const struct text *text = text_read(t->arena, mrkdwn, rich);
	const char *const *people = text_mentioned(t->arena, text, MENTION_PERSON);
	const char *const *groups = text_mentioned(t->arena, text, MENTION_GROUP);
	const char *const *channels = text_mentioned(t->arena, text, MENTION_CHANNEL);

	return meet_each(t, people, turn_meet, why) && meet_each(t, groups, meet_group, why) &&
		meet_each(t, channels, meet_channel, why);
}

/* subteam_created, subteam_updated; of who is in it nothing is kept */
bool handle_group(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct known_group *g = &ev->as.group.group;

	return g->handle == NULL || store_named_put(t->store, g->id, g->handle, why);
}

/* The answer to usergroups.list */
bool handle_groups_known(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;

	for (int i = 0; i < a->group_count; i++)
		if (a->groups[i].handle != NULL &&
			!store_named_put(t->store, a->groups[i].id, a->groups[i].handle, why))
			return false;
	return true;
}

/* The answer to conversations.info. What a private channel is called is for those who are in it. */
bool handle_channel_known(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;

	return !a->ok || a->channel_name == NULL || a->about.is_private ||
		store_named_put(t->store, a->argument, a->channel_name, why);
}

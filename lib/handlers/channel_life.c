#include <string.h>

#include "record.h"
#include "remind.h"
#include "store_named.h"

/* What the channel's own life is called on the timeline; NULL: nothing of it stands there by itself. */
static const char *kind_of(enum channel_happening what)
{
	switch (what) {
	case CHANNEL_MEMBER_JOINED: return "joined";
	case CHANNEL_MEMBER_LEFT:
	case CHANNEL_LEFT: return "left";
	case CHANNEL_ARCHIVED: return "archived";
	case CHANNEL_UNARCHIVED: return "unarchived";
	case CHANNEL_DELETED: return "deleted";
	default: return NULL; /* of a new name, Slack's message in the channel says who gave it */
	}
}

/* Most of it is said in the channel as well, unless a workspace has switched that off: then this is all there is. */
static bool note(struct turn *t, const struct event *ev, int64_t incident, struct fail *why)
{
	const struct channel_change *c = &ev->as.channel;
	const struct sighting seen = sighting_of(t, ev, c->at);
	const struct teller by = { seen.provenance, seen.source, t->now_us };
	const char *kind = kind_of(c->what);
	const char *who =
		c->what == CHANNEL_LEFT ? t->self : c->user; /* there c->user is who sent us away */
	struct incident i; /* only locked: see small_print in record.c */
	bool found;

	if (kind == NULL ||
		(c->what != CHANNEL_LEFT && who != NULL && t->self != NULL &&
			strcmp(who, t->self) == 0))
		return true;
	return turn_meet(t, who, why) &&
		store_incident_get(t->store, t->arena, incident, &i, &found, why) &&
		store_life_add(t->store, incident,
			&(struct happening){ c->channel, kind, who, seen.at_us }, &by, why);
}

/* Before we came, or while Slack changed many of its messages, nothing was told to us. */
static bool is_our_coming(const struct turn *t, const struct channel_change *c)
{
	return c->what == CHANNEL_MEMBER_JOINED && c->user != NULL && t->self != NULL &&
		strcmp(c->user, t->self) == 0;
}

/* Archiving has put us out, and what changed meanwhile nobody was told there. */
static bool come_back(struct turn *t, const struct incident *i, struct fail *why)
{
	if (i->channel == NULL)
		return true;
	if (!i->private)
		turn_say(t, call_come_back(t->arena, i));
	return incident_show(t, i, why) && incident_call_in(t, i, why) && remind_follow(t, i, why);
}

bool incident_channel_is(struct turn *t, struct incident *i, const char *closed, int64_t at_us,
	bool *changed, struct fail *why)
{
	if (!store_channel_closed(t->store, i->id, closed, at_us, changed, why))
		return false;
	if (!*changed)
		return true;
	i->channel_closed = closed;
	return closed != NULL ? store_alarms_rest(t->store, i->id, why) : come_back(t, i, why);
}

static bool channel_is(
	struct turn *t, int64_t incident, const char *closed, int64_t at_us, struct fail *why)
{
	struct incident i;
	bool found, changed;

	if (!store_incident_get(t->store, t->arena, incident, &i, &found, why))
		return false;
	return !found || incident_channel_is(t, &i, closed, at_us, &changed, why);
}

/* Also where nobody had told us that it was archived: we were put out. */
static bool is_unarchived(struct turn *t, int64_t incident, int64_t at_us, struct fail *why)
{
	struct incident i;
	bool found, changed;

	if (!store_incident_get(t->store, t->arena, incident, &i, &found, why))
		return false;
	if (!found || !incident_channel_is(t, &i, NULL, at_us, &changed, why))
		return !found;
	return changed || i.channel_closed != NULL || come_back(t, &i, why);
}

/* Whether it takes what we say, where that is what has happened. */
static bool follow(struct turn *t, const struct channel_change *c, int64_t incident, int64_t at_us,
	struct fail *why)
{
	switch (c->what) {
	case CHANNEL_ARCHIVED: return channel_is(t, incident, "archived", at_us, why);
	case CHANNEL_DELETED: return channel_is(t, incident, "deleted", at_us, why);
	case CHANNEL_UNARCHIVED: return is_unarchived(t, incident, at_us, why);
	case CHANNEL_LEFT: return turn_lose_channel(t, incident, why);
	default: return true;
	}
}

/* The answer to conversations.info about an archived one: somebody may have brought it back while nobody told us. */
bool handle_channel_looked_at(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct answer *a = &ev->as.answer;

	return !a->ok || a->channel == NULL || a->about.is_archived ||
		channel_is(t, a->incident, NULL, t->now_us, why);
}

/* Where incidents are announced, Slack is asked how we stand there: what it says is told as a trouble, or ends one. */
static void look_at_place(struct turn *t, const struct channel_change *c)
{
	if (!house_announces_in(t->arena, t->house, c->channel))
		return;
	if (c->what == CHANNEL_ARCHIVED || c->what == CHANNEL_UNARCHIVED ||
		c->what == CHANNEL_DELETED)
		turn_say(t, call_join(t->arena, c->channel));
	if (c->what == CHANNEL_LEFT)
		turn_say(t, call_place(t->arena, c->channel, "not_in_channel"));
}

/* member_joined_channel, channel_archive, channel_rename, channel_id_changed and the like */
bool handle_channel_life(struct turn *t, const struct event *ev, struct fail *why)
{
	const struct channel_change *c = &ev->as.channel;
	const struct sighting seen = sighting_of(t, ev, c->at);
	int64_t incident = 0;

	if (c->what == CHANNEL_RENAMED &&
		!store_named_renamed(t->store, c->channel, c->name, seen.at_us, why))
		return false;
	look_at_place(t, c);
	if (c->channel != NULL && !store_incident_of_channel(t->store, c->channel, &incident, why))
		return false;
	if (incident == 0)
		return true;
	if (c->what == CHANNEL_RENAMED && c->name != NULL)
		return store_channel_renamed(t->store, incident, c->name, seen.at_us, why);
	if (c->what == CHANNEL_MOVED && c->new_channel != NULL)
		return store_channel_moved(t->store, incident, c->new_channel, why) &&
			turn_read_channel(t, incident, why);
	if (is_our_coming(t, c) && !channel_is(t, incident, NULL, seen.at_us, why))
		return false;
	if (c->what == CHANNEL_REWRITTEN || is_our_coming(t, c))
		return turn_read_channel(t, incident, why);
	return follow(t, c, incident, seen.at_us, why) && note(t, ev, incident, why);
}

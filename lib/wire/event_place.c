#include "event_place.h"

/* Where the event has the channel's id; the second may be NULL. */
struct slots {
	const char **first, **second;
};

static struct slots slots_of(struct event *ev)
{
	switch (ev->kind) {
	case EVENT_MESSAGE:
	case EVENT_MENTION: return (struct slots){ &ev->as.message.channel, NULL };
	case EVENT_CHANGE:
		return (struct slots){ &ev->as.change.now.channel, &ev->as.change.before.channel };
	case EVENT_DELETE:
		return (struct slots){ &ev->as.deletion.channel, &ev->as.deletion.before.channel };
	case EVENT_REACTION: return (struct slots){ &ev->as.reaction.channel, NULL };
	case EVENT_PIN: return (struct slots){ &ev->as.pin.channel, &ev->as.pin.item.channel };
	case EVENT_CHANNEL:
		if (ev->as.channel.what != CHANNEL_MOVED)
			return (struct slots){ &ev->as.channel.channel, NULL };
		break;
	default: break;
	}
	return (struct slots){ 0 };
}

const char *event_place(const struct event *ev)
{
	struct event copy = *ev;
	struct slots at = slots_of(&copy);

	return at.first != NULL ? *at.first : NULL;
}

void event_place_set(struct event *ev, const char *channel)
{
	struct slots at = slots_of(ev);

	if (at.first != NULL)
		*at.first = channel;
	if (at.second != NULL)
		*at.second = channel;
}

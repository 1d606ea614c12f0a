#ifndef CHANGE_H
#define CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "answer.h"
#include "message.h"

/*
 * What happens to messages, files and channels after they were made. at is when it happened, by Slack's clock
 * (event_ts), in the form of every ts. May be NULL: at, and what is marked so.
 */

/* message_changed: an edit by a person (now.edited), an update by a bot, an unfurled link, a counter of replies. */
struct change {
	const char *at;
	struct message now, before; /* now.tombstone: it was deleted, its replies were not */
	bool has_before;
};

/* message_deleted */
struct deletion {
	const char *channel, *ts, *at;
	struct message before;
	bool has_before;
};

/* reaction_added, reaction_removed: of messages only */
struct reaction {
	const char *channel, *ts, *user, *at;
	const char *name;      /* as Slack has it, with its skin tone */
	const char *item_user; /* who wrote the message; NULL: a webhook */
	bool given;            /* not: taken back */
};

/* pin_added, pin_removed: of messages only */
struct pin {
	const char *channel, *ts, *at;
	const char *user; /* who pinned it, or took it down; may be NULL */
	bool pinned;
	struct message item;
	bool has_item;
};

/* file_deleted, file_change */
struct file_change {
	const char *id, *at;
	bool gone; /* not: changed, ask Slack how */
};

enum channel_happening {
	CHANNEL_MEMBER_JOINED,
	CHANNEL_MEMBER_LEFT,
	CHANNEL_LEFT, /* we are in it no more */
	CHANNEL_RENAMED,
	CHANNEL_ARCHIVED,
	CHANNEL_UNARCHIVED,
	CHANNEL_DELETED,
	CHANNEL_MOVED,     /* it has another id from now on; its messages keep their ts */
	CHANNEL_REWRITTEN, /* its history was changed in bulk: read it again */
};

/* The channel's life, public or private. */
struct channel_change {
	enum channel_happening what;
	const char *channel;     /* NULL only when rewritten: Slack need not say which */
	const char *user;        /* who joined or left; who did it, where Slack says so */
	const char *name;        /* renamed: the new name */
	const char *new_channel; /* moved: the new id */
	const char *at;
};

/* subteam_created, subteam_updated, subteam_members_changed; of the last only the id is known */
struct group_change {
	struct known_group group;
	const char *at;
};

/* app_rate_limited: Slack kept events back in this minute */
struct limited {
	int64_t minute; /* its beginning, in seconds since 1970 */
};

/*
 * message_action: a person chose one of our entries in a message's menu, maybe where we are not a member. shortcut: in Slack's
 * own menu; then there is no message (its ts is NULL), and channel is the person.
 */
struct shortcut {
	const char *callback, *trigger, *user, *channel, *respond;
	struct message message;
};

#endif

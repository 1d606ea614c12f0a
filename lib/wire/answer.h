#ifndef ANSWER_H
#define ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "fail.h"
#include "message.h"

/* The error where Slack's answer is larger than we read: our own word, see api.h. */
#define ANSWER_TOO_LARGE "answer_too_large"

struct known_person {
	const char *id, *team, *name, *real_name, *display_name;
	const char *enterprise; /* the organisation of several workspaces; NULL: they are in none */
	bool is_bot, deleted, restricted;
	bool is_stranger; /* of another workspace, and in no channel with us */
};

struct known_group {
	const char *id, *handle, *name;
};

/* An emoji of the workspace's own that is another name for one. */
struct known_emoji {
	const char *name, *alias; /* both without colons */
};

/* conversations.info, and what makes a channel or changes it */
struct known_channel {
	bool is_private, is_archived, is_member;
	bool is_shared; /* with another organisation: Slack Connect */
};

/* Of several people, one whom Slack did not invite. */
struct not_invited {
	const char *user, *error;
};

/* The answer to one of our calls, with what handlers want of it. */
struct answer {
	int64_t call; /* the outbox row */
	const char *method, *purpose, *argument;
	int64_t incident; /* 0: none */
	int64_t version;  /* of the incident when the call was written */
	bool ok;
	bool kept;          /* it had its effect before, and is run again from what was kept */
	const char *error;  /* Slack's word, or NULL; "already_..." may be ok as well */
	const char *needed; /* the scope that is missing */
	const char *ts, *channel, *channel_name;                      /* channel: also channel.id */
	const char *user, *user_name, *team, *url, *bot, *enterprise; /* auth.test */
	struct known_person person; /* users.info; bots.info: its B... is the id, and it is_bot */
	struct message_file file;   /* files.info; id NULL: none */
	struct known_channel about; /* of the channel, where Slack says more than its id */
	struct message *messages;   /* conversations.history and .replies, in their order */
	int message_count;
	bool has_more; /* messages; go by the cursor */
	bool limited;  /* messages: older ones are hidden by the workspace's plan */
	int group_count;
	const struct known_group *groups;      /* usergroups.list */
	const struct not_invited *not_invited; /* conversations.invite */
	int not_invited_count, emoji_count;
	const struct known_emoji *emoji; /* emoji.list: only the other names, in their order */
	const char *const *users;        /* usergroups.users.list: ids; ends with NULL */
	const char *cursor;              /* next page, NULL at the end */
	const char *found_ts;      /* see answer_read: the message whose metadata names our row */
	const char *found_channel; /* users.conversations: the channel of the name asked for */
	const char *found_creator; /* who made it, */
	int64_t found_created_s;   /* and when; 0: not said */
};

/*
 * Reads the body of a Web API answer into what answers hold of it; call, method, purpose, argument, incident
 * and version are left as they were. The strings go into the arena.
 *
 * look_for, when not NULL, is searched for in lists: found_ts is the message whose metadata is of type "incidentd"
 * and names it as event_payload.row (text or number), found_channel the channel of that name,
 * with who made it and when.
 *
 * Fails (FAIL_LATER) when the body is not a JSON object that says "ok" or not: then it is not Slack who answered.
 */
bool answer_read(const char *body, const char *look_for, struct arena *arena, struct answer *out,
	struct fail *why);

/* The body as Postgres can keep it, to be read again some day. */
const char *answer_keepable(struct arena *, const char *body);

#endif

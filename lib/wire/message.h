#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A message as Slack tells of it: in an event of its own, within a change of it, as what is pinned, or on a page
 * of history. Slack: "message event", "Retrieving messages". A string that Slack may leave out is NULL then.
 * Every ts is digits, a dot and digits, whatever Slack sent; what cannot be read so is NULL.
 */
struct message_file {
	const char *id, *name, *permalink, *mimetype;
	int64_t bytes;
	bool gone; /* mode "tombstone"; "hidden_by_limit" is not gone */
};

struct message_reaction {
	const char *name; /* as Slack has it, with its skin tone: "+1::skin-tone-3" */
	const char *const *people;
	int people_count;
	int64_t count; /* more than people_count: Slack has cut the list */
};

struct message {
	const char *subtype; /* NULL: plain */
	const char *channel; /* NULL where Slack does not say it: pages of history */
	const char *ts;
	const char *thread; /* the parent's ts; a parent's own ts when it has replies */
	const char *user, *bot, *bot_name, *app;
	const char *team;      /* the author's workspace; in shared channels maybe not ours */
	const char *text;      /* mrkdwn */
	const char *rich;      /* {"blocks":[...],"attachments":[...]}: what there is of them.
				  NULL: neither, or larger than 256 KiB */
	const char *edited;    /* ts of the last edit by a person */
	const char *edited_by; /* who edited it */
	const char *event_ts, *channel_type;
	const char *latest_reply;
	int64_t replies;
	const struct message_file *files;
	int file_count;
	const struct message_reaction *reactions; /* history only */
	int reaction_count;
	bool pinned;    /* history and pins only: pinned_to names its channel */
	bool broadcast; /* a reply that was sent to the channel as well */
	bool tombstone; /* deleted, and kept as the parent of its thread */
	bool known; /* pages of history: its handler says so, and nothing of it is to be kept but its place */
};

#endif

#ifndef EVENT_H
#define EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer.h"
#include "arena.h"
#include "change.h"
#include "due.h"
#include "fail.h"
#include "levels_news.h"
#include "message.h"

/*
 * What Slack says, as C. Nothing past this header sees JSON. Strings live as long as the event. Any string
 * that Slack may leave out is NULL then. Shapes: Slack's "Socket Mode", "Events API" and "Interactivity" pages.
 */
enum event_kind {
	EVENT_HELLO,      /* for the link alone: the connection is good */
	EVENT_DISCONNECT, /* for the link alone: go, or be gone */
	EVENT_SLASH,      /* someone typed a command */
	EVENT_MESSAGE,    /* someone spoke where we listen (also bots, broadcasts, /me, files) */
	EVENT_MENTION,    /* someone named us */
	EVENT_CHANGE,     /* of a message (message_changed) */
	EVENT_DELETE,     /* of a message (message_deleted) */
	EVENT_REACTION,   /* given or taken back */
	EVENT_PIN,        /* put up or taken down */
	EVENT_FILE,       /* changed or deleted */
	EVENT_CHANNEL,    /* its life, and who is in it */
	EVENT_GROUP,      /* a user group's name */
	EVENT_EMOJI,      /* the workspace's own emoji are others now */
	EVENT_LIMITED,    /* Slack held events back */
	EVENT_PRESS,      /* a button or select (block_actions) */
	EVENT_SUBMIT,     /* a form was sent (view_submission) */
	EVENT_SHORTCUT,   /* an entry of ours in a menu (message_action, shortcut) */
	EVENT_HOME,       /* app_home_opened: someone looks at our home tab */
	EVENT_PERSON,     /* user_change, team_join */
	EVENT_DUE,        /* something fell due: made by the inbox and by incidentctl */
	EVENT_LEVELS, /* the severities file was read, or others are in force: made by the inbox */
	EVENT_ANSWER, /* Slack answered a call of ours: made by the outbox */
	EVENT_OTHER,  /* well formed, acted on by nobody */
	EVENT_UNREADABLE, /* has an envelope id but lacks what its kind must have: acked, kept, not acted on */
};

struct hello {
	int64_t connections; /* num_connections: ours and ghosts */
	int64_t lifetime_s;  /* approximate_connection_time */
	const char *app, *host;
};

struct disconnect {
	const char
		*reason; /* warning, refresh_requested, link_disabled, too_many_websockets, ... */
};

struct slash {
	const char *command, *text, *user, *channel, *channel_name, *trigger;
	const char *respond; /* response_url: a secret */
};

struct press {
	const char *action, *value, *block; /* value: of a button, or the option or user chosen */
	const char *user, *message_ts, *trigger, *view, *respond;
	const char *channel; /* the person, where it was no channel: in a form, or at home */
};

/* One field of a form: block_id, and its value as text. */
struct field {
	const char *block, *value; /* value NULL when left empty */
	bool as_shown;             /* it was as the form showed it, and that is not kept */
};

struct home_opened {
	const char *user;
	const char
		*mark; /* the private_metadata of what the tab shows; NULL: it shows nothing yet */
};

struct submit {
	const char *user, *callback, *metadata, *view, *hash, *trigger;
	const struct field *fields;
	int count;
};

struct event {
	enum event_kind kind;
	const char *envelope;          /* the id to acknowledge, or NULL */
	const char *type;              /* "events_api", "message", ...: for the log and the inbox */
	const char *key;               /* what makes this event the same one when it comes again */
	const char *team, *self, *app; /* events_api: workspace, our bot's user id, our app's id */
	int64_t retry;                 /* retry_attempt */
	int64_t received_us;           /* set by who received it */
	union {
		struct hello hello;
		struct disconnect disconnect;
		struct slash slash;
		struct message message; /* and of a mention */
		struct change change;
		struct deletion deletion;
		struct reaction reaction;
		struct pin pin;
		struct file_change file;
		struct channel_change channel;
		struct group_change group;
		struct limited limited;
		struct press press;
		struct submit submit;
		struct shortcut shortcut;
		struct home_opened home;
		struct known_person person;
		struct due due;
		struct levels_news levels;
		struct answer answer;
	} as;
	struct fail wrong; /* EVENT_UNREADABLE: why */
	char *raw;         /* the frame, mended UTF-8, ended by NUL */
	size_t raw_len;
	void *tree;
	struct arena *arena; /* owns what the tree does not */
};

/*
 * Reads one frame. Bytes that Postgres could not keep (invalid UTF-8, \u0000, lone surrogates) are replaced by
 * U+FFFD first, so that nothing else of the frame is lost. Fails only when there is nothing to acknowledge:
 * not JSON, too deep, no type, no envelope_id. On success *ev is the caller's: give it to event_done().
 */
bool event_read(const char *frame, size_t len, struct event *ev, struct fail *why);
void event_done(struct event *);

#endif

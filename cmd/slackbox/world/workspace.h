#ifndef WORKSPACE_H
#define WORKSPACE_H

#include <stddef.h>

#include "tree.h"
#include "world.h"

/* What the files of this folder share: the state, and the changes of it that both people and the app make. */

#define TEAM_ID  "T0BOX"
#define TEAM_URL "https://slackbox.example.test/"
#define BOT_USER "U0INCIDENTD"
#define BOT_ID   "B0INCIDENTD"
#define APP_ID   "A0INCIDENTD"

enum { TS_ROOM = 32, ID_ROOM = 16 };

struct channel {
	cJSON *about;     /* Slack's channel object */
	cJSON *members;   /* ids */
	cJSON *pins;      /* {ts, created, created_by} */
	cJSON *bookmarks; /* Slack's bookmark objects */
	cJSON *log;       /* what became of the messages: the events that told of it */
	cJSON **messages; /* by ts, ascending */
	size_t n_messages, room;
};

struct bucket {
	char key[96];
	double tokens;
	int64_t at_ms;
};

struct world {
	world_event *out;
	void *ctx;
	uint64_t random;
	int64_t now_ms;  /* 0 until time first moves */
	int64_t last_us; /* the youngest timestamp given out */
	struct limits limits;
	char *scopes;
	char *events; /* those subscribed to; NULL: all */
	cJSON *users, *groups, *files, *emoji;
	struct channel **channels;
	size_t n_channels;
	cJSON *views, *homes; /* by user id: a stack, a view */
	bool no_home;
	cJSON *triggers; /* {id, user, at, used} */
	cJSON *seen;     /* by user id: what only they see */
	cJSON *calls, *findings;
	size_t n_calls, n_findings;
	struct bucket *buckets;
	size_t n_buckets;
};

/* --- the workspace (world.c) --------------------------------------------------------------------- */

void world_time(struct world *, int64_t now_ms);
const char *world_ts(struct world *, char out[TS_ROOM]); /* a new one, later than all others */
const char *world_id(struct world *, char kind, char out[ID_ROOM]);
void world_stamp(struct world *, cJSON *event);             /* adds event_ts */
void world_emit(struct world *, cJSON *event);              /* takes it, stamped */
bool world_scope(const struct world *, const char *one_of); /* "channels:manage groups:write" */

/* --- channels (channel.c, members.c) ------------------------------------------------- */

enum channel_kind { CHANNEL_PUBLIC, CHANNEL_PRIVATE, CHANNEL_IM, CHANNEL_MPIM };

struct channel *channel_find(const struct world *, const char *id_or_name);
struct channel *channel_new(
	struct world *, enum channel_kind, const char *id, const char *name, const char *creator);
void channel_free(struct channel *);
const char *channel_id(const struct channel *);
enum channel_kind channel_kind(const struct channel *);
bool channel_has(const struct channel *, const char *user_id);
bool channel_archived(const struct channel *);
const char *channel_name_wrong(const struct world *, const char *name); /* NULL: it is fine */
void channel_join(struct world *, struct channel *, const char *user_id, const char *inviter);
void channel_leave(struct world *, struct channel *, const char *user_id, const char *actor);
void channel_say_of(struct world *, struct channel *, const char *user_id, const char *what,
	const char *text); /* what: "topic" or "purpose" */
void channel_rename(struct world *, struct channel *, const char *user_id, const char *name);
void channel_forget(struct world *, struct channel *); /* ends it */
void channel_archive(struct world *, struct channel *, const char *user_id, bool archived);
struct channel *channel_dm(struct world *, const char *user_id); /* opened when need be */

/* --- messages (message.c, marks.c) --------------------------------------------------- */

cJSON *message_find(const struct channel *, const char *ts);
cJSON *message_by(const char *user_id, const char *subtype, const char *text);
cJSON *message_post(struct world *, struct channel *, cJSON *message); /* takes it; borrowed back */
void message_changed(struct world *, struct channel *, const cJSON *message, cJSON *before);
void message_delete(struct world *, struct channel *, const char *ts);
cJSON *message_copy(const cJSON *message, bool with_metadata);
cJSON *person_shown(const cJSON *user); /* as user_profile in a message (people.c) */
void message_permalink(const struct channel *, const cJSON *message, char out[256]);
void message_event(struct world *, const struct channel *, cJSON *event); /* if the bot is in it */
const char *message_react(
	struct world *, struct channel *, const char *ts, const char *user_id, const char *name);
const char *message_unreact(
	struct world *, struct channel *, const char *ts, const char *user_id, const char *name);
const char *message_pin(struct world *, struct channel *, const char *ts, const char *user_id);
const char *message_unpin(struct world *, struct channel *, const char *ts, const char *user_id);
cJSON *message_pins(const struct channel *);

const char *group_id(const struct world *, const char *handle); /* NULL: there is none (groups.c) */

/* --- text (typed.c): owned by the caller --------------------------------------------------- */

char *typed_text(
	const struct world *, const char *typed, cJSON **blocks_out); /* what people type */
char *posted_text(const char *text);                                  /* what apps send */

#endif

#ifndef WORLD_H
#define WORLD_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The workspace that slackbox keeps in memory: people, channels, messages, threads, pins, bookmarks,
 * open views; the Web API as questions and changes of it; and the events that each change causes.
 * It does no I/O: time is an argument, what it wants delivered goes out through world_out.
 */
struct world;

/* The inner `event` object of an events_api payload. Ownership passes to the callee. */
typedef void world_event(void *ctx, cJSON *event);

struct world *world_new(world_event *out, void *ctx, unsigned seed);
void world_free(struct world *);

/* --- the Web API ------------------------------------------------------------------------------- */

struct api_request {
	const char *method; /* "chat.postMessage" */
	const char *token;  /* from the Authorization header or the token argument; NULL: none */
	const cJSON *args;  /* an object: form values are strings, a JSON body is as it came */
	bool json_body;     /* form-only methods must ignore such a body, as Slack does */
	int64_t now_ms;     /* wall clock, milliseconds since 1970 */
};

struct api_reply {
	int status;        /* 200 or 429 */
	int retry_after;   /* seconds, with 429 */
	cJSON *body;       /* owned by the caller */
	char scopes[1024]; /* for x-oauth-scopes */
};

void world_call(struct world *, const struct api_request *, struct api_reply *out);

/* The bot token's scopes, separated by spaces or commas. NULL: all that a method asks for, as at first. */
void world_scopes(struct world *, const char *scopes);
/* The bot events that the app subscribes to, with blanks between, as in a manifest. At first: all. */
void world_events(struct world *, const char *events);
/* Whether the app has a home tab. At first: yes. */
void world_has_home(struct world *, bool has);

/* How generous the rate limits are, and how long a minute is for them. */
struct limits {
	double scale;      /* 1 as documented, larger is more so, 0 turns them off */
	int64_t minute_ms; /* Retry-After is in real seconds, 1 at least */
	/* An app that is sold outside Slack's Marketplace: history and replies once a minute, 15 at a time;
	 * whatever the scale is. */
	bool outsider;
};

void world_limits(struct world *, const struct limits *);

/* --- what people do: each returns an error word as Slack would show, or NULL --------------------- */

/* ids and names are both accepted for user and channel ("U01ANN" or "ann", "C01OPS" or "ops"), and
 * channel "dm" is the user's conversation with the bot. Before time first moves (a call, a say, an
 * act) adding is furnishing and causes no events; later it is news: team_join, channel_created … A
 * person who is there already is changed: user_change. */
const char *world_add_person(
	struct world *, const cJSON *what); /* id? name real_name is_bot? is_restricted? deleted? */
const char *world_add_channel(struct world *, const cJSON *what); /* id? name private? members[] */
const char *world_add_usergroup(struct world *, const cJSON *what); /* id? handle name users[] */
const char *world_say(struct world *, const cJSON *what, int64_t now_ms, char ts_out[32]);
/* user channel text thread_ts? broadcast?: the event(s) go out: message, and app_mention if the bot is named */
const char *world_act(struct world *, const char *verb, const cJSON *what, int64_t now_ms);
/* The verbs and what they need are in docs/SLACKBOX.md. */
const char *world_add_emoji(struct world *, const cJSON *what); /* name, url or alias or removed */

/* Who is this, in ids? NULL: there is none. */
const char *world_user_id(const struct world *, const char *id_or_name);
const char *world_channel_id(const struct world *, const char *id_or_name);
const cJSON *world_user(const struct world *, const char *id); /* borrowed: Slack's user object */
const cJSON *world_channel(
	const struct world *, const char *id); /* borrowed: Slack's channel object */
const cJSON *world_message(
	const struct world *, const char *channel, const char *ts); /* borrowed */

/* A trigger_id as Slack gives with commands and presses: good for 3 s and one use. */
void world_trigger_new(struct world *, const char *user_id, int64_t now_ms, char out[64]);

/* The view that this person has open (the top of the stack), or NULL. */
const cJSON *world_view_of(const struct world *, const char *user_id);
/* What the app's home tab shows them, or NULL. */
const cJSON *world_home_of(const struct world *, const char *user_id);
void world_view_close(struct world *, const char *user_id); /* the top one; what is below shows */

/* What the app answers to a view_submission: {"response_action": "errors|update|push|clear", …}, or
 * NULL for an empty answer. An answer that Slack would not take is returned as its error word. */
const char *world_view_answer(
	struct world *, const char *user_id, const cJSON *answer, int64_t now_ms);

/* What only this person can see: ephemeral posts, answers to commands, "operation_timeout". */
void world_show_to(
	struct world *, const char *user_id, const char *channel_id, const cJSON *message);

/* The whole state as JSON for tests: {"channels":[{…,"messages":[…],"members":[…]}],"users":…,
 * "views":…,"seen_by":{"U1":[…]},"calls":[{"method","args","error"}],"findings":[…]}. Owned by the caller. */
cJSON *world_dump(const struct world *);

/* One channel with all its messages, and its log: each change, reaction, pin and deletion as the event that told of
 * it (or would have, were the bot there), with what was there before. Owned by the caller; NULL: no such channel. */
cJSON *world_truth(const struct world *, const char *id_or_name);

/* Something a strict Slack would not accept and that a test must fail on: kept, printed, dumped. */
void world_finding(struct world *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif

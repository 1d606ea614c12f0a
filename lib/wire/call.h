#ifndef CALL_H
#define CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "incident.h"
#include "reply.h"

/*
 * What we say: one Web API method and its arguments as JSON, ready to be a row of the outbox. One function a
 * kind of call that we really make. Everything is copied into the arena.
 */
struct call {
	struct call *next;
	const char *method;
	const char *lane;     /* calls in one lane go in order */
	const char *purpose;  /* which handler gets the answer: see ROUTES */
	const char *argument; /* handed to that handler, or NULL */
	const char *replaces; /* an older unsent call with the same word is dropped, or NULL */
	int64_t incident;     /* 0: none */
	int64_t version;
	int64_t not_after_ms; /* of no use that long after its making; 0: always of use */
	const char *body;
};

/*
 * <!channel> as a word, @channel: what somebody wrote and we repeat calls nobody a second time, and what we
 * write calls nobody at all. A label is what is shown of <!subteam^S1|@ops> and <!date^...|today>.
 */
const char *call_nobody(struct arena *, const char *mrkdwn);
/* A moment, by the clock of who reads it. call_nobody() would make it a text. */
const char *shown_moment(struct arena *, int64_t us);

/*
 * A message. thread NULL: not in a thread. text is mrkdwn; what people wrote in it must be escaped already. A
 * <!channel> in it is shown, and calls nobody.
 */
struct call *call_post(struct arena *, const char *channel, const char *thread, const char *text);
/* As call_post, but only this user sees it, and it is gone when they load Slack again. */
struct call *call_whisper(struct arena *, const char *channel, const char *thread, const char *user,
	const char *text);
/*
 * As call_post, to stakeholders: when they hear again stands below it, by the clock of who reads it. 0: nothing is promised.
 */
struct call *call_update(
	struct arena *, const char *channel, const char *thread, const char *text, int64_t due_at);
/*
 * As call_whisper, at the response_url of what they typed or pressed: also where we are no member. It is good for half an hour.
 */
struct call *call_respond(struct arena *, const char *url, const char *user, const char *text);
struct call *call_react(struct arena *, const char *channel, const char *ts, const char *emoji);

/* The headline post and the card: made once, then updated in place. name_of says what people are called. */
struct shown {
	const struct incident *incident;
	const char *lead, *reporter; /* as mentions or names, ready to be shown */
	const char *slash;           /* "/incident" */
};
struct call *call_headline(struct arena *, const struct shown *, const char *channel);
struct call *call_headline_update(
	struct arena *, const struct shown *, const char *channel, const char *ts);
/* The headline of an incident that is private by now says only that. */
struct call *call_headline_hidden(
	struct arena *, int64_t incident, const char *channel, const char *ts);
struct call *call_card(struct arena *, const struct shown *);
struct call *call_card_update(struct arena *, const struct shown *);
/* The card as a reply: see reply.h. All that it says is its text as well. more: below it. */
const char *reply_card(struct arena *, const struct shown *, const char *more);

struct call *call_create_channel(struct arena *, const struct incident *, const char *name);
struct call *call_rename_channel(struct arena *, const struct incident *, const char *name);
struct call *call_find_channel(
	struct arena *, const struct incident *, const char *name, const char *cursor);
/* Is it archived, as it was? */
struct call *call_look_at_channel(struct arena *, const struct incident *);
/* May an incident be run there? */
struct call *call_channel_to_take(struct arena *, const char *channel);
struct call *call_join(struct arena *, const char *channel);
/* Why that was refused: are we in it anyway? refused is Slack's word, and comes back as the answer's argument. */
struct call *call_place(struct arena *, const char *channel, const char *refused);
struct call *call_topic(struct arena *, const struct incident *);
struct call *call_purpose(
	struct arena *, const struct incident *, const char *reporter, const char *slash);
/* Fails where it is not archived, which is as well. */
struct call *call_unarchive(struct arena *, const struct incident *);
/* Ours is the channel of an incident: who was put out when it was archived comes back. */
struct call *call_come_back(struct arena *, const struct incident *);
/* Brings in who asked for it: they hear when it fails. */
struct call *call_bring_in(struct arena *, const struct incident *, const char *user);
/* users: one, or up to 100 with commas; of several, those who can be invited are. */
struct call *call_invite(struct arena *, const struct incident *, const char *users);
struct call *call_group_members(struct arena *, const struct incident *, const char *group);
struct call *call_pin(struct arena *, const struct incident *, const char *ts);
struct call *call_who_is(struct arena *, const char *user); /* or a bot: B... */
/* The same, of who has asked for something: the event of that key. */
struct call *call_who_asks(struct arena *, const char *user, const char *key);
struct call *call_groups(struct arena *); /* all of them, by name */
struct call *call_emoji(struct arena *);  /* the workspace's own */
struct call *call_which_channel(struct arena *, const char *channel);
struct call *call_which_file(struct arena *, const char *file);
/* The same, of somebody who was just given the lead. */
struct call *call_who_leads(struct arena *, const struct incident *, const char *user);
struct call *call_who_am_i(struct arena *, const char *desk);

/*
 * A page of a channel's history, newest first, from below latest down to above oldest; a page of a thread, oldest first,
 * above oldest. NULL: no bound. Slack gives at most `limit` messages (0: CALL_PAGE), and may give fewer.
 */
enum { CALL_PAGE = 200 };
struct call *call_history(struct arena *, const char *channel, const char *oldest,
	const char *latest, const char *cursor, int64_t limit, const char *argument);
struct call *call_replies(struct arena *, const char *channel, const char *thread,
	const char *oldest, const char *cursor, int64_t limit, const char *argument);

/* The arguments of a call with our row's id as the message's metadata, so that we can find it again. */
const char *call_body_with_row(struct arena *, const char *method, const char *body, int64_t row);

/*
 * The question whether a post was made before: the history of its channel or thread since it was first tried.
 * *method is what to ask; NULL when the post names no channel. cursor: the next page, or NULL.
 */
const char *call_look(struct arena *, const char *post_body, int64_t first_sent_us,
	const char *cursor, const char **method);

#endif

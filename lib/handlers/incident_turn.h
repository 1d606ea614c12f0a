#ifndef INCIDENT_TURN_H
#define INCIDENT_TURN_H

#include <stdbool.h>

#include "answer.h"
#include "call.h"
#include "fail.h"
#include "incident.h"

/* What handlers do to incidents: part of handler.h. */
struct turn;
struct command;
struct headline;

/* The incident that an answer is about: that it is not there is our mistake. */
bool answer_incident(struct turn *, const struct answer *, struct incident *, struct fail *why);
/* A step that Slack refuses for good is told in the channel and on the report, and blocks nothing else. */
bool answer_problem(struct turn *, struct incident *, const struct answer *, struct fail *why);
/* What Slack said of its channel at that time: "archived", "deleted", or NULL: open, and shown as it should be. */
bool incident_channel_is(struct turn *, struct incident *, const char *closed, int64_t at_us,
	bool *changed, struct fail *why);

/* Its title, and its summary where that is too short for all of the text. False when the text says nothing. */
bool declare_titled(struct turn *, struct incident *, const char *text);
/* The form to declare one, with this text as its title, and as its summary where a title is too short for it. */
bool declare_form(struct turn *, const struct command *, const char *plain, struct fail *why);
/* Declares it and begins to make its channel and headline. i: title, severity, reporter, ... */
bool incident_declare(struct turn *, struct incident *i, struct fail *why);
void incident_set_level(struct incident *, const struct level *);
/* It is called and means what the level is and means now. */
bool incident_has_level(const struct incident *, const struct level *);
/* To the level that its own was renamed to, if it was. */
bool incident_follow_level(struct turn *, struct incident *, struct fail *why);
/*
 * What every change ends with: it is saved, written on the timeline as `kind` with `text`, announced in the
 * channel with the name of who did it, and the headline, the card and the topic follow.
 */
bool incident_change(struct turn *, struct incident *, const char *by, const char *kind,
	const char *text, struct fail *why);
/* Something went wrong for it: on the timeline, and in its channel; without one, to its reporter and where it is announced. */
bool incident_problem(struct turn *, struct incident *, const char *text, struct fail *why);
/* What webhooks are told of: a change of this kind, of an incident that is not private. */
bool webhooks_tell(struct turn *, const struct incident *, const char *by, const char *kind,
	const char *text, struct fail *why);
/* Who is to be paged at its level, and was not at the one before (an id; NULL: it is new). */
bool incident_page(struct turn *, const struct incident *, const char *before, struct fail *why);
/* It is private now: what webhooks were not sent yet is not sent, or, of a page, without its words. */
bool webhooks_hush(struct turn *, int64_t incident, struct fail *why);
/* Only a line on the timeline. */
bool incident_write_down(struct turn *, const struct incident *, const char *by, const char *kind,
	const char *text, struct fail *why);
/* A line on the timeline that is said in the channel as well. */
bool incident_note(struct turn *, const struct incident *, const char *by, const char *kind,
	const char *text, struct fail *why);
/* In the words of author (NULL: that is by), put there by another. */
struct noted {
	const char *author, *by, *kind, *text;
	int64_t made_of; /* the message that it is made of; 0: none */
};
bool incident_note_of(
	struct turn *, const struct incident *, const struct noted *, struct fail *why);
/* An update is said below each headline as well. *told false: there is none that it could be said below. */
bool incident_update(
	struct turn *, struct incident *, const struct noted *, bool *told, struct fail *why);
/*
 * What follows `duplicate-of`: "3", "of #3", "<#C1|inc-3-lift>" are a number, 0 is none; "none" takes it back.
 */
bool duplicate_named(struct turn *, const char *rest, int64_t *number, struct fail *why);
bool duplicate_is_none(struct turn *, const char *rest);
/* It was a duplicate of that one until now: that one's channel and record are told. */
bool duplicate_ended(
	struct turn *, const struct incident *, const char *by, int64_t was, struct fail *why);
/* Says below that headline what author told stakeholders, and how it stands. */
void incident_tell_update(struct turn *, const struct incident *, const struct headline *,
	const char *author, const char *text);
/* The role that what was typed begins with, the longest name of all, or NULL; *rest is what follows it. */
const struct role *role_at(struct turn *, const char *text, const char **rest);
/* What the headline and the card show of it. */
struct shown incident_shown(struct turn *, const struct incident *);
/* The headlines, the card and the topic as they should be now. */
bool incident_show(struct turn *, const struct incident *, struct fail *why);
/* Stakeholders are told now: when they hear again is promised anew. *anew: it is to be shown. */
bool incident_promise(struct turn *, struct incident *, bool *anew, struct fail *why);
bool incident_show_promise(struct turn *, const struct incident *, struct fail *why);
/* The channel is there: set it up, and let the headline name it. */
bool incident_move_in(
	struct turn *, struct incident *, const char *channel, const char *name, struct fail *why);
/* declare in <#C1|lifts> TITLE: begins to look whether that may be; *asked false: it was not typed so. */
bool declare_in_channel(struct turn *, const struct command *, bool *asked, struct fail *why);
/* Where it is announced: a private one nowhere. */
bool incident_headlines(struct turn *, const struct incident *, const struct headline **list,
	int *count, struct fail *why);
/* Its channel was made private: it is announced no more, and its headlines say that instead of what they said. */
bool incident_hide(struct turn *, int64_t incident, struct fail *why);
/* Posts the headline where all incidents and those of its level have theirs, once in each. */
bool incident_announce(struct turn *, const struct incident *, struct fail *why);
/* Brings the people and groups of its level into its channel, each once. */
bool incident_call_in(struct turn *, const struct incident *, struct fail *why);
/* "inc-12-payments-are-failing" */
const char *incident_channel(struct turn *, const struct incident *, int tries);
/* The open incidents that this person may reach from this channel, the newest first; and as text. */
bool incidents_reached(struct turn *, const char *user, const char *channel,
	const struct incident **list, int *count, struct fail *why);
bool incidents_as_text(
	struct turn *, const char *user, const char *channel, const char **text, struct fail *why);

#endif

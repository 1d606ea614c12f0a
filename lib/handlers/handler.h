#ifndef HANDLER_H
#define HANDLER_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "call.h"
#include "command.h"
#include "event.h"
#include "fail.h"
#include "incident.h"
#include "incident_turn.h"
#include "reminder.h"
#include "store.h"

/* What handlers know of the settings. */
struct house {
	struct levels levels;
	const char *slash;              /* "/incident" */
	const char *announce, *reports; /* channel ids, or NULL */
	const char *admin;     /* the channel where we say what is wrong with ourselves, or NULL */
	const char *time_zone; /* by its IANA name */
	const char *admins;    /* user ids: "U1,U2" */
	const char *marks;     /* reactions that mark a key moment: "pushpin,round_pushpin" */
	const char *action_marks; /* those that make an action of the message, likewise */
	const char *update_marks; /* those that make an update of it */
	struct reminders reminders;
	const char *webhooks; /* addresses with commas between, secrets; NULL or "": none */
	bool drop_deleted;    /* the text of what is deleted in Slack is not kept */
	bool runs_again; /* what was kept is run again: it tells what was read, and nothing is asked for */
};

/* The channels that incidents are announced in, and ours, each once: ids with commas between; is this one of them? */
const char *house_channels(struct arena *, const struct house *);
bool house_announces_in(struct arena *, const struct house *, const char *channel);

/*
 * One event, one turn, one transaction. A handler reads the event, asks and changes the store, and says what
 * should be said. It sees no socket and no clock; if it fails, nothing it did has happened. It refuses
 * (FAIL_REFUSED) before it changes anything.
 */
struct turn {
	struct arena *arena;
	struct store *store;
	const struct house *house;
	const char *
		slash; /* what its verbs are typed behind: "/incident", from elsewhere "/incident #3" */
	const char *self;    /* our user id, where the event says it; else NULL */
	int64_t now_us;      /* when the event was received */
	const char *reply;   /* the acknowledgement's payload, JSON, or NULL */
	const char *refusal; /* all that a refusal says, where that is more than a failure holds */
	const char *
		unknown; /* who asks must be known before this can be answered: nothing is said of the refusal */
	bool has_asked;                 /* Slack has said who that is, if it knows */
	struct call *calls, *last_call; /* in the order they were said */
};

typedef bool handler(struct turn *, const struct event *, struct fail *why);

handler handle_said, handle_press, handle_submit, handle_person;
handler handle_channel_life, handle_changed, handle_deleted, handle_file, handle_reaction,
	handle_pin;
handler handle_channel_made, handle_channel_looked_for, handle_headline_posted, handle_card_posted;
handler handle_headline_shown, handle_channel_looked_at, handle_channel_to_take;
handler handle_group_known, handle_invited, handle_lead_known, handle_renamed;
handler handle_form_shown, handle_told;
handler handle_due, handle_limited, handle_page_read;
handler handle_person_known, handle_workspace_known, handle_step_done;
handler handle_group, handle_groups_known, handle_channel_known, handle_file_known;
handler handle_shortcut, handle_home;
handler handle_emoji, handle_emoji_known;
handler handle_join_answered, handle_unarchived;
handler handle_levels;
handler handle_reminded, handle_reminder_shown;
handler handle_webhook_sent;

void turn_say(struct turn *, struct call *);
/* So many characters of it; that there is more is shown. */
const char *turn_cut(struct turn *, const char *mrkdwn, size_t most);
/* Somebody was seen: their name is asked for once. NULL is nobody. */
bool turn_meet(struct turn *, const char *person, struct fail *why);
/* All who are mentioned in it, so that they will be shown by name: people, groups, channels. Either may be NULL. */
bool turn_meet_named(struct turn *, const char *mrkdwn, const char *rich, struct fail *why);
/* Refuses bots, ourselves and who was deactivated: nothing can be given to them. */
bool turn_may_act(struct turn *, const char *person, struct fail *why);
/*
 * May this person hear of it and change it from this channel? Refuses, with t->unknown, where that must be asked of
 * Slack first: the event has its turn when it has said.
 */
bool turn_reaches(struct turn *, const struct incident *, const char *user, const char *channel,
	bool *reaches, struct fail *why);
/* Refuses who may not, with that answer. */
bool turn_must_reach(struct turn *, const struct incident *, const char *user, const char *channel,
	struct fail *why);
/* What who may not is told: that it is private, or that it is not there for them. */
const char *turn_out_of_reach(struct turn *, const struct incident *);
/* The incident's channel is new to us: what was said in it before is read. */
bool turn_read_channel(struct turn *, int64_t incident, struct fail *why);
/* We are not in it any more: from here on nothing is told to us, and the report says so. */
bool turn_lose_channel(struct turn *, int64_t incident, struct fail *why);
/*
 * A time at the beginning of the text, as people write it: *at, and the text behind it. *at 0: there is none. What
 * is no time of day, or still to come, is refused.
 */
bool turn_time(struct turn *, const char *text, int64_t *at, const char **rest, struct fail *why);
/* "2026-03-26 14:05 (Europe/London)" */
bool turn_show_time(struct turn *, int64_t at, const char **shown, struct fail *why);
/* What the house's clocks show now, as if that were UTC. */
bool turn_clock(struct turn *, int64_t *local_us, struct fail *why);
/* When that is. Refuses what is over, and what no clock shows. */
struct deadline;
bool turn_due(struct turn *, const struct deadline *, int64_t *at, struct fail *why);
/* "Fri 27 Nov 17:00 Europe/London" */
bool turn_show_due(struct turn *, int64_t at, const char **shown, struct fail *why);

/* Slack's escaped text as people wrote it: names for mentions, entities undone. */
const char *plain_text(struct turn *, const char *mrkdwn);
/* And the other way round: what was typed into a form. NULL stays NULL. */
const char *slack_escaped(struct turn *, const char *plain);
/* "<@U1|kim>" gives "U1"; anything else NULL. *rest is what follows it. */
const char *mention_of(struct arena *, const char *text, const char **rest);

#endif

#ifndef HANDLER_H
#define HANDLER_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "call.h"
#include "event.h"
#include "fail.h"
#include "incident.h"
#include "store.h"

/* What handlers know of the settings. */
struct house {
	struct levels levels;
	const char *slash;    /* "/incident" */
	const char *announce; /* channel id, or NULL */
};

/*
 * One event, one turn, one transaction. A handler reads the event, asks and changes the store, and says what
 * should be said. It sees no socket and no clock; if it fails, nothing it did has happened. It refuses
 * (FAIL_REFUSED) before it changes anything.
 */
struct turn {
	struct arena *arena;
	struct store *store;
	const struct house *house;
	int64_t now_us;                 /* when the event was received */
	const char *reply;              /* the acknowledgement's payload, JSON, or NULL */
	struct call *calls, *last_call; /* in the order they were said */
};

typedef bool handler(struct turn *, const struct event *, struct fail *why);

/* A verb, from a slash command or a mention: the same for both. */
struct command {
	const char *user, *channel;
	const char *trigger;     /* for a form; NULL when it came by mention */
	const char *ts, *thread; /* the mention's message; NULL for a slash command */
	const char *
		rest; /* what follows the verb: mrkdwn as Slack escapes it, "" when there is nothing */
};

/* i is the channel's incident; NULL only for verbs that need none. */
typedef bool verb_handler(
	struct turn *, const struct command *, struct incident *i, struct fail *why);

verb_handler verb_declare, verb_severity, verb_status, verb_lead, verb_note, verb_action,
	verb_actions;
verb_handler verb_resolve, verb_reopen, verb_list, verb_report, verb_card;

handler handle_said, handle_press, handle_submit, handle_person;
handler handle_channel_made, handle_channel_looked_for, handle_headline_posted, handle_card_posted;
handler handle_person_known, handle_workspace_known, handle_step_done;

void turn_say(struct turn *, struct call *);
/* Only the asker sees it: in the acknowledgement of a slash command, as an ephemeral post after a mention. */
void turn_tell(struct turn *, const struct command *, const char *text);
/* Somebody was seen: their name is asked for once. NULL is nobody. */
bool turn_meet(struct turn *, const char *person, struct fail *why);

/* Declares it and begins to make its channel and headline. i: title, severity, reporter, ... */
bool incident_declare(struct turn *, struct incident *i, struct fail *why);
void incident_set_level(struct incident *, const struct level *);
/*
 * What every change ends with: it is saved, written on the timeline as `kind` with `text`, announced in the
 * channel with the name of who did it, and the headline, the card and the topic follow.
 */
bool incident_change(struct turn *, struct incident *, const char *by, const char *kind,
	const char *text, struct fail *why);
/* Only a line on the timeline, said in the channel as well. */
bool incident_note(struct turn *, const struct incident *, const char *by, const char *kind,
	const char *text, struct fail *why);
/* What the headline and the card show of it. */
struct shown incident_shown(struct turn *, const struct incident *);
/* The headline, the card and the topic as they should be now. */
void incident_show(struct turn *, const struct incident *);
/* The list of open incidents as text. */
bool incidents_as_text(struct turn *, const char **text, struct fail *why);

/* Slack's escaped text as people wrote it: names for mentions, entities undone. */
const char *plain_text(struct turn *, const char *mrkdwn);
/* "<@U1|kim>" gives "U1"; anything else NULL. *rest is what follows it. */
const char *mention_of(struct arena *, const char *text, const char **rest);

#endif

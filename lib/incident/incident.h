#ifndef INCIDENT_H
#define INCIDENT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "entry.h"
#include "fail.h"
#include "keyword.h"
#include "role.h"
#include "status.h"

/*
 * What an incident is, and the rules of it. No clock, no database, no Slack. Times are microseconds
 * since 1970, UTC; 0 is "not yet". Strings are borrowed from whoever made the struct. Slack's ids are text.
 */

/* A severity level, as the admins wrote it in severities.yml. Their order is the order of severity. */
struct level {
	const char *id, *label, *description;
	const char *emoji, *colour; /* NULL when not given; colour is #rrggbb */
	const char *respond_within,
		*update_every;       /* as written: "20m", "1h", "2d"; NULL when not given */
	const char *const *aliases;  /* ends with NULL */
	const char *const *invite;   /* users (U, W) and user groups (S); ends with NULL */
	const char *const *announce; /* channels (C, G); ends with NULL */
	const char *const *remind;   /* "no_lead after=10m hours=any"; ends with NULL */
	const char *page;            /* an address to be called, or NULL */
	bool page_drills;            /* for exercises as well */
	const char *renamed_from;    /* the id that it had, or NULL */
	bool is_default;
};

/* All of severities.yml. */
struct levels {
	const struct level *list; /* the worst first */
	int count;
	struct statuses statuses;
	struct roles roles;
	struct keyword_replies replies;
};

/* By id, label or alias, else by the id that it had: whole and without regard to case. NULL: there is none. */
const struct level *levels_find(const struct levels *, const char *word);
const struct level *levels_default(const struct levels *);
/* What became of the level of this id: itself, or the one that was renamed from it. NULL: it is gone. */
const struct level *levels_of(const struct levels *, const char *id);
/* What became of the file, a line each, for people: "p2: label was 'Major', is 'Bad'". Nothing: it says the same. */
void levels_changes(const struct levels *before, const struct levels *now, struct buf *to);

/* Reads what a severities file says, into the arena. False: *mistakes are why, a line each. */
typedef bool levels_reader(struct arena *, const char *file, const char *text, size_t len,
	struct levels *out, struct buf *mistakes);

struct incident {
	int64_t id;           /* the number that people say */
	int64_t version;      /* grows with each change that is shown in Slack */
	const char *title;    /* this and other texts of people: mrkdwn, as Slack has it */
	struct status status; /* as when it was set */
	const char *severity_id, *severity_label, *severity_emoji,
		*severity_meaning;               /* as when it was set */
	const char *lead, *reporter;             /* Slack user ids; lead may be NULL */
	const char *summary, *impact, *fixed_by; /* NULL when not given */
	const char *channel, *channel_name;      /* NULL until Slack has made it */
	const char *channel_closed; /* "archived" or "deleted": it takes nothing; or NULL */
	const char *card_ts;
	const struct role_given *roles; /* the longest given first */
	int role_count;
	bool private, report_only;
	bool drill;            /* an exercise */
	bool adopted;          /* its channel was there before it */
	int64_t duplicate_of;  /* the incident that it is the same as; 0: none */
	int64_t duplicate_at;  /* since when; as cancelled_at where that was why */
	bool duplicate_hidden; /* that one is private: not even its number is shown */
	const char
		*duplicates; /* the numbers of those that are the same as this: "2, 5"; or NULL */
	int64_t update_due_at; /* by then stakeholders were promised to hear again; 0: nothing is promised */
	int64_t started_at, reported_at, lead_at, resolved_at, cancelled_at;
};

/* It has a channel where something can be said. */
bool incident_can_say(const struct incident *);

/* "DRILL: " in front of what is shown of one, or "". */
const char *incident_mark(const struct incident *);
bool incident_is_over(const struct incident *);    /* resolved or cancelled */
int64_t incident_over_at(const struct incident *); /* when it was; 0: it is not */
/* "incident 3", or "a private incident": of the one that it is a duplicate of. */
const char *incident_duplicate_of(struct arena *, const struct incident *);
/* Moves the incident, or says why it may not be moved: "incident 7 is resolved already". */
bool incident_move(struct incident *, const struct status *to, struct fail *why);

struct action {
	int64_t id, version;
	const char *text;
	const char *text_by; /* who wrote the text; NULL: the message that it was made of */
	struct person author, assignee; /* assignee.id NULL: nobody */
	int64_t due_at;                 /* 0: it has no due date */
	int64_t source;                 /* the entry that it was made of; 0: none */
	bool done, dropped;             /* one of them, or neither */
};

/* "inc-12-payments-are-failing", of plain text: at most 80 characters of what Slack allows; tries > 1 adds "-2". */
void incident_channel_name(int64_t id, const char *title, int tries, char out[81]);

#endif

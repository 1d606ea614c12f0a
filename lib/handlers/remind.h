#ifndef REMIND_H
#define REMIND_H

#include "handler.h"
#include "store_alarm.h"

/* Reminders: which of them an incident has, and what is said of each. See docs/REMINDERS.md. */

/* All that may be to be reminded of in one incident. */
struct remind {
	struct turn *turn;
	const struct incident *incident;
	struct alarm *list; /* by rule and item; since 0: it is not so */
	int count;
	const struct action *actions;
	int action_count;
	struct alarm_facts facts;
	const struct level *level; /* NULL: there is no such level any more */
};

/* The incident has changed: what it is to be reminded of is so from now on, or no more, or at another time. */
bool remind_follow(struct turn *, const struct incident *, struct fail *why);
/* What is known of them; nothing is changed. */
bool remind_open(struct remind *, struct turn *, const struct incident *, struct fail *why);
/* NULL: nobody has ever heard of it. */
struct alarm *remind_find(struct remind *, const char *rule, int64_t item);
/* Writes it down, due as it is now. */
bool remind_save(struct remind *, struct alarm *, struct fail *why);

/* An alarm rings. */
bool remind_ring(struct turn *, const struct due *, struct fail *why);
/* All incidents are to be looked at: settings may have changed, and rules. */
bool remind_look(struct turn *, struct fail *why);

/* A button of a reminder; the forms behind some of them are called as these. */
bool remind_press(struct turn *, const struct press *, struct incident *, struct fail *why);
extern const char REMIND_PREFIX[]; /* how their names begin */
#define REMIND_UPDATE  "remind_update"
#define REMIND_RESOLVE "remind_resolve"
#define REMIND_REPORT  "remind_report"

/* What is so: "Nobody leads this incident yet." */
const char *remind_words(struct remind *, const struct alarm *);
/* Posts it, with its buttons. */
void remind_say(struct remind *, const struct alarm *);
/* What became of it: the post at ts, or the last one. ended: nothing more comes, but somebody may want it again. */
void remind_show(
	struct remind *, const struct alarm *, const char *ts, const char *what, bool ended);

/*
 * By when stakeholders are to hear again who heard last, or of it, at told_at: after its level's update_every, from now on where
 * that would be past, and in working hours where the rule for update_due says so. 0: its level promises nothing, or it is over, or
 * nobody outside hears of it.
 */
bool remind_promise(
	struct turn *, const struct incident *, int64_t told_at, int64_t *at, struct fail *why);
/* The same, of when they heard last. */
bool remind_promise_anew(struct turn *, struct incident *, struct fail *why);

#endif

#ifndef RECORD_H
#define RECORD_H

#include "handler.h"
#include "store_entry.h"

/*
 * What was said in an incident's channel, and what became of it, put down: by live events, and by readings of the
 * channel's history. In whatever order it is told, and however often, it comes to the same (docs/RECORD.md).
 */
struct sighting {
	const char *provenance; /* live, retry, recovered */
	const char *source;     /* the event's key; NULL: a reading */
	int64_t at_us;          /* live: when it happened; reading: when Slack was asked */
	bool before;            /* it was so just before that moment */
	int64_t asked_at; /* a reading's, which tells of reactions and pins as well: when that was
				    written down, by the database's clock; 0: it is none */
};

/* From when on it counts: a reading a little earlier than it was asked for, as clocks differ. */
int64_t record_moment(const struct sighting *);

/* The sighting that an event is; at is its moment, or NULL. */
struct sighting sighting_of(const struct turn *, const struct event *, const char *at);

/* Who we are: what we say ourselves is on the timeline as the change that it tells of. Any of it may be NULL. */
struct us {
	const char *user, *bot, *app;
};
bool record_is_ours(const struct us *, const struct message *);
struct us us_of(const struct event *);

enum news {
	NEWS_NONE, /* all of the message was known, but for what a reading says of reactions */
	NEWS_MORE,
	NEWS_ALL, /* nothing of it was known before */
};
/* m->channel and m->ts must be there. */
bool record_message(struct turn *, int64_t incident, const struct message *,
	const struct sighting *, enum news *, struct fail *why);
/* `was` is what was deleted, as far as it is known: at least its channel and ts. */
bool record_deletion(struct turn *, int64_t incident, const struct message *was,
	const struct sighting *, struct fail *why);
/* reaction: name as Slack has it. */
bool record_reaction(struct turn *, int64_t incident, const struct reaction *,
	const struct sighting *, struct fail *why);
bool record_pin(struct turn *, int64_t incident, const struct pin *, const struct sighting *,
	struct fail *why);

/* Within these: puts what was told to what is known, and makes the row when there is none. */
struct place {
	int64_t incident, entry, reactions_at;
	bool is_new, changed;
};
bool record_learn(struct turn *, struct place *, const struct said *, const struct sighting *,
	struct fail *why);
/* Makes an action or an update of it, when a reaction asks for one and the message was seen. */
bool record_made(struct turn *, const struct place *, struct fail *why);
/* It was edited: the action that was made of it reads as it does now. by: who edited it, or NULL. */
bool record_action_follows(struct turn *, const struct place *, const char *by, struct fail *why);
/* Everything that a reading says of the reactions. */
bool record_reactions_read(struct turn *, const struct place *, const struct message *,
	const struct sighting *, struct fail *why);

#endif

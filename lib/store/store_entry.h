#ifndef STORE_ENTRY_H
#define STORE_ENTRY_H

#include "said.h"
#include "store.h"

/* What was said in an incident's channel, and what became of it: part of the store, as store.h describes it. */

/* Who told of it. */
struct teller {
	const char *provenance; /* live, retry, recovered */
	const char *source;     /* the inbox key, or NULL */
	int64_t received_at;
};

/* *entry 0: it is there already, and nothing was changed. */
bool store_said_add(struct store *, int64_t incident, const struct said *, const struct teller *,
	int64_t *entry, struct fail *why);
/* A row, as it is. */
struct said_row {
	int64_t entry;        /* 0: there is none */
	int64_t reactions_at; /* see store_reactions_read */
	struct said said;
};

/* Locks the row until the turn ends. */
bool store_said_get(struct store *, struct arena *, int64_t incident, const char *channel,
	const char *ts, struct said_row *out, struct fail *why);
bool store_said_save(
	struct store *, int64_t incident, int64_t entry, const struct said *, struct fail *why);
/* Who put it there; nothing when that is its author. */
bool store_said_put_by(struct store *, int64_t incident, const char *channel, const char *ts,
	const char *person, struct fail *why);
/* The next incident after that number whose record the message is for: said in its channel, or put there. 0: none. */
bool store_said_incident(struct store *, const char *channel, const char *ts, int64_t after,
	int64_t *incident, struct fail *why);
/* Some record had it, and its text was redacted or not kept. */
bool store_said_taken_out(
	struct store *, const char *channel, const char *ts, bool *so, struct fail *why);
/* A sight that is not the newest. */
bool store_revision_add(struct store *, int64_t incident, int64_t entry, const struct sight *,
	const char *provenance, struct fail *why);
/* This event told of the message too. */
bool store_heard_add(
	struct store *, int64_t incident, int64_t entry, const char *source, struct fail *why);

struct given {
	const char *name; /* as mark_name() has it */
	const char *person;
	bool given; /* not: taken back */
	int64_t at;
};

/* reactions_at: a word that is older than this, of a reaction that was not there then, counts no more. */
bool store_reaction_put(struct store *, int64_t incident, int64_t entry, const struct given *,
	int64_t reactions_at, const char *provenance, struct fail *why);
/* All reactions of a message as they were read. */
struct given_all {
	const char *list; /* "name person,name person" */
	int64_t at;
	int64_t asked_at; /* it overrules all that was written down before Slack was asked */
	const char *provenance;
};
/* Others than these are given no more. */
bool store_reactions_read(struct store *, int64_t incident, int64_t entry, const struct given_all *,
	struct fail *why);
/* Key moment or not: pinned, or with a reaction of marks, as "pushpin,round_pushpin". */
bool store_said_mark(
	struct store *, int64_t incident, int64_t entry, const char *marks, struct fail *why);

/* The channel's life, when Slack says nothing of it in the channel within 30 s; then it is not said twice. */
struct happening {
	const char *channel, *kind;
	const char *who; /* NULL: nobody has said */
	int64_t at;
};
bool store_life_add(struct store *, int64_t incident, const struct happening *,
	const struct teller *, struct fail *why);
bool store_life_said(struct store *, int64_t incident, int64_t entry, struct fail *why);
/* Unless something later was said of its name. */
bool store_channel_renamed(
	struct store *, int64_t incident, const char *name, int64_t at_us, struct fail *why);
/* It has another id from now on; what was said in it keeps its ts. */
bool store_channel_moved(struct store *, int64_t incident, const char *channel, struct fail *why);
/* The id that an incident's channel has, which had this one before; or this one. */
bool store_channel_now(
	struct store *, struct arena *, const char *channel, const char **now, struct fail *why);
/* Who was not let in before is not let in any more, whatever becomes of the channel. */
/* *is_new false: it was private before. */
bool store_channel_private(struct store *, int64_t incident, bool *is_new, struct fail *why);

/*
 * What Slack said of its channel at that time: how is "archived", "deleted", or NULL: it is open. Unless something later was
 * said. *changed: it was otherwise before.
 */
bool store_channel_closed(struct store *, int64_t incident, const char *how, int64_t at_us,
	bool *changed, struct fail *why);
/* A problem of that text is on the timeline, since its channel was as it is. */
bool store_problem_known(
	struct store *, int64_t incident, const char *text, bool *known, struct fail *why);

/* Made by a reaction, in the words of who had said it. */
struct action_made {
	int64_t id; /* 0: none was made */
	const char *text, *by, *said_by;
};

/* An action of the message's text, when it was seen, has a reaction of marks, and there is none of it yet. */
bool store_action_of(struct store *, struct arena *, int64_t incident, int64_t entry,
	const char *marks, struct action_made *out, struct fail *why);

/* The same of an update, which is only told: the caller, who holds the incident, is to write it down. */
struct update_made {
	const char *text, *by, *said_by; /* text NULL: none is to be made */
};
bool store_update_of(struct store *, struct arena *, int64_t incident, int64_t entry,
	const char *marks, struct update_made *out, struct fail *why);

struct file_facts {
	const char *id, *name, *permalink, *mimetype;
	int64_t bytes;
	int64_t known_at, deleted_at; /* deleted_at 0: not */
};

/* Whoever told of it: entry 0 is nobody. What was redacted names no file. */
bool store_file_put(struct store *, int64_t incident, int64_t entry, const struct file_facts *,
	struct fail *why);
/* It has a name here: a message had it. */
bool store_file_known(struct store *, const char *id, bool *known, struct fail *why);
bool store_file_of(
	struct store *, int64_t incident, int64_t entry, const char *file, struct fail *why);

#endif

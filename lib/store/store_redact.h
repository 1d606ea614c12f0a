#ifndef STORE_REDACT_H
#define STORE_REDACT_H

#include "store.h"

/*
 * What is taken out of the record again, and where its copies are: part of the store, as store.h describes it. Lists
 * of entries are their numbers with commas between.
 */
struct redactable {
	int64_t id, said_at;
	int64_t redacted_at; /* 0: not */
	const char *kind, *channel, *ts;
	struct person author;
};

/* By its number, or, where that is 0, by where it was said. */
struct redact_which {
	int64_t entry;
	const char *channel, *ts;
};
/* Locks it. */
bool store_redact_find(struct store *, struct arena *, int64_t incident,
	const struct redact_which *, struct redactable *out, bool *found, struct fail *why);
/*
 * The entry, and what the same command made, or the message that was the command, or the line that logged the action
 * whose state it tells: as far as they are not redacted.
 */
bool store_redact_kin(struct store *, struct arena *, int64_t incident, int64_t id,
	const char **entries, struct fail *why);

/* A text, and what it is of: a line of the timeline, which has no ts, or another row. */
struct redact_line {
	int64_t id;
	const char *kind, *channel, *ts, *author, *text;
};
enum redact_lines {
	REDACT_LINES, /* the entries themselves, and what they said earlier, as kind "earlier" */
	/*
	 * Where what they said was said, also the messages that were commands; not those that stand on
	 * another incident's record yet
	 */
	REDACT_SAID,
	REDACT_OTHERS, /* lines that may repeat words of others: declared, title, action, problem, rename */
	REDACT_ACTIONS, /* the actions that they logged: their texts are taken away by this */
	REDACT_FRAMES   /* what was typed when the incident was declared, if that is among them */
};
struct redact_list {
	const struct redact_line *list;
	int count;
};
bool store_redact_lines(struct store *, struct arena *, enum redact_lines, int64_t incident,
	const char *entries, struct redact_list *, struct fail *why);
/* Which it may mean, without their texts: with no channel a ts may be of several. Locks nothing. */
bool store_redact_meant(struct store *, struct arena *, int64_t incident,
	const struct redact_which *, struct redact_list *, struct fail *why);
/* Is the message on the record of another incident than this one, and not taken out there? */
bool store_redact_stands(struct store *, int64_t incident, const char *channel, const char *ts,
	bool *so, struct fail *why);
/* It is dropped here, and no record has it now of which another one redacted it: what told of it was kept until now. */
bool store_redact_was_last(struct store *, int64_t incident, int64_t entry, const char *channel,
	const char *ts, bool *so, struct fail *why);
bool store_redact_line_put(
	struct store *, int64_t incident, int64_t id, const char *text, struct fail *why);
bool store_redact_named(struct store *, const char *channel, const char *name, struct fail *why);

/* The ids of their files, but for those of a message that another record has; ends with NULL. */
bool store_redact_files(struct store *, struct arena *, int64_t incident, const char *entries,
	const char *const **list, struct fail *why);

/* Who takes it away, when and why. */
struct redaction {
	const char *by, *why;
	int64_t at;
};
/* Their texts are gone, the hashes of them are there. */
bool store_redact_close(struct store *, int64_t incident, const char *entries,
	const struct redaction *, struct fail *why);
bool store_redact_revisions(
	struct store *, int64_t incident, const char *entries, int64_t *changed, struct fail *why);
bool store_redact_close_files(
	struct store *, int64_t incident, const char *entries, int64_t *changed, struct fail *why);
/* Its files are its no more, and have no name where no other message has them. */
bool store_redact_unlink_files(struct store *, int64_t incident, int64_t entry, struct fail *why);
/* The action and the update that a reaction made of it, and the lines that tell of them, say this instead of what they did. */
bool store_redact_made_of(struct store *, struct arena *, int64_t incident, int64_t entry,
	const char *instead, struct redact_list *was, struct fail *why);
/* What others said with one of the needles in it: "" when there is none. */
bool store_redact_same(struct store *, struct arena *, int64_t incident, const char *needles,
	const char **entries, struct fail *why);

/* What was redacted before and is told of in this JSON: messages by channel and ts, or the id of a file. */
struct redacted {
	const char *channel, *ts, *file;
};
bool store_redacted_in(struct store *, struct arena *, const char *json,
	const struct redacted **list, int *count, struct fail *why);

#endif

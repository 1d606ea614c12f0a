#ifndef STORE_REDACT_H
#define STORE_REDACT_H

#include "store.h"

/*
 * What is taken out of the record again, and where its copies are: part of the store, as store.h describes it. Lists
 * of entries are their numbers with commas between. Lists of words end with NULL.
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
/* The entry, and what the same command made, or the message that was the command: as far as they are not redacted. */
bool store_redact_kin(struct store *, struct arena *, int64_t incident, int64_t id,
	const char **entries, struct fail *why);
/* All texts that they ever had, the longest first; the ids of their files. */
bool store_redact_texts(struct store *, struct arena *, int64_t incident, const char *entries,
	const char *const **list, struct fail *why);
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
/* The action that a reaction made of it, and the line that tells of that, say this instead. */
bool store_redact_made_of(
	struct store *, int64_t incident, int64_t entry, const char *instead, struct fail *why);
/* Earlier versions of other messages that show it, as an unfurled link does, lose their attachments. */
bool store_redact_quotes(struct store *, int64_t incident, const char *entries, const char *needles,
	int64_t *changed, struct fail *why);
/* What others said with one of the needles in it: "" when there is none. */
bool store_redact_same(struct store *, struct arena *, int64_t incident, const char *needles,
	const char **entries, struct fail *why);

/* What was redacted before and is told of in this JSON: messages by channel and ts, or the id of a file. */
struct redacted {
	const char *channel, *ts, *file;
};
bool store_redacted_in(struct store *, struct arena *, const char *json,
	const struct redacted **list, int *count, struct fail *why);

/* --- rows that may hold a copy ----------------------------------------------------------------- */

enum scrub_place {
	SCRUB_TOLD,       /* inbox: the events that told of the entries */
	SCRUB_FRAMES,     /* inbox: all that may well have a needle in it */
	SCRUB_ALL_FRAMES, /* inbox: all that have; this takes its time */
	SCRUB_CALLS,      /* outbox */
	SCRUB_ENTRIES,    /* other entries of the incident */
	SCRUB_ACTIONS,
	SCRUB_INCIDENT,
	SCRUB_PLACE_COUNT
};
enum { SCRUB_COLUMNS = 5 };

/* A row of it, as the statements name its columns. */
struct scrub_row {
	const char *key;
	const char *column[SCRUB_COLUMNS];
};

/* Which rows: those with a needle in them; needles have \1 between. */
struct scrub_where {
	int64_t incident;
	const char *entries, *needles;
};

/* Locks the rows. */
bool store_scrub_get(struct store *, struct arena *, enum scrub_place, const struct scrub_where *,
	struct scrub_row **rows, int *count, struct fail *why);
bool store_scrub_put(struct store *, enum scrub_place, const struct scrub_where *,
	const struct scrub_row *, struct fail *why);

/* What was overwritten is given back to be written over, in the tables of the record. Not within a transaction. */
bool store_vacuum(struct store *, struct fail *why);

#endif

#ifndef ENTRY_H
#define ENTRY_H

#include <stdbool.h>
#include <stdint.h>

/* What is said about people. name is what they are called now, or NULL as long as nobody knows. */
struct person {
	const char *id, *name;
};

/* An earlier text of a message, and when it became its text. */
struct revision {
	const char *text;
	const char *rich; /* as in struct entry */
	int64_t at;
};

struct entry_file {
	const char *id, *name, *permalink; /* name and permalink NULL: nobody has said */
	bool gone;                         /* deleted in Slack */
};

struct entry_reaction {
	const char *name; /* without skin tone */
	int64_t count;
};

/* One line of the timeline. */
struct entry {
	int64_t id;
	const char *kind; /* "message", or what changed: "severity", "lead", "note", ... */
	int64_t said_at, received_at, recorded_at;
	struct person author; /* id NULL: nobody known */
	const char *put_by;   /* who put it there, when that is another person; else NULL */
	int64_t made_of; /* the entry that a reaction made it of; 0: none. Only where it is written */
	const char *text; /* mrkdwn, as Slack has it */
	const char *rich; /* its blocks and attachments as Slack sent them, or NULL */
	const char *channel, *ts, *thread_ts; /* NULL when it was not said in Slack */
	const char *subtype;    /* Slack's word for it; NULL: plain, or not a message */
	const char *provenance; /* live, retry, recovered, note, shortcut, api */
	int64_t edited_at, deleted_at;
	int64_t redacted_at;                    /* its text was taken out of the record */
	const char *redacted_by, *redacted_why; /* a person's id, and what they said */
	bool key_moment, edited, deleted, broadcast;
	bool unseen; /* something happened to this message, and nobody has seen it */
	const struct revision *revisions; /* earlier texts, the oldest first */
	const struct entry_file *files;
	const struct entry_reaction *reactions;
	int revision_count, file_count, reaction_count;
};

#endif

#ifndef OUTLINE_H
#define OUTLINE_H

#include "incident.h"

/* A record, put in order once, so that each look only walks through it. Private to the room. */

/* A line of the timeline. Places are indices into outline.lines; -1 is none. */
struct line {
	const struct entry *entry;
	int parent;      /* the line that this one replies to, when it stands below that one */
	int first, last; /* the first and the last reply */
	int next;        /* the next reply of the same parent */
};

struct speaker {
	struct person person;
	int messages;
};

struct outline {
	const struct record *record;
	struct line *lines; /* by said_at, then id */
	int line_count;
	struct person *people; /* by id; all of them have a name */
	int people_count;
	struct speaker *speakers; /* who said most first */
	int speaker_count;
	int messages, replies, late, unplaced, edited, deleted, recovered, files, unseen;
};

void outline_make(struct outline *, const struct record *);
void outline_done(struct outline *);

/* The name that was given, else the one that the record knows, else NULL. */
const char *outline_name(const struct outline *, const struct person *);

/* Somebody of whom only the id is known, or nobody (NULL). */
struct person outline_person(const struct outline *, const struct person *given, const char *id);

bool outline_is_reply(const struct entry *); /* said in a thread that it did not begin */
bool outline_is_late(const struct outline *, const struct line *);

#endif

#ifndef COVERAGE_H
#define COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What a report rests on, and what it may be missing; worked out from what was written down while it was recorded, see
 * docs/RECORD.md. Times are microseconds since 1970, UTC; 0 is "never".
 */

/* A stretch in which no process held a connection to Slack and could commit. */
struct hole {
	int64_t from_us, to_us;
	const char *
		why; /* what ended the watch before it: "no connection", "no database", "stopped"; NULL:
			    nobody could say, the process was killed */
	bool open; /* Slack's history of that time has not been read since */
};

struct coverage {
	int64_t messages;                  /* what was said, replies among it, deleted ones too */
	int64_t replies;                   /* said in a thread that they did not begin */
	int64_t edited, deleted, redacted; /* messages that were */
	int64_t files, reactions, key_moments;
	int64_t recovered; /* messages that came from a reading of history, not as events */
	/* What became of messages, likewise; reactions that were given, and that were taken back. */
	int64_t recovered_edits, recovered_deletions, recovered_reactions;
	int64_t unseen; /* messages that are known only from what happened to them */
	int64_t failed_events, refused_calls;
	const struct hole *holes; /* the earliest first */
	int hole_count, open_holes;
	int64_t complete_at; /* nothing said or changed before it was missed, as far as Slack still had it */
	int64_t whole_at;    /* when the whole channel was compared with Slack's history */
	const char *reading; /* idle, reading, refused; NULL: the channel was never read */
	const char *refused; /* why Slack lets nobody read the channel; NULL: it does */
};

#endif

#ifndef INCIDENT_RECORD_H
#define INCIDENT_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "coverage.h"
#include "entry.h"
#include "incident.h"

/*
 * Everything that a report shows, in two parts: what is known before its timeline is read (struct record), and the
 * timeline, one line after the other, so that a report of any length needs little memory.
 */
struct participant {
	struct person person;
	int64_t messages;
};

struct record {
	struct incident incident;
	struct person lead, reporter;
	const struct action *actions;
	int action_count;
	const struct participant *participants; /* who said most first */
	int participant_count;
	const struct entry
		*updates; /* the last of what stakeholders were told, the earliest first */
	int update_count;
	const struct person *people; /* all that mentions name: people, groups, channels; by id */
	int people_count;
	const char *workspace_url; /* "https://acme.slack.com/", NULL when not known */
	int64_t late_replies;      /* said more than RECORD_LATE_US after their parent */
	int64_t unplaced_replies;  /* their parent was not recorded */
	int64_t earliest_us;       /* of all that is on the timeline; 0: nothing is */
	struct coverage coverage;
};

static const int64_t RECORD_LATE_US = 15LL * 60 * 1000000;

/* An entry where it stands: in the order of said_at and id, each followed by its replies. */
struct record_line {
	struct entry entry;
	bool below; /* a reply, to the last line that is not below */
	int64_t parent; /* the entry that it replies to, also when it is not below that; 0: not recorded, or no reply */
	int64_t parent_at; /* when that was said */
};

/* Which lines of the timeline: all of them when nothing is asked for. */
struct record_choice {
	bool key_moments; /* these, and the changes of the incident */
	int64_t since_us; /* said then or later */
};

bool entry_is_message(const struct entry *);
bool entry_is_reply(const struct entry *); /* said in a thread that it did not begin */
bool record_line_is_late(const struct record_line *);

/* By their id; name NULL when nobody knows it. */
struct person record_person(const struct record *, const char *id);

#endif

#ifndef DB_H
#define DB_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "fail.h"

/* Private to the store: prepared statements over libpq, and nothing else. */
struct db;

/* clang-format off */
enum stmt {
	STMT_INBOX_FRAME, STMT_SAID_PUT_BY,
	STMT_INBOX_PUT, STMT_INBOX_REPLY, STMT_INBOX_CLOSE, STMT_INBOX_FAILED, STMT_INBOX_ALL_FAILED,
	STMT_PERSON_MEET, STMT_PERSON_PUT, STMT_NAME, STMT_NAMED_MEET, STMT_NAMED_PUT, STMT_NAMED_RENAMED, STMT_NAMED_EMOJI,
	STMT_PERSON_FACTS, STMT_PERSON_NAME_ENTRIES,
	STMT_WORKSPACE_US, STMT_WORKSPACE_PUT,
	STMT_INCIDENT_NUMBER, STMT_INCIDENT_NEW, STMT_INCIDENT_GET, STMT_INCIDENT_IN_CHANNEL,
	STMT_INCIDENT_OF_CHANNEL, STMT_INCIDENT_SAVE, STMT_INCIDENTS_OPEN,
	STMT_HEADLINE_WANT, STMT_HEADLINE_POSTED, STMT_HEADLINE_REFUSED, STMT_HEADLINES, STMT_HEADLINES_WANTED, STMT_HEADLINES_HUSH, STMT_WEBHOOKS_HUSH, STMT_INVITED,
	STMT_INVITE_REFUSED,
	STMT_ENTRY_ADD, STMT_ENTRY_LAST, STMT_NOW, STMT_TIME_READ, STMT_TIME_SHOW,
	STMT_ACTION_ADD, STMT_ACTION_SAVE, STMT_ACTIONS, STMT_ROLE_GIVE, STMT_ROLE_TAKE, STMT_KEYWORD_SAID,
	STMT_SAID_ADD, STMT_SAID_GET, STMT_SAID_SAVE, STMT_SAID_MARK, STMT_SAID_INCIDENT, STMT_SAID_TAKEN_OUT, STMT_REVISION_ADD, STMT_HEARD_ADD,
	STMT_REACTION_PUT, STMT_REACTIONS_GONE, STMT_REACTIONS_READ,
	STMT_ACTION_OF, STMT_ACTION_FOLLOW, STMT_UPDATE_OF, STMT_LIFE_ADD, STMT_LIFE_SAID, STMT_CHANNEL_RENAMED,
	STMT_CHANNEL_MOVED, STMT_CHANNEL_MOVED_ENTRIES, STMT_CHANNEL_PRIVATE, STMT_CHANNEL_CLOSED, STMT_PROBLEM_KNOWN,
	STMT_FILE_PUT, STMT_FILE_KNOWN, STMT_FILE_OF,
	STMT_RECORD_REVISIONS, STMT_RECORD_REACTIONS, STMT_RECORD_FILES,
	STMT_RECORD_INCIDENT, STMT_RECORD_PEOPLE, STMT_RECORD_PARTICIPANTS, STMT_RECORD_UPDATES, STMT_RECORD_COUNTS,
	STMT_RECORD_THREADS, STMT_TIMELINE_OPEN, STMT_TIMELINE_NEXT, STMT_ZONE, STMT_COUNTS,
	STMT_OUTBOX_PUT, STMT_OUTBOX_DROP_REPLACED, STMT_OUTBOX_HOPELESS, STMT_OUTBOX_TAKE, STMT_OUTBOX_GET,
	STMT_OUTBOX_SETTLE, STMT_OUTBOX_DROP, STMT_OUTBOX_AGAIN, STMT_OUTBOX_FAIL, STMT_OUTBOX_ALL_FAILED, STMT_OUTBOX_REOPEN,
	STMT_OUTBOX_WAITING, STMT_DESK_ALIVE, STMT_PACE_REST,
	STMT_PRUNE_INBOX, STMT_PRUNE_OUTBOX, STMT_PRUNE_DESKS, STMT_PRUNE_PACE,
	STMT_REDACT_MEANT, STMT_REDACT_FIND, STMT_REDACT_KIN, STMT_REDACT_LINES, STMT_REDACT_OTHERS, STMT_REDACT_LINE_PUT,
	STMT_REDACT_ACTIONS, STMT_REDACT_FRAMES, STMT_REDACT_NAMED, STMT_REDACT_FILES, STMT_REDACT_CLOSE,
	STMT_REDACT_REVISIONS, STMT_REDACT_CLOSE_FILES, STMT_REDACT_UNLINK_FILES, STMT_REDACT_MADE_OF, STMT_REDACT_SAME, STMT_REDACTED_IN,
	STMT_SCRUB_TOLD, STMT_SCRUB_FRAMES, STMT_SCRUB_FRAME_PUT,
	STMT_SCRUB_CALLS, STMT_SCRUB_CALL_PUT, STMT_SCRUB_ENTRIES, STMT_SCRUB_ENTRY_PUT,
	STMT_SWEEP_ADD, STMT_SWEEP_WAITING, STMT_SWEEP_TAKE, STMT_SWEEP_GET, STMT_SWEEP_BEGIN, STMT_SWEEP_MEASURE,
	STMT_SCRUB_REVISIONS, STMT_SCRUB_REVISION_PUT, STMT_SWEEP_ENTRIES_PIECE, STMT_SWEEP_FRAMES_PIECE, STMT_SWEEP_CALLS_PIECE, STMT_SWEEP_SAVE, STMT_SWEEP_DONE, STMT_SWEEP_PACE,
	STMT_KEPT_AFTER, STMT_KEPT_COUNT, STMT_INCIDENT_COUNT, STMT_BIRTHS, STMT_NUMBER_NEXT, STMT_INBOX_ANSWER,
	STMT_INBOX_AGAIN, STMT_OUTBOX_DISCARD, STMT_REDACTIONS, STMT_REDACTION_PUT,
	STMT_REDACTION_LINES, STMT_REDACTION_LINE_PUT, STMT_RECORDED_AT, STMT_WATCHES, STMT_WATCH_PUT,
	STMT_WATCH_BEGIN, STMT_WATCH_SEEN, STMT_WATCH_END, STMT_WATCH_END_ALL, STMT_WATCH_HOLES, STMT_WATCH_LAST, STMT_RECOVERY_STATE,
	STMT_RECOVERY_GET, STMT_RECOVERY_NEW, STMT_RECOVERY_SAVE, STMT_RECOVERY_CHANNELS, STMT_RECOVERY_LIST,
	STMT_RECOVERY_THREAD_ADD, STMT_RECOVERY_THREADS_KNOWN, STMT_RECOVERY_THREADS_UNSEEN,
	STMT_RECOVERY_THREAD_NEXT, STMT_RECOVERY_THREAD_SAVE, STMT_RECOVERY_THREAD_DONE, STMT_RECOVERY_THREADS_DROP,
	STMT_RECOVERY_SAID, STMT_RECOVERY_REPLIES,
	STMT_TROUBLE_PUT, STMT_TROUBLE_END, STMT_TROUBLE_FORGET, STMT_TROUBLES_OF, STMT_TROUBLES,
	STMT_LEVELS_LOCK, STMT_LEVELS_NUMBER, STMT_LEVELS_IN_FORCE, STMT_LEVELS_ADD, STMT_LEVELS_PUT, STMT_LEVELS_LIST, STMT_LEVELS_OUTDATED,
	STMT_LEVELS_TELL, STMT_LEVELS_GOOD, STMT_INCIDENTS_AT, STMT_INCIDENTS_RUNNING,
	STMT_ALARMS, STMT_ALARM_PUT, STMT_ALARM_DROP, STMT_ALARMS_MUTE, STMT_ALARMS_REST, STMT_ALARM_FACTS, STMT_SEVERITY_CHOSEN, STMT_ALARM_TAKE,
	STMT_ALARM_PUT_OFF, STMT_ALARMS_LOOK, STMT_ZONE_NEAR,
	STMT_COUNT
};
/* clang-format on */

/* How many rows the answer must have. Anything else is a failure, not a surprise later on. */
enum shape { NO_ROWS, ONE_ROW, AT_MOST_ONE_ROW, ANY_ROWS };

struct statement {
	const char *name, *sql;
	enum shape shape;
	int args;
};

const struct statement *statement_of(enum stmt);

struct arg {
	enum { ARG_TEXT, ARG_INT } type;
	const char *text;
	int64_t number;
};

#define TEXT(x)   ((struct arg){ .type = ARG_TEXT, .text = (x) })
#define NUMBER(x) ((struct arg){ .type = ARG_INT, .number = (x) })
#define BOOL(x)   TEXT((x) ? "t" : "f")
#define ARGS(...)                                                                                  \
	(const struct arg[]){ __VA_ARGS__ },                                                       \
		(int)(sizeof((const struct arg[]){ __VA_ARGS__ }) / sizeof(struct arg))

struct rows {
	void *result;
	int count;
};

/*
 * The desk may wait 5 s for an answer, readers and migrations two minutes; after that the connection is lost.
 * Migrations run before there is anything to prepare.
 */
enum db_use { DB_DESK, DB_READING, DB_MIGRATE };
struct db *db_open(const char *conninfo, enum db_use, struct fail *why);
void db_close(struct db *);
bool db_alive(const struct db *);
bool db_plain(struct db *, const char *sql, struct fail *why); /* begin, set, migrations */
bool db_commit(struct db *, struct fail *why); /* false when anything of it was undone */
/* Runs the part of a dbmate file between "-- migrate:up" and "-- migrate:down", and notes its version. */
bool db_migrate(struct db *, const char *version, const char *file, struct fail *why);
bool db_has_row(struct db *, const char *sql, const char *argument, bool *found, struct fail *why);
bool db_run(struct db *, enum stmt, const struct arg *, int nargs, struct rows *, struct fail *why);
bool db_change(struct db *, enum stmt, const struct arg *, int nargs, struct fail *why);
void rows_done(struct rows *);

/* Columns are asked for by name; an unknown name is our bug and stops the daemon. NULL gives 0, false, NULL. */
int64_t row_int(const struct rows *, int row, const char *column);
bool row_bool(const struct rows *, int row, const char *column);
const char *row_text(const struct rows *, int row, const char *column, struct arena *);

#endif

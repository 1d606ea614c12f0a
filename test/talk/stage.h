#ifndef STAGE_H
#define STAGE_H

#include <cjson/cJSON.h>
#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "handler.h"
#include "outbox.h"
#include "regime.h"
#include "report.h"
#include "store.h"
#include "watch.h"

/* Where a talk is played. */
struct stage {
	struct store *store;
	PGconn *look; /* looks at the tables from outside */
	struct house house;
	struct arena *arena; /* lives as long as the talk */
	const char *file;
	int line;
	int64_t now_us;
	int count;         /* what was played so far: for ids and timestamps */
	cJSON *last_frame; /* NULL: the last thing was an answer, or nothing yet */
	const char *reply; /* the payload of the last acknowledgement, or NULL */
	int64_t row;       /* the call taken last; 0: none */
	bool is_look;      /* a question about it, not the call itself */
	const char *row_method, *row_body;
	const char *answer; /* to it, for "again" */
	int status;
	const char *severities_file; /* the one that is shipped */
	struct buf file_text;        /* what the one that is read next has */
	struct regime regime;
	struct watch watch;
	int wait_s; /* how long the next command waits for its turn */
};

/* Says where and why, and ends the talk. */
_Noreturn void stage_wrong(const struct stage *, const char *got, const char *want);

/* The first value of a question, or NULL when there is no row. In the arena. */
const char *stage_ask(const struct stage *, const char *sql, int64_t argument);

/* A word, or text in "quotes"; moves *rest behind it. NULL at the end of the line. */
const char *stage_word(const struct stage *, const char **rest);
/* The rest of the line, where \n is an end of line, and \{3 ab} is "ababab". */
const char *stage_text(const struct stage *, const char *rest);

/* name.of.member=value ... as a tree, and the other way round. */
void stage_set(const struct stage *, cJSON *root, const char *pair);
void stage_match(const struct stage *, const cJSON *root, const char *pair);

/* Plays one line of a talk. */
void stage_play(struct stage *, char *line);

/* The report of an incident as it is now. */
void stage_report(struct stage *, int64_t incident, enum report_format, struct buf *to);

/* One line each; rest is what follows its words. */
typedef void stage_line(struct stage *, const char *rest);
stage_line they_type, they_say, they_reply, they_mention, they_name_us, they_submit, they_press,
	they_are_called, it_is_a_bot, they_are_a_guest, they_have_left, we_are;
stage_line it_takes_seconds;
stage_line they_see_home, they_post, they_edit, they_update, they_delete, they_bury, they_react,
	they_unreact, they_pin, they_unpin, they_send, they_choose;
stage_line slack_answers_ok, slack_answers_error, slack_answers_status, slack_does_the_rest, again;
stage_line copies_are_swept, channel_is_read, time_has_come, all_was_read, slack_shows_a_page,
	slack_shows_the_last_page, slack_shows_what_is_not_hidden;
stage_line in_any_order, database_never_says;
stage_line the_file_has_level, the_file_has_line, another_records_first, the_file_is_read,
	the_file_is_shipped, the_file_is_gone;
stage_line we_watch, postgres_is_away, slack_is_away, slack_leaves_out;
stage_line incidentd_is_stopped, incidentd_is_silent, incidentd_is_killed, it_is_redacted;
stage_line alarms_are_rung, rule_is, working_hours_are;
stage_line limit_is_over, we_send, connection_is_back, troubles_are, another_sends,
	slack_is_asked_who_we_are;
stage_line we_answer, the_answer_has, we_call, timeline, incident_is, report_shows;

#endif

#ifndef STATEMENTS_H
#define STATEMENTS_H

#include "db.h"

/* Private to the statements. */

/* Times go in and out as microseconds since 1970; 0 is null. */
#define TIME_IN(n)              "'epoch'::timestamptz + nullif($" #n "::bigint, 0) * interval '1 microsecond'"
#define TIME_OUT_OF(what, name) "(extract(epoch from " what ") * 1000000)::bigint as " name
#define TIME_OUT(column)        TIME_OUT_OF(column, column)

#define INCIDENT_COLUMNS                                                                                                                                                   \
	"id, version, title, status, coalesce(status_label, status) as status_label, severity_id, severity_label, severity_emoji,"                                         \
	" severity_meaning, lead, reporter, summary, impact, fixed_by, private, report_only, drill, adopted, duplicate_of,"                                                \
	" channel, channel_name, channel_closed, card_ts," TIME_OUT("started_at") "," TIME_OUT("reported_at") "," TIME_OUT("lead_at") "," TIME_OUT(                        \
		"resolved_at") "," TIME_OUT("cancelled_at") ", (select string_agg(r.role || E'\\t' || r.person || E'\\t' || r.label, E'\\n'"                               \
							    " order by r.given_at, r.role) from incident_role r where r.incident = incident.id) as roles,"                 \
							    " coalesce((select o.private from incident o where o.id = incident.duplicate_of), false) as duplicate_hidden," \
							    " (select string_agg(d.id::text, ', ' order by d.id) from incident d where d.duplicate_of = incident.id"       \
							    " and not d.private) as duplicates," TIME_OUT(                                                                 \
								    "duplicate_at") "," TIME_OUT("update_due_at")

/* Of what was said, of its report, of readings, of what is taken away again, of replaying, of levels, of alarms, and of troubles: the others are with statement_of(). */
extern const struct statement RECORD_STATEMENTS[STMT_COUNT], REPORT_STATEMENTS[STMT_COUNT],
	RECOVERY_STATEMENTS[STMT_COUNT], REDACT_STATEMENTS[STMT_COUNT],
	REPLAY_STATEMENTS[STMT_COUNT], LEVELS_STATEMENTS[STMT_COUNT], ALARM_STATEMENTS[STMT_COUNT],
	TROUBLE_STATEMENTS[STMT_COUNT];

#endif

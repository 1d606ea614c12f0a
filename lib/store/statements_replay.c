#include "statements.h"

/* clang-format off */
const struct statement REPLAY_STATEMENTS[STMT_COUNT] = {
	[STMT_KEPT_AFTER] = {
		"kept_after",
		"select id, key, kind, frame, " TIME_OUT("received_at") ", recorded_at, " TIME_OUT_OF("recorded_at", "recorded_us") ","
		" state, reply, error from (select id, key, kind, frame, received_at, recorded_at, state, reply, error,"
		"  sum(octet_length(frame)) over (order by id) - octet_length(frame) as before"
		"  from (select id, key, kind, frame, received_at, recorded_at, state, reply, error from inbox"
		"   where id > $1 order by id limit 200) p) q where before < 4000000 order by id",
		ANY_ROWS, 1,
	},
	[STMT_KEPT_COUNT] = {
		"kept_count",
		"select count(*) as value from inbox",
		ONE_ROW, 0,
	},
	[STMT_INCIDENT_COUNT] = {
		"incident_count",
		"select count(*) as value from incident",
		ONE_ROW, 0,
	},
	[STMT_BIRTHS] = {
		"births",
		"select id, " TIME_OUT("reported_at") " from incident order by reported_at, id",
		ANY_ROWS, 0,
	},
	[STMT_NUMBER_NEXT] = {
		"number_next",
		"update counter set value = $1::bigint - 1 where name = 'incident'",
		NO_ROWS, 1,
	},
	[STMT_INBOX_ANSWER] = {
		"inbox_answer",
		"insert into inbox (key, kind, frame, received_at, incident, state) values ($1, $2, $3, " TIME_IN(4) ","
		" nullif($5::bigint, 0), 'done') on conflict (key) do nothing",
		NO_ROWS, 5,
	},
	[STMT_INBOX_AGAIN] = {
		"inbox_again",
		"update inbox set frame = $2, received_at = " TIME_IN(3) ", recorded_at = default,"
		" id = default where key = $1",
		NO_ROWS, 3,
	},
	[STMT_OUTBOX_DISCARD] = {
		"outbox_discard",
		"update outbox set state = 'done', settled_at = now(), error = 'replayed: not sent'"
		" where state = 'waiting' and created_at = now()",
		NO_ROWS, 0,
	},
	[STMT_RECORDED_AT] = {
		"recorded_at",
		"select set_config('incidentd.recorded_at', $1, true)",
		ONE_ROW, 1,
	},
	[STMT_WATCHES] = {
		"watches",
		"select process, began_at, seen_at, ended from watch order by began_at, process",
		ANY_ROWS, 0,
	},
	[STMT_WATCH_PUT] = {
		"watch_put",
		"insert into watch (process, began_at, seen_at, ended) values ($1, $2, $3, $4)"
		" on conflict (process, began_at) do nothing",
		NO_ROWS, 4,
	},
	[STMT_REDACTIONS] = {
		"redactions",
		"select incident, channel, ts, kind, received_at, redacted_at, redacted_by, redacted_why, redacted_hash,"
		" said_at, recorded_at, author, author_name, put_by, thread_ts, provenance, text_edition, text_moment, nth"
		/* Of the lines that one turn made. */
		" from (select *, row_number() over (partition by incident, channel, ts, kind, received_at order by id) as nth from entry) e"
		" where redacted_at is not null order by incident, id",
		ANY_ROWS, 0,
	},
	[STMT_REDACTION_PUT] = {
		"redaction_put",
		"with had as (update entry set text = '', rich = null, dropped = false, said_at = $10, redacted_at = $6,"
		"   redacted_by = $7, redacted_why = $8, redacted_hash = $9 where incident = $1 and id = (select id from entry"
		"     where incident = $1 and ((channel = $2 and ts = $3) or (ts is null and $3::text is null and kind = $4 and received_at = $5))"
		"     order by id offset $19::bigint - 1 limit 1) returning incident, id),"
		/* What told of it is there as long as another record has it. */
		" earlier as (delete from revision r using had where r.incident = had.incident and r.entry = had.id),"
		" made as (update action a set text = '[redacted]' from had where a.incident = had.incident and a.source = had.id"
		"   and a.text_by is null and $3::text is not null)"
		" insert into entry (incident, channel, ts, kind, received_at, redacted_at, redacted_by, redacted_why, redacted_hash, text,"
		"   said_at, recorded_at, author, author_name, put_by, thread_ts, provenance, text_edition, text_moment)"
		" select $1::bigint, $2, $3, $4, $5::timestamptz, $6::timestamptz, $7, $8, $9, '', $10::timestamptz, $11::timestamptz,"
		"   $12, $13, $14, $15, $16, $17::timestamptz, $18::timestamptz"
		" where not exists (select from had) and exists (select from incident where id = $1::bigint)",
		NO_ROWS, 19,
	},
	[STMT_REDACTION_LINES] = {
		"redaction_lines",
		"select incident, said_at, recorded_at, author, author_name, text, provenance from entry where kind = 'redacted'"
		" order by incident, id",
		ANY_ROWS, 0,
	},
	[STMT_REDACTION_LINE_PUT] = {
		"redaction_line_put",
		"insert into entry (incident, kind, said_at, received_at, recorded_at, author, author_name, text, provenance)"
		" select $1::bigint, 'redacted', $2::timestamptz, $2::timestamptz, $3::timestamptz, $4::text, $5::text, $6::text, $7::text"
		" where not exists (select from entry where incident = $1::bigint and kind = 'redacted' and said_at = $2::timestamptz"
		"   and text = $6::text)",
		NO_ROWS, 7,
	},
};
/* clang-format on */

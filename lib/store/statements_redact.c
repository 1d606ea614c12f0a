#include "statements.h"

#define THESE(n) "any(string_to_array($" #n ", ',')::bigint[])"
/* Needles have a character between them that stands in no JSON and no text. */
#define HAS_ONE_OF(what, n)                                                                        \
	"exists (select from unnest(string_to_array($" #n                                          \
	", chr(1))) p where p <> '' and position(p in " what ") > 0)"

/* clang-format off */
/* On the record of another incident, where nobody has taken it out: such a message is that record's too. */
#define STANDS_ELSEWHERE(incident, channel, ts)                                                    \
	"(exists (select from entry o where o.channel = " channel " and o.ts = " ts                \
	" and o.provenance = 'shortcut' and o.incident <> " incident " and o.redacted_at is null and not o.dropped)" \
	" or exists (select from incident n join entry o on o.incident = n.id where n.channel = " channel \
	" and n.id <> " incident " and o.channel = " channel " and o.ts = " ts " and o.redacted_at is null and not o.dropped))"
#define KEPT_ELSEWHERE(file)                                                                       \
	"exists (select from entry_file m join entry o on o.incident = m.incident and o.id = m.entry where m.file = " file \
	" and m.incident <> $1 and o.redacted_at is null and not o.dropped)"
/* The message that was a command. In what people say quotation marks stand behind a backslash. */
#define MENTIONED_IN "substring(i.frame from '\"channel\": ?\"([A-Z0-9]+)\"')"
#define MENTIONED_TS "substring(i.frame from '\"event_ts\": ?\"([0-9.]+)\"')"

const struct statement REDACT_STATEMENTS[STMT_COUNT] = {
	[STMT_REDACT_MEANT] = {
		"redact_meant",
		"select id, kind, channel, ts, author, null as text from entry"
		" where incident = $1 and (id = $2 or (ts = $4 and channel = coalesce($3, channel))) order by id",
		ANY_ROWS, 4,
	},
	[STMT_REDACT_FIND] = {
		"redact_find",
		"select id, kind, channel, ts, text, author, author_name, " TIME_OUT("said_at") ", " TIME_OUT("redacted_at")
		" from entry where incident = $1 and (id = $2 or (channel = $3 and ts = $4)) for update",
		AT_MOST_ONE_ROW, 4,
	},
	[STMT_REDACT_KIN] = {
		"redact_kin",
		"with it as (select id, source, kind, ts, text, received_at from entry where incident = $1 and id = $2),"
		/* The lines that have the texts of the action that it tells of, or that was made of it: that logged and changed it. */
		" about as (select substring(it.text from '^[0-9]+') as number from it where it.kind = 'action' and it.ts is null"
		"   union select a.id::text from action a, it where a.incident = $1 and a.source = it.id),"
		" logged as (select l.id, l.received_at from entry l, about where l.incident = $1 and l.kind = 'action' and l.ts is null"
		"   and (l.text like number || ': %' or l.text like number || ' reads now: %')),"
		" told as (select source as key from heard where incident = $1 and entry = $2 union select source from it),"
		" turn as (select i.received_at as at from inbox i join told using (key) where i.kind = 'app_mention'"
		"   union select received_at from it where ts is null union select received_at from logged),"
		" mention as (select key from inbox where kind = 'app_mention' and received_at in (select at from turn))"
		" select string_agg(e.id::text, ',' order by e.id) as ids from entry e where e.incident = $1"
		" and e.redacted_at is null and e.kind <> 'redacted'"
		" and (e.id = $2 or e.made_of = $2 or (e.ts is null and e.received_at in (select at from turn))"
		"   or e.source in (select key from mention) or exists (select from heard h where h.incident = e.incident"
		"     and h.entry = e.id and h.source in (select key from mention)))",
		ONE_ROW, 2,
	},
	[STMT_REDACT_LINES] = {
		"redact_lines",
		"select id, kind, channel, ts, author, text from entry where incident = $1 and id = " THESE(2)
		" union all select entry, 'earlier', null, '', null, text from revision where incident = $1 and entry = " THESE(2),
		ANY_ROWS, 2,
	},
	[STMT_REDACT_SAID] = {
		"redact_said",
		"with at as (select channel, ts, received_at from entry where incident = $1 and id = " THESE(2) "),"
		" said as (select channel, ts from at where ts is not null"
		"   union select w.id, at.ts from at join incident i on i.id = $1 and i.channel = at.channel"
		"     join channel_was w on w.incident = i.id"
		"   union select " MENTIONED_IN ", " MENTIONED_TS " from inbox i where i.kind = 'app_mention'"
		"     and i.received_at in (select received_at from at where ts is null))"
		" select 0 as id, 'said' as kind, channel, ts, null as author, null as text from said"
		" where ts is not null and not " STANDS_ELSEWHERE("$1", "said.channel", "said.ts"),
		ANY_ROWS, 2,
	},
	[STMT_REDACT_STANDS] = {
		"redact_stands",
		"select " STANDS_ELSEWHERE("$1", "$2", "$3") " as so",
		ONE_ROW, 3,
	},
	[STMT_REDACT_WAS_LAST] = {
		"redact_was_last",
		"select exists (select from entry where incident = $1 and id = $2 and dropped) and not " STANDS_ELSEWHERE("$1", "$3", "$4")
		" and exists (select from entry where channel = $3 and ts = $4 and redacted_at is not null) as so",
		ONE_ROW, 4,
	},
	[STMT_REDACT_OTHERS] = {
		"redact_others",
		"select id, kind, channel, ts, author, text from entry where incident = $1 and id <> all(string_to_array($2, ',')::bigint[])"
		" and ts is null and redacted_at is null and kind in ('declared', 'title', 'action', 'problem', 'rename') order by id",
		ANY_ROWS, 2,
	},
	[STMT_REDACT_LINE_PUT] = {
		"redact_line_put",
		"update entry set text = $3 where incident = $1 and id = $2",
		NO_ROWS, 3,
	},
	[STMT_REDACT_ACTIONS] = {
		"redact_actions",
		"with n as (select id from action where incident = $1 and source = " THESE(2)
		"   union select substring(text from '^[0-9]{1,9}(?=: | reads now: )')::bigint from entry where incident = $1 and id = " THESE(2)
		"     and ts is null and kind = 'action'),"
		" was as (select a.id, a.text from action a join n using (id) where a.incident = $1 for update of a)"
		" update action a set text = '[redacted]' from was where a.incident = $1 and a.id = was.id"
		" returning a.id, 'action' as kind, null as channel, null as ts, null as author, was.text",
		ANY_ROWS, 2,
	},
	[STMT_REDACT_FRAMES] = {
		"redact_frames",
		"select id, kind, null as channel, null as ts, null as author, frame as text from inbox where kind in ('slash_commands', 'view_submission')"
		" and received_at in (select received_at from entry where incident = $1 and id = " THESE(2)
		"   and ts is null and kind = 'declared')",
		ANY_ROWS, 2,
	},
	[STMT_REDACT_NAMED] = {
		"redact_named",
		"update named set name = $2 where id = $1 and name is not null",
		NO_ROWS, 2,
	},
	[STMT_REDACT_FILES] = {
		"redact_files",
		"select distinct file as text from entry_file f where incident = $1 and entry = " THESE(2) " and not " KEPT_ELSEWHERE("f.file"),
		ANY_ROWS, 2,
	},
	[STMT_REDACT_CLOSE] = {
		"redact_close",
		"update entry set redacted_hash = encode(sha256(convert_to(nullif(text, ''), 'UTF8')), 'hex'),"
		" text = '', rich = null, dropped = false, redacted_at = " TIME_IN(3) ", redacted_by = $4, redacted_why = $5"
		" where incident = $1 and id = " THESE(2) " and redacted_at is null",
		NO_ROWS, 5,
	},
	[STMT_REDACT_REVISIONS] = {
		"redact_revisions",
		"with gone as (delete from revision where incident = $1 and entry = " THESE(2) " returning 1)"
		" select count(*) as changed from gone",
		ONE_ROW, 2,
	},
	[STMT_REDACT_CLOSE_FILES] = {
		"redact_close_files",
		"with gone as (update file set name = null, permalink = null, closed = true where id in"
		" (select file from entry_file f where incident = $1 and entry = " THESE(2) " and not " KEPT_ELSEWHERE("f.file") ") returning 1)"
		" select count(*) as changed from gone",
		ONE_ROW, 2,
	},
	[STMT_REDACT_UNLINK_FILES] = {
		"redact_unlink_files",
		/* What is redacted still says that there was a file. */
		"with gone as (delete from entry_file where incident = $1 and entry = $2"
		"   and not exists (select from entry where incident = $1 and id = $2 and redacted_at is not null) returning file)"
		" update file f set name = null, permalink = null from gone where f.id = gone.file"
		" and not exists (select from entry_file m join entry o on o.incident = m.incident and o.id = m.entry"
		"   where m.file = f.id and (m.incident, m.entry) <> ($1, $2) and o.redacted_at is null and not o.dropped)",
		NO_ROWS, 2,
	},
	[STMT_REDACT_MADE_OF] = {
		"redact_made_of",
		"with was as (select id, text, text_by from action where incident = $1 and source = $2"
		"   and text not in ($3, '[redacted]') for update),"
		" told as (select id, text from entry where incident = $1 and made_of = $2 and redacted_at is null and text <> $3 for update),"
		/* Somebody's own words stay; the lines from before have those of the message. */
		" gone as (update action a set text = $3 from was where a.incident = $1 and a.id = was.id and was.text_by is null),"
		" untold as (update entry e set text = $3 from told where e.incident = $1 and e.id = told.id),"
		/* "2: TEXT", "2 is done: TEXT" */
		" line as (update entry e set text = left(e.text, position(': ' in e.text) + 1) || $3 from was where e.incident = $1"
		"   and e.ts is null and e.kind = 'action' and (e.text like was.id || ': %' or e.text like was.id || ' %: %'))"
		" select id, 'action' as kind, null as channel, null as ts, null as author, text from was where text_by is null"
		" union all select id, 'update', null, null, null, text from told",
		ANY_ROWS, 3,
	},
	[STMT_REDACT_SAME] = {
		"redact_same",
		"select string_agg(id::text, ',' order by id) as ids from entry where incident = $1 and redacted_at is null"
		" and kind <> 'redacted' and " HAS_ONE_OF("text", 2),
		ONE_ROW, 2,
	},
	[STMT_REDACTED_IN] = {
		"redacted_in",
		"select channel, ts, null as file from entry e where redacted_at is not null and ts is not null"
		" and position(ts in $1) > 0 and not " STANDS_ELSEWHERE("e.incident", "e.channel", "e.ts")
		/* Under the ids that its channel had before. */
		" union all select w.id, e.ts, null from channel_was w join incident i on i.id = w.incident"
		"   join entry e on e.incident = i.id and e.channel = i.channel"
		"   where e.redacted_at is not null and e.ts is not null and position(e.ts in $1) > 0"
		" union all select " MENTIONED_IN ", " MENTIONED_TS ", null from entry e join inbox i on i.kind = 'app_mention'"
		"   and i.received_at = e.received_at where e.redacted_at is not null and e.ts is null and position(" MENTIONED_TS " in $1) > 0"
		"   and not " STANDS_ELSEWHERE("e.incident", MENTIONED_IN, MENTIONED_TS)
		" union all select null, null, id from file where closed and position(id in $1) > 0",
		ANY_ROWS, 1,
	},
	[STMT_SCRUB_TOLD] = {
		"scrub_told",
		"select key, frame as a, reply as b, error as c, null as e, case when received_at in (select received_at from entry"
		"   where incident = $2 and id = " THESE(3) " and ts is null) then 'typed' end as d from inbox where"
		" key in (select source from heard where incident = $2 and entry = " THESE(3)
		"   union select source from entry where incident = $2 and id = " THESE(3)
		"   union select key from inbox where kind = 'answer' and incident = $2 and " HAS_ONE_OF("frame", 1) ")"
		" for update",
		ANY_ROWS, 3,
	},
	[STMT_SCRUB_FRAMES] = {
		"scrub_frames",
		"with it as (select received_at from entry where incident = $2 and id = " THESE(3) " and ts is null)"
		" select key, frame as a, reply as b, error as c, null as e,"
		" case when i.received_at in (select received_at from it) then 'typed'"
		/* Other incidents have texts of their own, which may be the same. */
		"   when coalesce(i.incident, (select o.id from incident o where o.channel ="
		"     substring(i.frame from '\"channel(?:_id)?\": ?(?:[{]\"id\": ?)?\"([CDG][A-Z0-9]+)\"'))) <> $2 then 'others' end as d"
		" from inbox i where i.id > $4 and i.id <= $5 and (" HAS_ONE_OF("frame", 1) " or " HAS_ONE_OF("reply", 1)
		" or " HAS_ONE_OF("error", 1) " or i.received_at in (select received_at from it)) for update of i",
		ANY_ROWS, 5,
	},
	[STMT_SCRUB_FRAME_PUT] = {
		"scrub_frame_put",
		"update inbox set frame = $2, reply = $3, error = $4 where key = $1",
		NO_ROWS, 4,
	},
	[STMT_SCRUB_CALLS] = {
		"scrub_calls",
		"select o.id::text as key, body as a, answer as b, argument as c, error as d, replaces as e from outbox o"
		" where $3::text is not null and o.id > $4 and o.id <= $5 and (" HAS_ONE_OF("body", 1) " or " HAS_ONE_OF("answer", 1) " or "
		HAS_ONE_OF("argument", 1) " or " HAS_ONE_OF("error", 1) " or " HAS_ONE_OF("replaces", 1) ")"
		" and coalesce(o.incident, (select i.id from incident i where i.channel = split_part(o.lane, ' ', 2)), $2) = $2 for update of o",
		ANY_ROWS, 5,
	},
	[STMT_SCRUB_CALL_PUT] = {
		"scrub_call_put",
		"update outbox set body = $2, answer = $3, argument = $4, error = $5, replaces = $6,"
		/* Lanes were named by what the channel was to be called. */
		" lane = case when method in ('conversations.create', 'users.conversations') and incident is not null"
		"   then method || ' ' || incident else lane end where id = $1",
		NO_ROWS, 6,
	},
	[STMT_SCRUB_ENTRIES] = {
		"scrub_entries",
		"select id::text as key, rich as a, null as b, null as c, null as d, null as e from entry where incident = $2"
		" and id <> all(string_to_array($3, ',')::bigint[]) and id > $4 and id <= $5 and " HAS_ONE_OF("rich", 1) " for update",
		ANY_ROWS, 5,
	},
	[STMT_SCRUB_ENTRY_PUT] = {
		"scrub_entry_put",
		"update entry set rich = $2 where id = $1 and incident = $3",
		NO_ROWS, 3,
	},
	[STMT_SCRUB_REVISIONS] = {
		"scrub_revisions",
		"select ctid::text as key, rich as a, null as b, null as c, null as d, null as e from revision where incident = $2"
		" and entry <> all(string_to_array($3, ',')::bigint[]) and entry > $4 and entry <= $5 and " HAS_ONE_OF("rich", 1)
		" for update",
		ANY_ROWS, 5,
	},
	[STMT_SCRUB_REVISION_PUT] = {
		"scrub_revision_put",
		"update revision set rich = $2 where ctid = $1::tid and incident = $3",
		NO_ROWS, 3,
	},
	[STMT_SWEEP_ADD] = {
		"sweep_add",
		"insert into sweep (incident, entries, texts, names, shown, renamed, asked_by, asked_in)"
		" values ($1, $2, $3, $4, $5::boolean, $6::boolean, $7, $8) returning id",
		ONE_ROW, 8,
	},
	[STMT_SWEEP_WAITING] = {
		"sweep_waiting",
		"select exists (select from sweep where complete_at is null) as waiting",
		ONE_ROW, 0,
	},
	[STMT_SWEEP_TAKE] = {
		"sweep_take",
		"select id, incident, entries, texts, names, shown, renamed, asked_by, asked_in, entry_at, entry_last,"
		" frame_at, frame_last, call_at, call_last, copies, frames, calls, after_xact is not null as begun, frame_last is not null as measured, complete_at is not null as complete,"
		" coalesce(pg_snapshot_xmin(pg_current_snapshot()) >= after_xact, false) as alone"
		" from sweep where complete_at is null order by id limit 1 for update skip locked",
		AT_MOST_ONE_ROW, 0,
	},
	[STMT_SWEEP_GET] = {
		"sweep_get",
		"select id, incident, entries, texts, names, shown, renamed, asked_by, asked_in, entry_at, entry_last,"
		" frame_at, frame_last, call_at, call_last, copies, frames, calls, after_xact is not null as begun, frame_last is not null as measured, complete_at is not null as complete, false as alone from sweep where id = $1",
		ONE_ROW, 1,
	},
	[STMT_SWEEP_BEGIN] = {
		"sweep_begin",
		"update sweep set after_xact = pg_snapshot_xmax(pg_current_snapshot()) where id = $1",
		NO_ROWS, 1,
	},
	[STMT_SWEEP_MEASURE] = {
		"sweep_measure",
		"update sweep w set entry_last = (select coalesce(max(id), 0) from entry e where e.incident = w.incident),"
		" frame_last = (select coalesce(max(id), 0) from inbox),"
		" call_last = (select coalesce(max(id), 0) from outbox) where id = $1",
		NO_ROWS, 1,
	},
	[STMT_SWEEP_ENTRIES_PIECE] = {
		"sweep_entries_piece",
		"select coalesce(max(id), $2::bigint) as upto from (select id from entry"
		" where incident = $3 and id > $1::bigint and id <= $2::bigint order by id limit 1000) p",
		ONE_ROW, 3,
	},
	[STMT_SWEEP_FRAMES_PIECE] = {
		"sweep_frames_piece",
		"select coalesce(max(id), $2::bigint) as upto from (select id,"
		" sum(octet_length(frame)) over (order by id) - octet_length(frame) as before from"
		" (select id, frame from inbox where id > $1::bigint and id <= $2::bigint order by id limit 500) p) q"
		" where $3::bigint > 0 and before < 4000000",
		ONE_ROW, 3,
	},
	[STMT_SWEEP_CALLS_PIECE] = {
		"sweep_calls_piece",
		"select coalesce(max(id), $2::bigint) as upto from"
		" (select id from outbox where $3::bigint > 0 and id > $1::bigint and id <= $2::bigint order by id limit 200) p",
		ONE_ROW, 3,
	},
	[STMT_SWEEP_SAVE] = {
		"sweep_save",
		"update sweep set entry_at = $2, frame_at = $3, call_at = $4, copies = $5, frames = $6, calls = $7 where id = $1",
		NO_ROWS, 7,
	},
	[STMT_SWEEP_DONE] = {
		"sweep_done",
		"update sweep set texts = null, names = null, complete_at = now() where id = $1",
		NO_ROWS, 1,
	},
	[STMT_SWEEP_PACE] = {
		"sweep_pace",
		"delete from pace where " HAS_ONE_OF("key", 1),
		NO_ROWS, 1,
	},
};
/* clang-format on */

#include "statements.h"

#define THESE(n) "any(string_to_array($" #n ", ',')::bigint[])"
/* Needles have a character between them that stands in no JSON and no text. */
#define HAS_ONE_OF(what, n)                                                                        \
	"exists (select from unnest(string_to_array($" #n                                          \
	", chr(1))) p where p <> '' and position(p in " what ") > 0)"

/* clang-format off */
const struct statement REDACT_STATEMENTS[STMT_COUNT] = {
	[STMT_REDACT_FIND] = {
		"redact_find",
		"select id, kind, channel, ts, text, author, author_name, " TIME_OUT("said_at") ", " TIME_OUT("redacted_at")
		" from entry where incident = $1 and (id = $2 or (channel = $3 and ts = $4)) for update",
		AT_MOST_ONE_ROW, 4,
	},
	[STMT_REDACT_KIN] = {
		"redact_kin",
		"with told as (select source as key from heard where incident = $1 and entry = $2"
		"   union select source from entry where incident = $1 and id = $2),"
		" turn as (select i.received_at as at from inbox i join told using (key) where i.kind = 'app_mention'"
		"   union select received_at from entry where incident = $1 and id = $2 and ts is null),"
		" mention as (select key from inbox where kind = 'app_mention' and received_at in (select at from turn)"
		"   and recorded_at >= (select min(at) from turn) - interval '1 hour')"
		" select string_agg(e.id::text, ',' order by e.id) as ids from entry e where e.incident = $1"
		" and e.redacted_at is null and (e.id = $2 or (e.ts is null and e.received_at in (select at from turn))"
		"   or e.source in (select key from mention) or exists (select from heard h where h.incident = e.incident"
		"     and h.entry = e.id and h.source in (select key from mention)))",
		ONE_ROW, 2,
	},
	[STMT_REDACT_TEXTS] = {
		"redact_texts",
		"select text from (select text from entry where incident = $1 and id = " THESE(2)
		" union select text from revision where incident = $1 and entry = " THESE(2)
		" union select a.text from action a join entry e on e.incident = a.incident and (e.id = a.source"
		"   or (e.ts is null and e.received_at = a.created_at)) where e.incident = $1 and e.id = " THESE(2) ") t"
		" where text <> '' order by length(text) desc",
		ANY_ROWS, 2,
	},
	[STMT_REDACT_FILES] = {
		"redact_files",
		"select distinct file as text from entry_file where incident = $1 and entry = " THESE(2),
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
		" (select file from entry_file where incident = $1 and entry = " THESE(2) ") returning 1)"
		" select count(*) as changed from gone",
		ONE_ROW, 2,
	},
	[STMT_REDACT_UNLINK_FILES] = {
		"redact_unlink_files",
		"with gone as (delete from entry_file where incident = $1 and entry = $2 returning file)"
		" update file f set name = null, permalink = null from gone where f.id = gone.file"
		" and not exists (select from entry_file o where o.file = f.id and (o.incident, o.entry) <> ($1, $2))",
		NO_ROWS, 2,
	},
	[STMT_REDACT_MADE_OF] = {
		"redact_made_of",
		"with gone as (update action set text = $3 where incident = $1 and source = $2 returning id)"
		" update entry e set text = gone.id || ': ' || $3 from gone where e.incident = $1 and e.ts is null"
		" and e.kind = 'action' and e.text like gone.id || ': %'",
		NO_ROWS, 3,
	},
	[STMT_REDACT_QUOTES] = {
		"redact_quotes",
		"with gone as (update revision set rich = null where incident = $1 and entry <> all(string_to_array($2, ',')::bigint[])"
		" and " HAS_ONE_OF("rich", 3) " returning 1) select count(*) as changed from gone",
		ONE_ROW, 3,
	},
	[STMT_REDACT_SAME] = {
		"redact_same",
		"select string_agg(id::text, ',' order by id) as ids from entry where incident = $1 and ts is not null"
		" and redacted_at is null and " HAS_ONE_OF("text", 2),
		ONE_ROW, 2,
	},
	[STMT_REDACTED_IN] = {
		"redacted_in",
		"select channel, ts, null as file from entry where redacted_at is not null and ts is not null"
		" and position(ts in $1) > 0 union all select null, null, id from file where closed and position(id in $1) > 0",
		ANY_ROWS, 1,
	},
	[STMT_SCRUB_TOLD] = {
		"scrub_told",
		"select key, frame as a, reply as b, error as c, null as d, null as e from inbox where"
		" key in (select source from heard where incident = $2 and entry = " THESE(3)
		"   union select source from entry where incident = $2 and id = " THESE(3)
		"   union select key from inbox where kind = 'answer' and incident = $2 and " HAS_ONE_OF("frame", 1) ")"
		" for update",
		ANY_ROWS, 3,
	},
	[STMT_SCRUB_FRAMES] = {
		"scrub_frames",
		"with it as (select id, ts, channel, said_at, received_at from entry where incident = $2 and id = " THESE(3) "),"
		" kin as (select id, source from entry where incident = $2 and (id = " THESE(3)
		"   or (channel, thread_ts) in (select channel, ts from it))),"
		" maybe as (select source as key from kin"
		"   union select h.source from heard h join kin on kin.id = h.entry where h.incident = $2"
		"   union select key from inbox where kind in ('slash_commands', 'message_action', 'block_actions',"
		"     'view_submission', 'answer') or state = 'failed'"
		"   union select i.key from inbox i, it where i.recorded_at between it.received_at - interval '10 minutes'"
		"     and it.received_at + interval '2 hours'"
		"   union select key from inbox where recorded_at > now() - interval '1 hour')"
		" select key, frame as a, reply as b, error as c, null as e,"
		" case when received_at in (select received_at from it where ts is null) then 'typed' end as d"
		" from inbox where key in (select key from maybe)"
		" and (" HAS_ONE_OF("frame", 1) " or " HAS_ONE_OF("reply", 1) " or " HAS_ONE_OF("error", 1)
		"   or received_at in (select received_at from it where ts is null)) for update",
		ANY_ROWS, 3,
	},
	[STMT_SCRUB_ALL_FRAMES] = {
		"scrub_all_frames",
		"with it as (select received_at from entry where incident = $2 and id = " THESE(3) " and ts is null)"
		" select key, frame as a, reply as b, error as c, null as e,"
		" case when received_at in (select received_at from it) then 'typed' end as d from inbox"
		" where " HAS_ONE_OF("frame", 1) " or " HAS_ONE_OF("reply", 1) " or " HAS_ONE_OF("error", 1)
		" or received_at in (select received_at from it) for update",
		ANY_ROWS, 3,
	},
	[STMT_SCRUB_FRAME_PUT] = {
		"scrub_frame_put",
		"update inbox set frame = $2, reply = $3, error = $4 where key = $1",
		NO_ROWS, 4,
	},
	[STMT_SCRUB_CALLS] = {
		"scrub_calls",
		"select id::text as key, body as a, answer as b, argument as c, error as d, replaces as e from outbox where "
		HAS_ONE_OF("body", 1) " or " HAS_ONE_OF("answer", 1) " or " HAS_ONE_OF("argument", 1) " or "
		HAS_ONE_OF("error", 1) " or " HAS_ONE_OF("replaces", 1) " for update",
		ANY_ROWS, 1,
	},
	[STMT_SCRUB_CALL_PUT] = {
		"scrub_call_put",
		"update outbox set body = $2, answer = $3, argument = $4, error = $5, replaces = $6 where id = $1",
		NO_ROWS, 6,
	},
	[STMT_SCRUB_ENTRIES] = {
		"scrub_entries",
		"select id::text as key, case when ts is null then text end as a, rich as b, redacted_why as c, null as d, null as e"
		" from entry where incident = $2 and id <> all(string_to_array($3, ',')::bigint[]) and"
		" ((ts is null and " HAS_ONE_OF("text", 1) ") or " HAS_ONE_OF("rich", 1) ")",
		ANY_ROWS, 3,
	},
	[STMT_SCRUB_ENTRY_PUT] = {
		"scrub_entry_put",
		"update entry set text = coalesce($2, text), rich = $3, redacted_why = $4 where id = $1 and incident = $5",
		NO_ROWS, 5,
	},
	[STMT_SCRUB_ACTIONS] = {
		"scrub_actions",
		"select id::text as key, text as a, null as b, null as c, null as d, null as e from action"
		" where $1::text is not null and incident = $2 for update",
		ANY_ROWS, 2,
	},
	[STMT_SCRUB_ACTION_PUT] = {
		"scrub_action_put",
		"update action set text = $2 where id = $1 and incident = $3",
		NO_ROWS, 3,
	},
	[STMT_SCRUB_INCIDENT] = {
		"scrub_incident",
		"select id::text as key, title as a, summary as b, impact as c, fixed_by as d, null as e from incident"
		" where $1::text is not null and id = $2 for update",
		ANY_ROWS, 2,
	},
	[STMT_SCRUB_INCIDENT_PUT] = {
		"scrub_incident_put",
		"update incident set title = $2, summary = $3, impact = $4, fixed_by = $5, version = version + 1 where id = $1",
		NO_ROWS, 5,
	},
};
/* clang-format on */

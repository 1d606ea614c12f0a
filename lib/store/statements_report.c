#include "statements.h"

/* Slack's threads are one deep: what replies to a reply, or to itself, has no parent. */
#define IS_PARENT_AS(q)                                                                            \
	q ".incident = e.incident and " q ".channel = e.channel and " q ".ts = e.thread_ts"        \
	  " and e.thread_ts is distinct from e.ts"                                                 \
	  " and (" q ".thread_ts is null or " q ".thread_ts = " q ".ts)"

/* What is asked for of a timeline: key moments and changes of the incident only ($2), said since then ($3). */
#define CHOSEN(e)                                                                                  \
	"(not $2::boolean or " e ".key_moment or (" e ".kind <> 'message' and " e ".ts is null))"  \
	" and " e ".said_at >= coalesce(" TIME_IN(3) ", '-infinity')"

/* East of UTC, in seconds. */
#define OFFSET_AT(time)                                                                            \
	"extract(epoch from (" time ") at time zone name - (" time ") at time zone 'UTC')::bigint"

/* clang-format off */
/* An entry e and its author p. */
#define ENTRY_COLUMNS \
	"e.incident, e.id, e.kind, e.author, coalesce(e.author_name, p.name) as author_name, e.put_by, e.text," \
	" e.rich, e.channel, e.ts, e.thread_ts, e.provenance, e.key_moment, e.subtype, e.broadcast, e.revised, e.text_before," \
	" e.ts is not null and e.text_edition is null and e.redacted_at is null as unseen, e.redacted_by, e.redacted_why, " \
	TIME_OUT_OF("e.said_at", "said_us") ", " TIME_OUT_OF("e.received_at", "received_at") ", " \
	TIME_OUT_OF("e.recorded_at", "recorded_at") ", " TIME_OUT_OF("e.text_edition", "text_edition") ", " \
	TIME_OUT_OF("e.text_moment", "text_moment") ", " TIME_OUT_OF("e.edited_at", "edited_at") ", " \
	TIME_OUT_OF("e.deleted_at", "deleted_at") ", " TIME_OUT_OF("e.redacted_at", "redacted_at")

const struct statement REPORT_STATEMENTS[STMT_COUNT] = {
	[STMT_RECORD_REVISIONS] = {
		"record_revisions",
		"select r.entry, r.text, r.rich, r.before, " TIME_OUT("edition") ", " TIME_OUT("moment")
		" from revision r where r.incident = $1 and r.entry = any(string_to_array($2, ',')::bigint[])"
		" order by r.entry",
		ANY_ROWS, 2,
	},
	[STMT_RECORD_REACTIONS] = {
		"record_reactions",
		"select entry, name, count(*) as count from reaction where incident = $1 and given"
		" and entry = any(string_to_array($2, ',')::bigint[])"
		" group by entry, name order by entry, count(*) desc, name collate \"C\"",
		ANY_ROWS, 2,
	},
	[STMT_RECORD_FILES] = {
		"record_files",
		/* A file of what is redacted may be on another record, with its name. */
		"select e.entry, f.id, case when o.redacted_at is null then f.name end as name,"
		" case when o.redacted_at is null then f.permalink end as permalink, f.deleted_at is not null as gone"
		" from entry_file e join file f on f.id = e.file join entry o on o.incident = e.incident and o.id = e.entry"
		" where e.incident = $1 and e.entry = any(string_to_array($2, ',')::bigint[])"
		" order by e.entry, f.id",
		ANY_ROWS, 2,
	},
	[STMT_RECORD_PEOPLE] = {
		"record_people",
		"select id, name from (select id, name from person union all select id, name from named) known"
		" where name is not null order by id collate \"C\"",
		ANY_ROWS, 0,
	},
	[STMT_RECORD_PARTICIPANTS] = {
		"record_participants",
		"select e.author as id, coalesce(p.name, max(e.author_name)) as name, count(*) as messages"
		" from entry e left join person p on p.id = e.author"
		" where e.incident = $1 and e.kind = 'message' and e.author is not null"
		" group by e.author, p.name order by count(*) desc, e.author",
		ANY_ROWS, 1,
	},
	[STMT_RECORD_UPDATES] = {
		"record_updates",
		"select * from (select " ENTRY_COLUMNS " from entry e left join person p on p.id = e.author"
		" where e.incident = $1 and e.kind = 'update' order by e.said_at desc, e.id desc limit 100) u"
		" order by said_us, id",
		ANY_ROWS, 1,
	},
	[STMT_MOMENTS] = {
		"moments",
		"select * from (select e.id, e.kind, e.author, e.text, count(*) over () as count, "
		TIME_OUT_OF("e.said_at", "said_us")
		" from entry e where e.incident = $1 and e.text is not null and e.redacted_at is null and e.deleted_at is null"
		" and (e.key_moment or (e.kind <> 'message' and e.ts is null))"
		" order by e.said_at desc, e.id desc limit $2) m order by said_us, id",
		ANY_ROWS, 2,
	},
	[STMT_RECORD_COUNTS] = {
		"record_counts",
		"select count(*) filter (where said) as messages,"
		" count(*) filter (where said and thread_ts <> ts) as replies,"
		" count(*) filter (where said and (edited_at is not null or revised)) as edited,"
		" count(*) filter (where said and deleted_at is not null) as deleted,"
		" count(*) filter (where redacted_at is not null) as redacted,"
		" count(*) filter (where key_moment) as key_moments,"
		" count(*) filter (where provenance = 'recovered') as recovered,"
		" count(*) filter (where said and edit_recovered and redacted_at is null) as recovered_edits,"
		" count(*) filter (where said and deleted_how = 'recovered') as recovered_deletions,"
		" (select count(*) from reaction where incident = $1 and provenance = 'recovered') as recovered_reactions,"
		" count(*) filter (where ts is not null and text_edition is null and redacted_at is null) as unseen,"
		" count(*) filter (where kind = 'problem') as refused_calls, "
		TIME_OUT_OF("min(said_at)", "earliest") "," TIME_OUT_OF("max(said_at)", "latest") ","
		" (select count(distinct file) from entry_file where incident = $1) as files,"
		" (select count(*) from reaction where incident = $1 and given) as reactions,"
		" (select count(*) from inbox, incident i where i.id = $1 and state = 'failed'"
		"  and position(to_json(i.channel)::text in frame) > 0) +"
		" (select count(*) from outbox where incident = $1 and state = 'failed') as failed_events"
		" from (select *, kind = 'message' and ts is not null as said from entry where incident = $1) e",
		ONE_ROW, 1,
	},
	[STMT_RECORD_THREADS] = {
		"record_threads",
		"select count(*) filter (where p.id is null) as unplaced,"
		" count(*) filter (where e.said_at - p.said_at > $2::bigint * interval '1 microsecond') as late"
		" from entry e left join entry p on " IS_PARENT_AS("p")
		" where e.incident = $1 and e.kind = 'message' and e.thread_ts is not null"
		" and e.thread_ts is distinct from e.ts",
		ONE_ROW, 2,
	},
	[STMT_TIMELINE_OPEN] = {
		"timeline_open",
		"declare timeline no scroll cursor for"
		" select t.*, below from (select " ENTRY_COLUMNS ", q.id as parent, "
		TIME_OUT_OF("q.said_at", "parent_at") ","
		" case when q.id is not null and " CHOSEN("q") " then q.said_at end as above_at,"
		" case when q.id is not null and " CHOSEN("q") " then q.id end as above,"
		" e.said_at as at from entry e left join person p on p.id = e.author"
		" left join entry q on " IS_PARENT_AS("q") " where e.incident = $1 and " CHOSEN("e") ") t,"
		" lateral (select above is not null as below) b"
		" order by coalesce(above_at, at), coalesce(above, id), below, at, id",
		NO_ROWS, 3,
	},
	[STMT_TIMELINE_NEXT] = {
		"timeline_next",
		"fetch forward 100 from timeline",
		ANY_ROWS, 0,
	},
	[STMT_ZONE] = {
		"zone",
		"with zone as (select name from pg_timezone_names where lower(name) = lower($1) limit 1),"
		" day as (select name, at from zone, generate_series(" TIME_IN(2) ", now() + interval '1 year', interval '1 day') at),"
		" hour as (select name, h as at from day, generate_series(at + interval '15 minutes',"
		"  at + interval '1 day', interval '15 minutes') h"
		"  where " OFFSET_AT("at") " <> " OFFSET_AT("at + interval '1 day'") "),"
		" change as (select name, " TIME_IN(2) " as at from zone union all"
		"  select name, at from hour where " OFFSET_AT("at") " <> " OFFSET_AT("at - interval '15 minutes'") ")"
		" select name, " TIME_OUT("at") ", " OFFSET_AT("at") " as offset_s from change order by change.at",
		ANY_ROWS, 2,
	},
};
/* clang-format on */

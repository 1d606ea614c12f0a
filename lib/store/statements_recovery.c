#include "statements.h"

#define RECOVERY_COLUMNS                                                                                                                                                \
	"r.incident, i.channel, r.state, r.why, " TIME_OUT("wanted_at") "," TIME_OUT("began_at") ", r.place, r.oldest, r.newest, r.bottom, r.pages, r.found," TIME_OUT( \
		"complete_at") "," TIME_OUT("whole_at") ", r.error,"                                                                                                    \
							" case when i.adopted then extract(epoch from i.reported_at)::numeric(20, 6)::text end as floor"

/* What only a reading missed, and is to be dropped, is looked for once more. */
#define MAY_BE_THERE(unsure)                                                                       \
	"(deleted_at is null or (" unsure                                                          \
	"::boolean and deleted_how = 'recovered' and not dropped))"

/* clang-format off */
const struct statement RECOVERY_STATEMENTS[STMT_COUNT] = {
	[STMT_WATCH_BEGIN] = {
		"watch_begin",
		"insert into watch (process, began_at, seen_at)"
		" values ($1, now() - $2::bigint * interval '1 millisecond', now())"
		" on conflict (process, began_at) do nothing",
		NO_ROWS, 2,
	},
	[STMT_WATCH_SEEN] = {
		"watch_seen",
		"update watch set seen_at = now() where process = $1 and ended is null returning process",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_WATCH_END_ALL] = {
		"watch_end_all",
		"update watch set ended = $1,"
		" seen_at = greatest(began_at, seen_at - $2::bigint * interval '1 millisecond')"
		" where ended is null and seen_at > now() - interval '1 hour'",
		NO_ROWS, 2,
	},
	[STMT_WATCH_END] = {
		"watch_end",
		"update watch set ended = $2,"
		" seen_at = greatest(began_at, seen_at - $3::bigint * interval '1 millisecond')"
		" where process = $1 and ended is null",
		NO_ROWS, 3,
	},
	[STMT_WATCH_HOLES] = {
		"watch_holes",
		"with seen as (select began_at, seen_at, greatest(" TIME_IN(1) ", max(seen_at) over"
		"  (order by began_at, process rows between unbounded preceding and 1 preceding)) as reach"
		"  from watch where seen_at > " TIME_IN(1) " and began_at <= " TIME_IN(2) "),"
		" hole as (select reach as from_at, began_at as to_at from seen where began_at > reach"
		"  union all select coalesce(max(seen_at), " TIME_IN(1) "), " TIME_IN(2) " from seen"
		"  having coalesce(max(seen_at), " TIME_IN(1) ") < " TIME_IN(2) " - (select case"
		"   when bool_and(ended is not null or seen_at < " TIME_IN(2) " - $3::bigint * interval '1 millisecond')"
		"   then 0 else $3::bigint end from watch where began_at <= " TIME_IN(2) ") * interval '1 millisecond')"
		" select " TIME_OUT("from_at") "," TIME_OUT("to_at") ","
		" case when exists (select from watch w where w.seen_at <= hole.from_at) then"
		"  (select ended from watch w where w.seen_at <= hole.from_at order by w.seen_at desc, ended nulls last limit 1)"
		"  else 'no record' end as why"
		" from hole order by from_at",
		ANY_ROWS, 3,
	},
	[STMT_WATCH_LAST] = {
		"watch_last",
		"select (extract(epoch from max(seen_at)) * 1000000)::bigint as last, count(*) filter"
		" (where ended is null and seen_at > now() - $1::bigint * interval '1 millisecond') as watching"
		" from watch",
		ONE_ROW, 1,
	},
	[STMT_RECOVERY_STATE] = {
		"recovery_state",
		"select state, error, " TIME_OUT("complete_at") "," TIME_OUT("whole_at") " from recovery where incident = $1",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_RECOVERY_GET] = {
		"recovery_get",
		"select " RECOVERY_COLUMNS ", " TIME_OUT_OF("now()", "now_at") ","
		" exists (select from outbox o where o.state = 'waiting' and o.incident = $1"
		"  and o.purpose in ('history_read', 'thread_read')) as under_way from recovery r"
		" join incident i on i.id = r.incident where r.incident = $1 for update of r",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_RECOVERY_NEW] = {
		"recovery_new",
		"insert into recovery (incident) values ($1) on conflict (incident) do nothing",
		NO_ROWS, 1,
	},
	[STMT_RECOVERY_SAVE] = {
		"recovery_save",
		"update recovery set state = $2, why = $3, wanted_at = " TIME_IN(4) ", began_at = " TIME_IN(5) ","
		" place = $6, oldest = $7, bottom = $8::boolean, pages = $9, found = $10,"
		" complete_at = " TIME_IN(11) ", error = $12, whole_at = " TIME_IN(13) ", newest = $14 where incident = $1",
		NO_ROWS, 14,
	},
	[STMT_RECOVERY_CHANNELS] = {
		"recovery_channels",
		"select id from incident where channel is not null and (coalesce(resolved_at, cancelled_at) is null"
		" or coalesce(resolved_at, cancelled_at) > now() - interval '7 days') order by id desc",
		ANY_ROWS, 0,
	},
	[STMT_RECOVERY_LIST] = {
		"recovery_list",
		"select " RECOVERY_COLUMNS ", i.title,"
		" (select count(*) from recovery_thread t where t.incident = r.incident and not done) as threads"
		" from recovery r join incident i on i.id = r.incident order by r.incident desc limit 200",
		ANY_ROWS, 0,
	},
	[STMT_RECOVERY_THREAD_ADD] = {
		"recovery_thread_add",
		"insert into recovery_thread (incident, ts, latest, missing)"
		" select $1, $3, $4, $4::text collate \"C\" >= coalesce($6, '') and (count(*) <> $5"
		"  or coalesce(max(ts collate \"C\"), '') < $4) from entry"
		" where incident = $1 and channel = $2 and thread_ts collate \"C\" = $3 and ts <> $3 and text_edition is not null"
		" and deleted_at is null on conflict (incident, ts) do nothing",
		NO_ROWS, 6,
	},
	[STMT_RECOVERY_THREADS_KNOWN] = {
		"recovery_threads_known",
		"insert into recovery_thread (incident, ts, latest) select $1, thread_ts, max(ts) from entry"
		" where incident = $1 and channel = $2 and thread_ts collate \"C\" >= $3 and thread_ts collate \"C\" < $4"
		" and thread_ts <> ts and deleted_at is null group by thread_ts on conflict (incident, ts) do nothing",
		NO_ROWS, 4,
	},
	[STMT_RECOVERY_THREADS_UNSEEN] = {
		"recovery_threads_unseen",
		"insert into recovery_thread (incident, ts, latest) select $1, ts, ts from entry"
		" where incident = $1 and channel = $2 and text_edition is null and deleted_at is null and redacted_at is null"
		" and ts is not null on conflict (incident, ts) do nothing",
		NO_ROWS, 2,
	},
	[STMT_RECOVERY_THREAD_NEXT] = {
		"recovery_thread_next",
		"select ts, place, missing from recovery_thread where incident = $1 and not done"
		" order by missing desc, latest collate \"C\" desc, ts limit 1",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_RECOVERY_THREAD_SAVE] = {
		"recovery_thread_save",
		"update recovery_thread set place = $3 where incident = $1 and ts = $2",
		NO_ROWS, 3,
	},
	[STMT_RECOVERY_THREAD_DONE] = {
		"recovery_thread_done",
		"update recovery_thread set done = true where incident = $1 and ts = $2",
		NO_ROWS, 2,
	},
	[STMT_RECOVERY_THREADS_DROP] = {
		"recovery_threads_drop",
		"delete from recovery_thread where incident = $1",
		NO_ROWS, 1,
	},
	[STMT_RECOVERY_SAID] = {
		"recovery_said",
		"select ts from entry where incident = $1 and channel = $2 and ts collate \"C\" > $3"
		" and ts collate \"C\" < $4 and (thread_ts is null or thread_ts = ts or broadcast)"
		" and text_edition is not null and " MAY_BE_THERE("$6") " and said_at < " TIME_IN(5),
		ANY_ROWS, 6,
	},
	[STMT_RECOVERY_REPLIES] = {
		"recovery_replies",
		"select ts from entry where incident = $1 and channel = $2 and thread_ts collate \"C\" = $3 and ts <> $3"
		" and ts collate \"C\" > $4 and ts collate \"C\" <= $5 and text_edition is not null"
		" and " MAY_BE_THERE("$7") " and said_at < " TIME_IN(6),
		ANY_ROWS, 7,
	},
};
/* clang-format on */

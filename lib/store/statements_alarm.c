#include "statements.h"

#define OFFSET_AT(at)                                                                              \
	"extract(epoch from (" at ") at time zone $1 - (" at ") at time zone 'UTC')::bigint"

/* clang-format off */
const struct statement ALARM_STATEMENTS[STMT_COUNT] = {
	[STMT_ALARMS] = {
		"alarms",
		"select rule, item, " TIME_OUT("since") "," TIME_OUT("due_at") ", count," TIME_OUT("said_at") ","
		TIME_OUT("snoozed_until") ", stopped_by, under_way, post_ts from alarm where incident = $1 and rule <> 'look'"
		" order by rule, item",
		ANY_ROWS, 1,
	},
	[STMT_ALARM_PUT] = {
		"alarm_put",
		"insert into alarm (incident, rule, item, since, due_at, count, said_at, snoozed_until, stopped_by,"
		" under_way, post_ts) values ($1, $2, $3, " TIME_IN(4) ", " TIME_IN(5) ", $6, " TIME_IN(7) ", "
		TIME_IN(8) ", $9, $10::boolean, $11) on conflict (incident, rule, item) do update set since = excluded.since,"
		" due_at = excluded.due_at, count = excluded.count, said_at = excluded.said_at,"
		" snoozed_until = excluded.snoozed_until, stopped_by = excluded.stopped_by,"
		" under_way = excluded.under_way, post_ts = excluded.post_ts",
		NO_ROWS, 11,
	},
	[STMT_ALARM_DROP] = {
		"alarm_drop",
		"delete from alarm where incident = $1 and rule = $2 and item = $3",
		NO_ROWS, 3,
	},
	[STMT_ALARMS_MUTE] = {
		"alarms_mute",
		"update alarm set due_at = null, under_way = false, count = 1000 where incident = $1",
		NO_ROWS, 1,
	},
	[STMT_ALARMS_REST] = {
		"alarms_rest",
		"update alarm set due_at = null, under_way = false where incident = $1",
		NO_ROWS, 1,
	},
	[STMT_ALARM_FACTS] = {
		"alarm_facts",
		"select severity_by is not null as severity_chosen, (select (extract(epoch from max(said_at)) * 1000000)::bigint"
		" from entry e where e.incident = i.id and e.kind = 'update') as updated_at from incident i where i.id = $1",
		ONE_ROW, 1,
	},
	[STMT_SEVERITY_CHOSEN] = {
		"severity_chosen",
		"update incident set severity_by = $2 where id = $1",
		NO_ROWS, 2,
	},
	[STMT_ALARM_TAKE] = {
		"alarm_take",
		"select a.incident, a.rule, a.item, " TIME_OUT_OF("coalesce(" TIME_IN(1) ", now())", "at_us")
		" from alarm a join incident i on i.id = a.incident where a.due_at <= coalesce(" TIME_IN(1) ", now())"
		" order by a.due_at, a.incident, a.rule, a.item limit 1 for update of i skip locked",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_ALARM_PUT_OFF] = {
		"alarm_put_off",
		"update alarm set due_at = due_at + $4::bigint * interval '1 millisecond'"
		" where incident = $1 and rule = $2 and item = $3",
		NO_ROWS, 4,
	},
	[STMT_ALARMS_LOOK] = {
		"alarms_look",
		"insert into alarm (incident, rule, due_at) select id, 'look', " TIME_IN(1) " from incident"
		" where channel is not null and not report_only and (coalesce(resolved_at, cancelled_at) is null"
		" or coalesce(resolved_at, cancelled_at) > now() - interval '90 days') order by id"
		" on conflict (incident, rule, item) do nothing",
		NO_ROWS, 1,
	},
	[STMT_ZONE_NEAR] = {
		"zone_near",
		"with tick as (select at, " OFFSET_AT("at") " as offset_s from generate_series("
		"  date_trunc('hour', " TIME_IN(2) ") - interval '2 days', " TIME_IN(2) " + interval '12 days', interval '30 minutes') at),"
		" step as (select at, offset_s, lag(offset_s) over (order by at) as before from tick)"
		" select " TIME_OUT("at") ", offset_s from step where before is distinct from offset_s order by step.at",
		ANY_ROWS, 2,
	},
};
/* clang-format on */

#include "statements.h"

/* clang-format off */
const struct statement LEVELS_STATEMENTS[STMT_COUNT] = {
	[STMT_LEVELS_LOCK] = {
		"levels_lock",
		"select value from counter where name = 'levels' for update",
		ONE_ROW, 0,
	},
	[STMT_LEVELS_NUMBER] = {
		"levels_number",
		"select coalesce(max(number), 0) as number from levels",
		ONE_ROW, 0,
	},
	[STMT_LEVELS_IN_FORCE] = {
		"levels_in_force",
		"select number, text, changes, cause, host, file, " TIME_OUT("recorded_at") " from levels"
		" order by number desc limit 1",
		AT_MOST_ONE_ROW, 0,
	},
	[STMT_LEVELS_ADD] = {
		"levels_add",
		"with next as (update counter set value = value + 1 where name = 'levels' returning value)"
		" insert into levels (number, text, changes, cause, host, file)"
		" select value, $1, $2, $3, $4, $5 from next",
		NO_ROWS, 5,
	},
	[STMT_LEVELS_PUT] = {
		"levels_put",
		"with counted as (update counter set value = greatest(value, $1::bigint) where name = 'levels')"
		" insert into levels (number, recorded_at, text, changes, cause, host, file)"
		" values ($1::bigint, " TIME_IN(2) ", $3, $4, $5, $6, $7) on conflict (number) do update set"
		" recorded_at = excluded.recorded_at, text = excluded.text, changes = excluded.changes,"
		" cause = excluded.cause, host = excluded.host, file = excluded.file",
		NO_ROWS, 7,
	},
	[STMT_LEVELS_LIST] = {
		"levels_list",
		"select number, text, changes, cause, host, file, " TIME_OUT("recorded_at") " from levels order by number",
		ANY_ROWS, 0,
	},
	[STMT_LEVELS_OUTDATED] = {
		"levels_outdated",
		"select exists (select from levels where text = $1)"
		" and (select text from levels order by number desc limit 1) <> $1"
		" and exists (select from watch where process <> $2 and ended is null"
		"   and seen_at > now() - $3::bigint * interval '1 millisecond') as outdated",
		ONE_ROW, 3,
	},
	[STMT_LEVELS_TELL] = {
		"levels_tell",
		"insert into levels_told (mistakes) values ($1) on conflict (hash) do nothing returning hash",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_LEVELS_GOOD] = {
		"levels_good",
		"delete from levels_told returning hash",
		ANY_ROWS, 0,
	},
	[STMT_INCIDENTS_AT] = {
		"incidents_at",
		"select " INCIDENT_COLUMNS " from incident where lower(severity_id) = lower($1)"
		" and resolved_at is null and cancelled_at is null order by id for update",
		ANY_ROWS, 1,
	},
	[STMT_INCIDENTS_RUNNING] = {
		"incidents_running",
		"select " INCIDENT_COLUMNS " from incident where resolved_at is null and cancelled_at is null order by id",
		ANY_ROWS, 0,
	},
};
/* clang-format on */

#include "statements.h"

/* clang-format off */
const struct statement TROUBLE_STATEMENTS[STMT_COUNT] = {
	[STMT_TROUBLE_PUT] = {
		"trouble_put",
		"insert into trouble as t (daemon, what, error) values ($1, $2, $3) on conflict (what, daemon)"
		" do update set error = excluded.error, seen_at = now(),"
		" since = case when t.error = excluded.error then t.since else now() end",
		NO_ROWS, 3,
	},
	[STMT_TROUBLE_END] = {
		"trouble_end",
		"delete from trouble where daemon = $1 and what = $2",
		NO_ROWS, 2,
	},
	[STMT_TROUBLE_FORGET] = {
		"trouble_forget",
		"delete from trouble where seen_at < now() - interval '1 minute'",
		NO_ROWS, 0,
	},
	[STMT_TROUBLES_OF] = {
		"troubles_of",
		"with ours as (update trouble set seen_at = now() where daemon = $1"
		" or (daemon = '' and what = any(string_to_array($2, ','))) returning what, error, since)"
		" select what, error, " TIME_OUT("since") " from ours order by what collate \"C\"",
		ANY_ROWS, 2,
	},
	[STMT_TROUBLES] = {
		"troubles",
		"select what, error, " TIME_OUT("since") " from trouble where seen_at > now() - interval '10 seconds'"
		" order by what collate \"C\", daemon",
		ANY_ROWS, 0,
	},
};
/* clang-format on */

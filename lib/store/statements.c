#include "statements.h"

#define OUTBOX_COLUMNS                                                                                            \
	"o.id, o.incident, o.version, o.method, o.lane, o.purpose, o.argument, o.body,"                           \
	" o.look_cursor, o.attempts, o.taken_by, o.name, (extract(epoch from o.first_sent_at) * 1000000)::bigint" \
	" as first_sent, coalesce(o.not_after < now(), false) as too_late"

#define READINGS "('conversations.history', 'conversations.replies')"

/* clang-format off */
static const struct statement STATEMENTS[STMT_COUNT] = {
	[STMT_INBOX_PUT] = {
		"inbox_put",
		"insert into inbox (key, kind, frame, received_at, state)"
		" values ($1, $2, $3, " TIME_IN(4) ", 'done') on conflict (key) do nothing returning id",
		AT_MOST_ONE_ROW, 4,
	},
	[STMT_INBOX_REPLY] = {
		"inbox_reply",
		"select reply from inbox where key = $1 for update",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_INBOX_CLOSE] = {
		"inbox_close",
		"update inbox set state = $2, reply = $3, error = $4 where key = $1",
		NO_ROWS, 4,
	},
	[STMT_INBOX_FRAME] = {
		"inbox_frame",
		"select frame, " TIME_OUT("received_at") " from inbox where key = $1",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_INBOX_FAILED] = {
		"inbox_failed",
		"select key, kind, frame, " TIME_OUT("received_at") " from inbox where id = $1 and state = 'failed' for update",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_INBOX_ALL_FAILED] = {
		"inbox_all_failed",
		"select id, kind as what, " TIME_OUT("received_at") ", error from inbox where state = 'failed'"
		" order by id limit 1000",
		ANY_ROWS, 0,
	},
	[STMT_PERSON_MEET] = {
		"person_meet",
		"insert into person (id) values ($1) on conflict (id) do nothing returning id",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_PERSON_PUT] = {
		"person_put",
		"insert into person (id, name, is_bot, deleted, restricted, team, stranger, enterprise, known_at)"
		" values ($1, $2, $3::boolean, $4::boolean, $5::boolean, $6, $7::boolean, $8, now())"
		" on conflict (id) do update set name = coalesce(excluded.name, person.name),"
		" is_bot = excluded.is_bot, deleted = excluded.deleted,"
		" restricted = excluded.restricted, team = coalesce(excluded.team, person.team),"
		" stranger = excluded.stranger, enterprise = excluded.enterprise, known_at = now()",
		NO_ROWS, 8,
	},
	[STMT_NAME] = {
		"name",
		"select name from person where id = $1 union all select name from named where id = $1 limit 1",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_NAMED_MEET] = {
		"named_meet",
		"insert into named (id) values ($1) on conflict (id) do nothing returning id",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_NAMED_PUT] = {
		"named_put",
		"insert into named (id, name, known_at) values ($1, $2, now())"
		" on conflict (id) do update set name = excluded.name, known_at = now()",
		NO_ROWS, 2,
	},
	[STMT_NAMED_RENAMED] = {
		"named_renamed",
		"update named set name = $2, known_at = now(), renamed_at = " TIME_IN(3) " where id = $1 and name is not null"
		" and coalesce(renamed_at <= " TIME_IN(3) ", true)",
		NO_ROWS, 3,
	},
	[STMT_NAMED_EMOJI] = {
		"named_emoji",
		"with given as (select distinct on (id) ':' || id as id, name"
		"  from unnest(string_to_array($1, E'\\n'), string_to_array($2, E'\\n')) as g(id, name) order by id),"
		" gone as (delete from named where id like ':%' and id not in (select id from given) returning id),"
		" put as (insert into named as n (id, name, known_at) select id, name, now() from given"
		"  on conflict (id) do update set name = excluded.name, known_at = now()"
		"  where n.name is distinct from excluded.name returning id)"
		" select (select count(*) from gone) + (select count(*) from put) as changed",
		ONE_ROW, 2,
	},
	[STMT_PERSON_FACTS] = {
		"person_facts",
		"select id, name, is_bot, deleted, team is not null and exists (select from workspace) as placed,"
		/* Slack calls who is of another workspace of our organisation a stranger as well. */
		" not restricted and exists (select from workspace w where (w.team = person.team and not stranger)"
		"   or w.enterprise = person.enterprise) as member"
		" from person where id = $1 and known_at is not null",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_PERSON_NAME_ENTRIES] = {
		"person_name_entries",
		"update entry set author_name = $2 where author = $1 and author_name is null",
		NO_ROWS, 2,
	},
	[STMT_WORKSPACE_US] = {
		"workspace_us",
		"select self, bot from workspace limit 1",
		AT_MOST_ONE_ROW, 0,
	},
	[STMT_WORKSPACE_PUT] = {
		"workspace_put",
		"insert into workspace (team, url, self, bot, enterprise) values ($1, $2, $3, $4, $5)"
		" on conflict (team) do update set url = excluded.url, self = excluded.self, bot = excluded.bot,"
		" enterprise = excluded.enterprise",
		NO_ROWS, 5,
	},
	[STMT_INCIDENT_NUMBER] = {
		"incident_number",
		"update counter set value = value + 1 where name = 'incident' returning value",
		ONE_ROW, 0,
	},
	[STMT_INCIDENT_NEW] = {
		"incident_new",
		"insert into incident (id, title, status, severity_id, severity_label, severity_emoji,"
		" severity_meaning, reporter, summary, impact, private, report_only, started_at, reported_at, resolved_at,"
		" status_label, drill, update_due_at, adopted)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::boolean, $12::boolean, "
		TIME_IN(13) ", " TIME_IN(13) ", " TIME_IN(14) ", $15, $16::boolean, " TIME_IN(17) ", $18::boolean)",
		NO_ROWS, 18,
	},
	[STMT_INCIDENT_GET] = {
		"incident_get",
		"select " INCIDENT_COLUMNS " from incident where id = $1 for update",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_INCIDENT_IN_CHANNEL] = {
		"incident_in_channel",
		"select " INCIDENT_COLUMNS " from incident where channel = $1 for update",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_INCIDENT_OF_CHANNEL] = {
		"incident_of_channel",
		"select id from incident where channel = $1",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_INCIDENT_SAVE] = {
		"incident_save",
		"update incident set version = version + 1, title = $2, status = $3, severity_id = $4,"
		" severity_label = $5, severity_emoji = $6, severity_meaning = $7, lead = $8, summary = $9,"
		" impact = $10, fixed_by = $11, channel = $12, channel_name = $13, card_ts = $14, lead_at = "
		TIME_IN(15) ", resolved_at = " TIME_IN(16) ", cancelled_at = " TIME_IN(17) ", started_at = "
		TIME_IN(18) ", status_label = $19, duplicate_of = nullif($20::bigint, 0), duplicate_at = "
		TIME_IN(21) ", update_due_at = " TIME_IN(22) " where id = $1 returning version",
		ONE_ROW, 22,
	},
	[STMT_INCIDENTS_OPEN] = {
		"incidents_open",
		"select " INCIDENT_COLUMNS " from incident where resolved_at is null"
		" and cancelled_at is null order by id desc limit 1000",
		ANY_ROWS, 0,
	},
	[STMT_HEADLINE_WANT] = {
		"headline_want",
		"insert into headline (incident, channel) values ($1, $2)"
		" on conflict (incident, channel) do nothing returning channel",
		AT_MOST_ONE_ROW, 2,
	},
	[STMT_HEADLINE_POSTED] = {
		"headline_posted",
		"update headline set ts = $3 where incident = $1 and channel = $2",
		NO_ROWS, 3,
	},
	[STMT_HEADLINE_REFUSED] = {
		"headline_refused",
		"delete from headline where incident = $1 and channel = $2",
		NO_ROWS, 2,
	},
	[STMT_HEADLINES] = {
		"headlines",
		"select channel, ts from headline where incident = $1 and ts is not null order by channel",
		ANY_ROWS, 1,
	},
	[STMT_HEADLINES_WANTED] = {
		"headlines_wanted",
		"select exists (select from headline where incident = $1) as wanted",
		ONE_ROW, 1,
	},
	[STMT_HEADLINES_HUSH] = {
		"headlines_hush",
		"delete from outbox o using headline h where h.incident = $1 and o.state = 'waiting' and o.attempts = 0"
		" and o.lane = 'chat.postMessage ' || h.channel and ((o.incident = $1 and o.purpose = 'headline_posted')"
		"   or position('\"thread_ts\":\"' || h.ts || '\"' in o.body) > 0)",
		NO_ROWS, 1,
	},
	[STMT_INVITED] = {
		"invited",
		"insert into invited (incident, who) values ($1, $2)"
		" on conflict (incident, who) do nothing returning who",
		AT_MOST_ONE_ROW, 2,
	},
	[STMT_INVITE_REFUSED] = {
		"invite_refused",
		"insert into invited (incident, who, refused) values ($1, $2, $3)"
		" on conflict (incident, who) do update set refused = excluded.refused"
		" where invited.refused is distinct from excluded.refused returning who",
		AT_MOST_ONE_ROW, 3,
	},
	[STMT_ENTRY_LAST] = {
		"entry_last",
		"select text, author from entry where incident = $1 and kind = $2 and kind <> 'message' and redacted_at is null"
		" order by id + 0 desc limit 1", /* not by the key, down from the newest message */
		AT_MOST_ONE_ROW, 2,
	},
	[STMT_NOW] = {
		"now",
		"select " TIME_OUT_OF("now()", "us"),
		ONE_ROW, 0,
	},
	[STMT_TIME_READ] = {
		"time_read",
		"select (extract(epoch from $1::timestamp at time zone $2) * 1000000)::bigint as us",
		ONE_ROW, 2,
	},
	[STMT_TIME_SHOW] = {
		"time_show",
		"select to_char((" TIME_IN(1) ") at time zone $2, 'YYYY-MM-DD HH24:MI') as shown",
		ONE_ROW, 2,
	},
	[STMT_ENTRY_ADD] = {
		"entry_add",
		"insert into entry (incident, kind, said_at, received_at, author, author_name, put_by, text,"
		" channel, ts, thread_ts, provenance, made_of) values ($1, $2,"
		" case when $3::text ~ '^[0-9]{1,11}[.][0-9]{1,6}$' then to_timestamp($3::double precision)"
		" else " TIME_IN(4) " end, " TIME_IN(5) ", $6,"
		" coalesce($7, (select name from person where id = $6)), $8, $9, $10, $3, $11, $12, nullif($13::bigint, 0))"
		" on conflict (incident, channel, ts) do nothing",
		NO_ROWS, 13,
	},
	[STMT_ACTION_ADD] = {
		"action_add",
		"insert into action (incident, id, text, author, assignee, created_at, due_at, text_by, source)"
		" select $1::bigint, coalesce(max(id), 0) + 1, $2, $3, $4, " TIME_IN(5) ", " TIME_IN(6) ", $7, nullif($8::bigint, 0)"
		" from action where incident = $1::bigint returning id",
		ONE_ROW, 8,
	},
	[STMT_ACTION_SAVE] = {
		"action_save",
		"update action set assignee = $3, done = $4::boolean, dropped = $5::boolean, text = $6, text_by = $7,"
		" due_at = " TIME_IN(8) ", version = version + 1 where incident = $1 and id = $2",
		NO_ROWS, 8,
	},
	[STMT_ROLE_GIVE] = {
		"role_give",
		"insert into incident_role (incident, role, label, person) values ($1, $2, $3, $4)"
		" on conflict (incident, role) do update set label = excluded.label, person = excluded.person,"
		" given_at = now()",
		NO_ROWS, 4,
	},
	[STMT_ROLE_TAKE] = {
		"role_take",
		"delete from incident_role where incident = $1 and role = $2",
		NO_ROWS, 2,
	},
	[STMT_KEYWORD_SAID] = {
		"keyword_said",
		"insert into keyword_said as k (incident, rule, said_at) values ($1, $2, " TIME_IN(3) ")"
		" on conflict (incident, rule) do update set said_at = excluded.said_at where k.said_at <= " TIME_IN(4)
		" returning rule",
		AT_MOST_ONE_ROW, 4,
	},
	[STMT_ACTIONS] = {
		"actions",
		"select a.id, a.version, a.text, a.text_by, a.source, a.done, a.dropped, a.author, p.name as author_name,"
		" a.assignee, q.name as assignee_name, " TIME_OUT("due_at")
		" from action a left join person p on p.id = a.author left join person q on q.id = a.assignee"
		" where a.incident = $1 order by a.id",
		ANY_ROWS, 1,
	},
	[STMT_ACTIONS_OF] = {
		"actions_of",
		"select a.incident, a.id, a.version, a.text, a.text_by, a.source, a.done, a.dropped, a.author,"
		" null as author_name, a.assignee, null as assignee_name, " TIME_OUT("due_at") ","
		" i.title, i.private, i.lead, i.reporter, i.channel"
		" from action a join incident i on i.id = a.incident"
		" where a.assignee = $1 and not a.done and not a.dropped"
		" order by a.due_at nulls last, a.incident, a.id limit 100",
		ANY_ROWS, 1,
	},
	[STMT_RECORD_INCIDENT] = {
		"record_incident",
		"select " INCIDENT_COLUMNS ", (select url from workspace limit 1) as url from incident where id = $1",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_COUNTS] = {
		"counts",
		"select (select count(*) from entry where incident = $1) as entries,"
		" (select count(*) from action where incident = $1 and not dropped) as actions",
		ONE_ROW, 1,
	},
	[STMT_PRUNE_INBOX] = {
		"prune_inbox",
		"delete from inbox where id in (select id from inbox"
		" where recorded_at < now() - $1::bigint * interval '1 day' and (state = 'done'"
		"   or recorded_at < now() - $2::bigint * interval '1 day') order by recorded_at limit 1000)",
		NO_ROWS, 2,
	},
	[STMT_PRUNE_OUTBOX] = {
		"prune_outbox",
		"delete from outbox where id in (select id from outbox where state <> 'waiting'"
		" and settled_at < now() - $1::bigint * interval '1 day' and (state in ('done', 'expired')"
		"   or settled_at < now() - $2::bigint * interval '1 day') order by settled_at limit 1000)",
		NO_ROWS, 2,
	},
	[STMT_PRUNE_DESKS] = {
		"prune_desks",
		"delete from desk where alive_until < now() - interval '1 day'",
		NO_ROWS, 0,
	},
	[STMT_PRUNE_PACE] = {
		"prune_pace",
		"delete from pace where key in (select key from pace where free_at < now() - interval '1 day'"
		" limit 1000 for update skip locked)",
		NO_ROWS, 0,
	},
	[STMT_OUTBOX_PUT] = {
		"outbox_put",
		"insert into outbox (method, lane, purpose, incident, version, argument, body, replaces,"
		" urgent, not_after, name) values ($1, $2, $3, nullif($4::bigint, 0), $5, $6, $7, $8,"
		" $9::bigint > 0, now() + nullif($9::bigint, 0) * interval '1 millisecond',"
		" case when $1 = 'webhook' then gen_random_uuid() end)",
		NO_ROWS, 9,
	},
	[STMT_OUTBOX_DROP_REPLACED] = {
		"outbox_drop_replaced",
		"delete from outbox where replaces = $1 and lane = $2 and state = 'waiting' and attempts = 0",
		NO_ROWS, 2,
	},
	[STMT_OUTBOX_TAKE] = {
		"outbox_take",
		"with head as (select distinct on (lane) id, method, lane, incident, urgent, taken_until, taken_by, not_before, not_after, argument, created_at, purpose, attempts"
		"   from outbox where state = 'waiting' order by lane, id),"
		" free as (select h.id, h.method, h.taken_until, h.urgent, h.method in " READINGS " as reads, h.method = 'webhook' as hooks, h.purpose = 'paged' as pages, h.attempts,"
		"   case when h.method in " READINGS " then (select coalesce(r.complete_at, i.reported_at) from incident i"
		"     left join recovery r on r.incident = i.id where i.id = h.incident) end as known_to from head h"
		"   where (h.not_after < now() or (h.not_before <= now()"
		"     and not exists (select from pace p where p.key in (h.method, h.lane) and p.free_at > now())))"
		"   and (h.taken_until < now() or (h.taken_by is not null"
		"     and not exists (select from desk d where d.name = h.taken_by and d.alive_until > now())))"
		/* Without a good token there is one question: whether it is good. Only who has it can ask; one that does not has died. */
		"   and (h.method = 'auth.test' or not exists (select from trouble t where t.daemon = $3 and t.what = 'token'))"
		"   and (h.method <> 'auth.test' or h.argument = $3 or h.created_at < now() - interval '1 minute')),"
		" air as (select method, taken_by = $3 as ours from outbox where state = 'waiting' and taken_until > now()"
		"   and method in " READINGS "),"
		" hooked as (select count(*) as n from outbox where state = 'waiting' and taken_until > now()"
		"   and method = 'webhook' and taken_by = $3),"
		" limited as (select key as method from pace where free_at > now() - interval '2 minutes'),"
		" counted as (select f.*, row_number() over (partition by f.reads order by f.known_to, f.id)"
		"   + (select count(*) from air where ours) as reading,"
		"   row_number() over (partition by f.method order by f.known_to, f.id)"
		"   + (select count(*) from air where air.method = f.method) as of_method,"
		/* Who was tried often waits behind who was not; and pages before all. */
		"   row_number() over (partition by f.hooks order by not f.pages, f.attempts, f.id) + (select n from hooked) as hook from free f),"
		" due as materialized (select n.id, n.taken_until from (select s.id, s.taken_until, s.urgent,"
		"     row_number() over (order by s.urgent desc, s.id) as place from counted s where (not s.reads"
		"     and (not s.hooks or s.hook <= $6::int - case when s.pages then 0 else 1 end))"
		"     or (s.reading <= $5::int and (s.of_method = 1 or s.method not in (select method from limited)))) n"
		"   where n.place <= $1::int - case when n.urgent then 0 else $4::int end),"
		" mine as (select o.id, o.sent_at from outbox o join due on due.id = o.id"
		"   and o.state = 'waiting' and o.taken_until = due.taken_until"
		"   and (o.not_before <= now() or o.not_after < now()) for update of o skip locked)"
		" update outbox o set taken_until = now() + $2::bigint * interval '1 millisecond', taken_by = $3,"
		" attempts = o.attempts + 1, sent_at = now(), first_sent_at = coalesce(o.first_sent_at, now())"
		" from mine where mine.id = o.id"
		" returning " OUTBOX_COLUMNS ", mine.sent_at is not null as in_doubt",
		ANY_ROWS, 6,
	},
	[STMT_OUTBOX_GET] = {
		"outbox_get",
		"select " OUTBOX_COLUMNS ", true as in_doubt from outbox o where o.id = $1 and o.state = 'waiting' for update",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_OUTBOX_HOPELESS] = {
		"outbox_hopeless",
		"select o.first_sent_at < now() - $2::bigint * interval '1 millisecond' and (o.method = 'webhook' or exists (select from outbox d"
		" where d.state = 'done' and d.settled_at > now() - $2::bigint * interval '1 millisecond')) as hopeless"
		" from outbox o where o.id = $1",
		ONE_ROW, 2,
	},
	[STMT_OUTBOX_SETTLE] = {
		"outbox_settle",
		"update outbox set state = $2, error = $3, settled_at = now(), body = case method when 'webhook' then '{}' else body end where id = $1",
		NO_ROWS, 3,
	},
	[STMT_OUTBOX_DROP] = {
		"outbox_drop",
		"delete from outbox where id = $1",
		NO_ROWS, 1,
	},
	[STMT_OUTBOX_AGAIN] = {
		"outbox_again",
		"update outbox set taken_until = '-infinity', taken_by = null, not_before = now() + $2::bigint * interval '1 millisecond',"
		" sent_at = case when $3::boolean then sent_at end, look_cursor = $4, error = $5 where id = $1",
		NO_ROWS, 5,
	},
	[STMT_OUTBOX_FAIL] = {
		"outbox_fail",
		"update outbox set state = 'failed', error = $2, answer = $3, was_look = $4::boolean, settled_at = now()"
		" where id = $1 and state = 'waiting'",
		NO_ROWS, 4,
	},
	[STMT_OUTBOX_ALL_FAILED] = {
		"outbox_all_failed",
		"select id, method as what, " TIME_OUT("settled_at") ", error from outbox where state = 'failed'"
		" order by id limit 1000",
		ANY_ROWS, 0,
	},
	[STMT_OUTBOX_REOPEN] = {
		"outbox_reopen",
		"with failed as (select id, answer from outbox where id = $1 and state = 'failed' for update)"
		" update outbox o set state = 'waiting', settled_at = null, answer = null from failed"
		" where o.id = failed.id returning o.attempts, o.was_look, failed.answer",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_DESK_ALIVE] = {
		"desk_alive",
		"insert into desk (name, alive_until) values ($1, now() + $2::bigint * interval '1 millisecond')"
		" on conflict (name) do update set alive_until = excluded.alive_until",
		NO_ROWS, 2,
	},
	[STMT_WEBHOOKS_HUSH] = {
		"webhooks_hush",
		"with gone as (delete from outbox where incident = $1 and method = 'webhook' and state = 'waiting' returning purpose)"
		" select count(*) filter (where purpose = 'paged') as pages from gone",
		ONE_ROW, 1,
	},
	[STMT_OUTBOX_WAITING] = {
		"outbox_waiting",
		"select exists (select from outbox where state = 'waiting') as waiting",
		ONE_ROW, 0,
	},
	[STMT_PACE_REST] = {
		"pace_rest",
		"insert into pace (key, free_at) values ($1, now() + $2::bigint * interval '1 millisecond')"
		" on conflict (key) do update set free_at = greatest(pace.free_at, excluded.free_at)",
		NO_ROWS, 2,
	},
};
/* clang-format on */

const struct statement *statement_of(enum stmt which)
{
	static const struct statement *const OTHERS[] = { RECORD_STATEMENTS, REPORT_STATEMENTS,
		RECOVERY_STATEMENTS, REDACT_STATEMENTS, REPLAY_STATEMENTS, LEVELS_STATEMENTS,
		ALARM_STATEMENTS, TROUBLE_STATEMENTS };
	const struct statement *found = &STATEMENTS[which];

	for (size_t i = 0; found->name == NULL && i < sizeof(OTHERS) / sizeof(OTHERS[0]); i++)
		found = &OTHERS[i][which];
	return found;
}

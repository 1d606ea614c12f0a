#include "statements.h"

/* Of two words on one reaction; at the same moment that which takes it back. */
#define SAYS_LAST "excluded.at > r.at or (excluded.at = r.at and r.given and not excluded.given)"

/* clang-format off */
const struct statement RECORD_STATEMENTS[STMT_COUNT] = {
	[STMT_SAID_ADD] = {
		"said_add",
		"insert into entry (incident, kind, said_at, received_at, author, author_name, text, rich,"
		" channel, ts, thread_ts, provenance, subtype, broadcast, source, text_edition, text_moment,"
		" text_before, edited_at, deleted_at, deleted_how, pinned, pinned_at, dropped) values ($1, $2,"
		" case when $3::text ~ '^[0-9]{1,11}[.][0-9]{1,6}$' then to_timestamp($3::double precision)"
		" else " TIME_IN(4) " end, " TIME_IN(4) ", $5,"
		" coalesce($6, (select name from person where id = $5)), $7, $8, $9, $3, $10, $11, $12,"
		" $13::boolean, $14, " TIME_IN(15) ", " TIME_IN(16) ", $17::boolean, " TIME_IN(18) ", "
		TIME_IN(19) ", $20, $21::boolean, " TIME_IN(22) ", $23::boolean)"
		" on conflict (incident, channel, ts) do nothing returning id",
		AT_MOST_ONE_ROW, 23,
	},
	[STMT_SAID_GET] = {
		"said_get",
		"select id, kind, channel, ts, subtype, thread_ts, author, author_name, broadcast, text, rich, revised, edit_recovered,"
		" text_before, deleted_how, pinned, dropped or redacted_at is not null as closed, "
		TIME_OUT("text_edition") ", " TIME_OUT("text_moment") ", " TIME_OUT("edited_at") ", "
		TIME_OUT("deleted_at") ", " TIME_OUT("pinned_at") ", " TIME_OUT("reactions_at")
		" from entry where incident = $1 and channel = $2 and ts = $3 for update",
		AT_MOST_ONE_ROW, 3,
	},
	[STMT_SAID_SAVE] = {
		"said_save",
		"update entry set kind = $3, subtype = $4, thread_ts = $5, author = $6,"
		" author_name = coalesce($7, (select name from person where id = $6)), broadcast = $8::boolean,"
		" text = $9, rich = $10, text_edition = " TIME_IN(11) ", text_moment = " TIME_IN(12) ","
		" text_before = $13::boolean, edited_at = " TIME_IN(14) ", deleted_at = " TIME_IN(15) ","
		" deleted_how = $16, pinned = $17::boolean, pinned_at = " TIME_IN(18) ","
		" dropped = $19::boolean and redacted_at is null, revised = $20::boolean,"
		" edit_recovered = $21::boolean where incident = $1 and id = $2",
		NO_ROWS, 21,
	},
	[STMT_SAID_MARK] = {
		"said_mark",
		"update entry e set key_moment = m.marked from (select pinned or exists (select from reaction r"
		"  where r.incident = $1 and r.entry = $2 and r.given"
		"  and r.name = any(string_to_array($3, ','))) as marked from entry where incident = $1 and id = $2) m"
		" where e.incident = $1 and e.id = $2 and e.key_moment <> m.marked",
		NO_ROWS, 3,
	},
	[STMT_SAID_PUT_BY] = {
		"said_put_by",
		"update entry set put_by = $4 where incident = $1 and channel = $2 and ts = $3 and author is distinct from $4",
		NO_ROWS, 4,
	},
	[STMT_SAID_INCIDENT] = {
		"said_incident",
		"select e.incident as id from entry e where e.channel = $1 and e.ts = $2 and e.provenance = 'shortcut' and e.incident > $3"
		" union select id from incident where channel = $1 and id > $3 order by id limit 1",
		AT_MOST_ONE_ROW, 3,
	},
	[STMT_SAID_TAKEN_OUT] = {
		"said_taken_out",
		"select exists (select from entry where channel = $1 and ts = $2 and redacted_at is not null)"
		" or exists (select from entry where channel = $1 and ts = $2 and provenance = 'shortcut' and dropped) as so",
		ONE_ROW, 2,
	},
	[STMT_REVISION_ADD] = {
		"revision_add",
		"insert into revision as r (incident, entry, edition, moment, before, text, rich, provenance)"
		" values ($1, $2, " TIME_IN(3) ", " TIME_IN(4) ", $5::boolean, $6, $7, $8)"
		" on conflict (incident, entry, edition, moment, before) do update set"
		" text = greatest(r.text, excluded.text), rich = greatest(r.rich, excluded.rich)",
		NO_ROWS, 8,
	},
	[STMT_HEARD_ADD] = {
		"heard_add",
		"insert into heard (incident, entry, source) values ($1, $2, $3) on conflict do nothing",
		NO_ROWS, 3,
	},
	[STMT_REACTION_PUT] = {
		"reaction_put",
		"insert into reaction as r (incident, entry, name, person, given, at, provenance, given_at)"
		" values ($1, $2, $3, $4, $5::boolean and coalesce(" TIME_IN(6) " >= " TIME_IN(7) ", true), "
		TIME_IN(6) ", $8, case when $5::boolean then " TIME_IN(6) " end)"
		" on conflict (incident, entry, name, person) do update set"
		" given_at = least(r.given_at, excluded.given_at), at = greatest(r.at, excluded.at),"
		" given = case when " SAYS_LAST " then excluded.given else r.given end,"
		" recorded_at = case when " SAYS_LAST " then recorded_now() else r.recorded_at end,"
		/* A reading that only sees what was told tells nothing. */
		" provenance = case when not (" SAYS_LAST ") or (excluded.provenance = 'recovered' and r.given = excluded.given)"
		"   then r.provenance else excluded.provenance end"
		" where " SAYS_LAST " or excluded.given_at < coalesce(r.given_at, 'infinity')",
		NO_ROWS, 8,
	},
	[STMT_REACTIONS_GONE] = {
		"reactions_gone",
		"update reaction set given = false, at = greatest(at, " TIME_IN(4) "), provenance = $5,"
		" recorded_at = recorded_now() where incident = $1 and entry = $2 and given"
		" and (at < " TIME_IN(4) " or recorded_at < " TIME_IN(6) ")"
		" and (name || ' ' || person) <> all(string_to_array($3, ','))",
		NO_ROWS, 6,
	},
	[STMT_REACTIONS_READ] = {
		"reactions_read",
		"update entry set reactions_at = greatest(reactions_at, " TIME_IN(3) ")"
		" where incident = $1 and id = $2",
		NO_ROWS, 3,
	},
	[STMT_LIFE_ADD] = {
		"life_add",
		"insert into entry (incident, channel, kind, author, author_name, said_at, received_at, text,"
		" provenance, source) select $1, $2, $3, $4::text, (select name from person where id = $4), "
		TIME_IN(5) ", " TIME_IN(6) ", '', $7, $8 where not exists (select from entry e"
		" where e.incident = $1 and e.channel = $2 and e.kind = $3 and e.kind <> 'message'"
		" and e.said_at > " TIME_IN(5) " - interval '30 s' and e.said_at < " TIME_IN(5) " + interval '30 s'"
		" and (e.author is not distinct from $4 or $4 is null)"
		" and (e.ts is not null or e.said_at = " TIME_IN(5) "))",
		NO_ROWS, 8,
	},
	[STMT_LIFE_SAID] = {
		"life_said",
		"delete from entry l using entry e where e.incident = $1 and e.id = $2 and l.incident = $1"
		" and l.ts is null and l.channel = e.channel and l.kind = e.kind and l.kind <> 'message'"
		" and (l.author is null or l.author = e.author)"
		" and l.said_at > e.said_at - interval '30 s' and l.said_at < e.said_at + interval '30 s'",
		NO_ROWS, 2,
	},
	[STMT_CHANNEL_RENAMED] = {
		"channel_renamed",
		"update incident set channel_name = $2, renamed_at = " TIME_IN(3) " where id = $1"
		" and coalesce(renamed_at <= " TIME_IN(3) ", true)",
		NO_ROWS, 3,
	},
	[STMT_CHANNEL_WAS] = {
		"channel_was",
		"insert into channel_was (id, incident) select channel, id from incident where id = $1 and channel <> $2"
		" on conflict (id) do update set incident = excluded.incident",
		NO_ROWS, 2,
	},
	[STMT_CHANNEL_NOW] = {
		"channel_now",
		"select i.channel from channel_was w join incident i on i.id = w.incident where w.id = $1 and i.channel <> $1",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_CHANNEL_MOVED] = {
		"channel_moved",
		"update incident set channel = $2 where id = $1",
		NO_ROWS, 2,
	},
	[STMT_CHANNEL_MOVED_ENTRIES] = {
		"channel_moved_entries",
		"update entry e set channel = $2 from incident i where i.id = $1 and e.incident = $1"
		" and e.channel = i.channel and e.channel <> $2",
		NO_ROWS, 2,
	},
	[STMT_CHANNEL_PRIVATE] = {
		"channel_private",
		"update incident set private = true where id = $1 and not private returning id",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_CHANNEL_CLOSED] = {
		"channel_closed",
		"with was as (select id, channel_closed from incident where id = $1 for update)"
		" update incident i set channel_closed = $2, channel_closed_at = " TIME_IN(3) " from was where i.id = was.id"
		" and coalesce(i.channel_closed_at <= " TIME_IN(3) ", true)"
		" returning was.channel_closed is distinct from i.channel_closed as changed",
		AT_MOST_ONE_ROW, 3,
	},
	[STMT_PROBLEM_KNOWN] = {
		"problem_known",
		"select exists (select from entry e where e.incident = i.id and e.kind = 'problem' and e.text = $2"
		" and e.said_at >= coalesce(i.channel_closed_at, '-infinity')) as known from incident i where id = $1",
		ONE_ROW, 2,
	},
	[STMT_FILE_PUT] = {
		"file_put",
		"insert into file as f (id, name, permalink, mimetype, bytes, deleted_at, known_at)"
		" select $1, $2, $3, $4, nullif($5::bigint, 0), " TIME_IN(6) ", " TIME_IN(7)
		" where not exists (select from entry where incident = $8 and id = $9 and (dropped or redacted_at is not null))"
		" on conflict (id) do update set"
		" name = case when excluded.known_at >= f.known_at then coalesce(excluded.name, f.name)"
		"   else coalesce(f.name, excluded.name) end,"
		" permalink = coalesce(f.permalink, excluded.permalink),"
		" mimetype = coalesce(f.mimetype, excluded.mimetype), bytes = coalesce(f.bytes, excluded.bytes),"
		" deleted_at = least(f.deleted_at, excluded.deleted_at),"
		" known_at = greatest(f.known_at, excluded.known_at) where not f.closed",
		NO_ROWS, 9,
	},
	[STMT_FILE_KNOWN] = {
		"file_known",
		"select id from file where id = $1 and name is not null and not closed and deleted_at is null",
		AT_MOST_ONE_ROW, 1,
	},
	[STMT_FILE_OF] = {
		"file_of",
		"insert into entry_file (incident, entry, file) select $1, $2, id from file where id = $3"
		" and not exists (select from entry where incident = $1 and id = $2 and (dropped or redacted_at is not null))"
		" on conflict do nothing",
		NO_ROWS, 3,
	},
	[STMT_UPDATE_OF] = {
		"update_of",
		"select e.text, e.author as said_by, r.person as by from entry e join reaction r"
		" on r.incident = e.incident and r.entry = e.id where e.incident = $1 and e.id = $2 and r.given_at is not null"
		" and r.name = any(string_to_array($3, ',')) and e.text <> ''"
		" and not exists (select from entry u where u.incident = $1 and u.made_of = $2)"
		" order by r.given_at, r.person limit 1",
		AT_MOST_ONE_ROW, 3,
	},
	[STMT_ACTION_OF] = {
		"action_of",
		"with made as (insert into action (incident, id, text, author, created_at, source)"
		" select e.incident, (select coalesce(max(a.id), 0) + 1 from action a where a.incident = $1),"
		" e.text, r.person, now(), e.id from entry e join reaction r"
		" on r.incident = e.incident and r.entry = e.id where e.incident = $1 and e.id = $2 and r.given_at is not null"
		" and r.name = any(string_to_array($3, ',')) and e.text <> ''"
		" and not exists (select from action a where a.incident = $1 and a.source = $2)"
		" order by r.given_at, r.person limit 1 returning id, text, author)"
		" select made.*, (select e.author from entry e where e.incident = $1 and e.id = $2) as said_by from made",
		AT_MOST_ONE_ROW, 3,
	},
	[STMT_ACTION_FOLLOW] = {
		"action_follow",
		"update action a set text = e.text, version = a.version + 1 from action was join entry e"
		" on e.incident = was.incident and e.id = was.source where was.incident = $1 and was.source = $2"
		" and a.incident = $1 and a.id = was.id and a.text_by is null and a.text <> e.text and e.text <> ''"
		" returning a.id, a.text, was.text as text_before",
		AT_MOST_ONE_ROW, 2,
	},
};
/* clang-format on */

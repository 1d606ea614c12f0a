-- What an event has made of the record, a line each, in an order that does not depend on chance.
with ids as (select id, incident, coalesce(ts, kind) as called from entry)
select line from (
select 1 as part, e.id as n, concat_ws(' ', 'entry', e.incident || ':', e.kind, coalesce(e.author, 'nobody'),
	case when e.put_by is not null then 'put_by=' || e.put_by end,
	'ts=' || e.ts, 'thread=' || e.thread_ts, nullif(e.provenance, 'live'),
	case when e.subtype <> e.kind then 'subtype=' || e.subtype end,
	case when e.broadcast then 'broadcast' end, case when e.key_moment then 'key_moment' end,
	case when e.pinned then 'pinned' end, case when e.edited_at is not null then 'edited' end,
	case when e.deleted_at is not null then 'deleted' end, case when e.revised then 'revised' end,
	case when e.ts is not null and e.text_edition is null then 'unseen' end,
	case when e.rich is not null then 'rich' end, to_jsonb(left(e.text, 80))) as line
	from entry e where e.source is distinct from 'seed' or e.edited_at is not null or e.deleted_at is not null or e.pinned or e.key_moment
	or e.revised or e.channel <> 'C7BRIDGE01'
union all select 2, r.entry, concat_ws(' ', 'revision of', i.called || ':', to_jsonb(left(r.text, 80))) from revision r join ids i on i.id = r.entry
union all select 3, r.entry, concat_ws(' ', 'reaction', r.name, r.person, case when r.given then 'given to' else 'taken from' end, i.called)
	from reaction r join ids i on i.id = r.entry
union all select 4, 0, concat_ws(' ', 'file', f.id, to_jsonb(f.name), case when f.deleted_at is not null then 'deleted' end,
	case when f.known_at is not null then 'known' end) from file f
union all select 5, f.entry, concat_ws(' ', 'file', f.file, 'of', i.called) from entry_file f join ids i on i.id = f.entry
union all select 6, a.id, concat_ws(' ', 'action', a.id, a.author, to_jsonb(a.text)) from action a
union all select 7, i.id, concat_ws(' ', 'incident', i.id || ':', case when i.private then 'private' else 'public' end, i.status, i.channel, i.channel_name,
	'lead=' || i.lead, to_jsonb(i.title)) from incident i
	where (i.id, i.private, i.status, i.channel, i.channel_name, i.lead) not in (values
		(1::bigint, false, 'open', 'C7BRIDGE01', 'bridge', 'U7MARTA'), (2::bigint, true, 'open', 'G7CELLAR01', 'cellar', 'U7MARTA'))
union all select 8, 0, concat_ws(' ', 'person', p.id, to_jsonb(p.name), case when p.is_bot then 'bot' end, case when p.deleted then 'gone' end,
	case when p.restricted then 'guest' end) from person p where p.known_at is not null
union all select 9, 0, concat_ws(' ', 'name of', n.id, to_jsonb(n.name)) from named n where n.name is not null
union all select 10, r.incident, concat_ws(' ', 'reading of', r.incident || ':', r.state, r.why) from recovery r
union all select 11, o.id, concat_ws(' ', 'call', o.method, left(o.body, 110)) from outbox o
union all select 12, i.id, concat_ws(' ', 'event', i.state, i.kind, left(i.error, 100), left(i.reply, 100)) from inbox i where i.key <> 'seed'
	and (i.state <> 'done' or i.reply is not null)
union all select 13, 0, concat_ws(' ', 'watch ended', case when w.seen_at <= now() - interval '1 minute' then 'a minute ago' end || ':', w.ended)
	from watch w where w.ended is not null
) made order by part, n, line collate "C"

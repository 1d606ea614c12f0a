-- Two incidents, one of them private, and a message in the first; a daemon watches.
do $$ declare t text; begin
	for t in select tablename from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' loop
		execute format('truncate %I restart identity cascade', t);
	end loop;
end $$;
insert into counter (name, value) values ('incident', 2);
insert into workspace (team, url, self, bot) values ('T7HARBOUR1', 'https://harbour.example/', 'U7LANTERN', 'B7LANTERN');
insert into incident (id, title, status, severity_id, severity_label, lead, reporter, private, channel, channel_name, started_at, reported_at) values
	(1, 'the bridge is stuck', 'open', 'p3', 'P3', 'U7MARTA', 'U7MARTA', false, 'C7BRIDGE01', 'bridge', '2026-10-06 10:00Z', '2026-10-06 10:00Z'),
	(2, 'water in the cellar', 'open', 'p3', 'P3', 'U7MARTA', 'U7MARTA', true, 'G7CELLAR01', 'cellar', '2026-10-06 10:00Z', '2026-10-06 10:00Z');
insert into entry (incident, kind, said_at, received_at, author, text, channel, ts, provenance, text_edition, text_moment, source) values
	(1, 'message', to_timestamp(1791300001.0001), to_timestamp(1791300001.0001), 'U7MARTA', 'the lock gate is shut', 'C7BRIDGE01',
	'1791300001.000100', 'live', to_timestamp(1791300001.0001), to_timestamp(1791300001.0001), 'seed');
insert into watch (process, began_at, seen_at) values ('seed', now() - interval '1 hour', now());

-- migrate:up

-- A token is one process's: its troubles are of the daemon that has it (the desk's name), others' are of none (''). Who has a
-- trouble says so every few seconds: one that nobody has said for a while is nobody's any more.
delete from trouble;
alter table trouble drop constraint trouble_pkey,
	add column daemon text not null default '',
	add column seen_at timestamptz not null default now(),
	add primary key (what, daemon);

-- migrate:down

delete from trouble;
alter table trouble drop constraint trouble_pkey,
	drop column daemon,
	drop column seen_at,
	add primary key (what);

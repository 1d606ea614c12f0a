-- migrate:up

-- The severity levels as their file had them, each time that it said something else. The last ones are in force.
create table levels (
	number      bigint primary key,
	text        text not null,
	changes     text not null,  -- what became of those before, a line each
	cause       text not null check (cause in ('start', 'changed', 'SIGHUP')),
	host        text not null,  -- who read it there
	file        text not null,
	recorded_at timestamptz not null default now()
);
insert into counter (name, value) values ('levels', 0);

-- Mistakes that the administrators were told of, as long as nobody has read the file without them.
create table levels_told (
	mistakes text not null,
	hash     text primary key generated always as (md5(mistakes)) stored,
	told_at  timestamptz not null default now()
);

create index incident_level on incident (lower(severity_id)) where resolved_at is null and cancelled_at is null;

-- migrate:down

drop index incident_level;
drop table levels_told, levels;
delete from counter where name = 'levels';

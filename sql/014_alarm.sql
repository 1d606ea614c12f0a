-- migrate:up

-- What somebody is to be reminded of, and when. A row is there as long as it is so, or somebody has stopped it.
-- It is only changed in a turn that holds its incident. See docs/REMINDERS.md.
create table alarm (
	incident      bigint not null references incident,
	rule          text not null,              -- "no_lead", ...; "look": its incident is to be looked at
	item          bigint not null default 0,  -- the number of the action that it is about; 0: none
	since         timestamptz,                -- it has been so since then
	due_at        timestamptz,                -- null: never
	count         int not null default 0,     -- of reminders since then
	said_at       timestamptz,                -- the last of them
	snoozed_until timestamptz,
	stopped_by    text,
	under_way     boolean not null default false, -- Slack has not said yet whether it posted the last one
	post_ts       text,                       -- the last one, as long as it has its buttons
	primary key (incident, rule, item)
);
create index alarm_due on alarm (due_at) where due_at is not null;

-- When stakeholders were told last.
create index entry_update on entry (incident, said_at) where kind = 'update';

-- Who chose the level; null: nobody did, it is the default.
alter table incident add column severity_by text;
update incident set severity_by = reporter;

-- migrate:down

alter table incident drop column severity_by;
drop index entry_update;
drop table alarm;

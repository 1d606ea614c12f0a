-- migrate:up

-- The message that a reaction made this update of: once.
alter table entry add column made_of bigint;
create unique index entry_made_of on entry (incident, made_of) where made_of is not null;

-- migrate:down

drop index entry_made_of;
alter table entry drop column made_of;

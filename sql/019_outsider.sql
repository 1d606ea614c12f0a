-- migrate:up

-- Whose they are. A person of before has no team: who that is is asked again when it matters.
alter table person add column team text; -- the workspace
alter table person add column stranger boolean not null default false;

-- migrate:down

alter table person drop column stranger;
alter table person drop column team;

-- migrate:up

-- Its channel was there before it: what was said there before it was declared is not its own.
alter table incident add column adopted boolean not null default false;

-- migrate:down

alter table incident drop column adopted;

-- migrate:up

-- An exercise: it is marked as one wherever it is shown, pages nobody unless its level says so, and counts in no figures.
alter table incident add column drill boolean not null default false;

-- migrate:down

alter table incident drop column drill;

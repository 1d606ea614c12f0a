-- migrate:up

-- Of this thread something is missing: its parent counts other replies than we do.
alter table recovery_thread add column missing boolean not null default false;

-- migrate:down

alter table recovery_thread drop column missing;

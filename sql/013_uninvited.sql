-- migrate:up

-- Slack's word why somebody could not be invited: it is told once.
alter table invited add column refused text;

-- migrate:down

alter table invited drop column refused;

-- migrate:up

-- When Slack said last what it is called: names may come out of order.
alter table incident add column renamed_at timestamptz; -- its channel
alter table named add column renamed_at timestamptz;

-- migrate:down

alter table named drop column renamed_at;
alter table incident drop column renamed_at;

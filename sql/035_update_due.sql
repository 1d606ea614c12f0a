-- migrate:up

-- By when stakeholders were promised to hear again; null: nothing is promised.
alter table incident add column update_due_at timestamptz;

-- migrate:down

alter table incident drop column update_due_at;

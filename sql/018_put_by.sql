-- migrate:up

-- What was put on a timeline from elsewhere, by where it was said.
create index entry_put on entry (channel, ts) where put_by is not null;

-- migrate:down

drop index entry_put;

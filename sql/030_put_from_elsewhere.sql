-- migrate:up

-- What was put on a timeline from elsewhere, by where it was said: also by who had said it themselves, of whom put_by says nothing.
drop index entry_put;
create index entry_put on entry (channel, ts) where provenance = 'shortcut' and ts is not null;

-- migrate:down

drop index entry_put;
create index entry_put on entry (channel, ts) where put_by is not null;

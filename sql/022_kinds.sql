-- migrate:up

-- What is no message is looked for by its kind, and by when it was said; there are few of them among many messages.
drop index entry_update;
create index entry_kind on entry (incident, kind, said_at) where kind <> 'message';

-- A reading asks for the threads whose parents were said in a stretch of time.
drop index entry_thread;
create index entry_thread on entry (incident, channel, thread_ts collate "C") where thread_ts is not null;

-- migrate:down

drop index entry_thread;
create index entry_thread on entry (incident, thread_ts) where thread_ts is not null;
drop index entry_kind;
create index entry_update on entry (incident, said_at) where kind = 'update';

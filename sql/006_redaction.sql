-- migrate:up

-- Named by a message that was redacted: it has no name here any more.
alter table file add column closed boolean not null default false;

-- What a redaction looks through, and what is looked for in whatever comes after one.
create index inbox_typed on inbox (id)
	where kind in ('slash_commands', 'message_action', 'block_actions', 'view_submission', 'answer');
-- Answers of Slack that something followed from are kept like events, and can be run again.
alter table inbox add column incident bigint; -- of an answer
create index inbox_answers on inbox (incident, id) where kind = 'answer';
create index entry_redacted on entry (ts) where redacted_at is not null;
create index file_closed on file (id) where closed;

-- migrate:down

drop index inbox_answers, file_closed, entry_redacted, inbox_typed;
alter table inbox drop column incident;
alter table file drop column closed;

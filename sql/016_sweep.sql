-- migrate:up

-- What was redacted may stand in frames and calls as well: a sweep goes through all of them, piece by piece. What it
-- looks for is gone from here when it is complete.
create table sweep (
	id          bigint generated always as identity primary key,
	incident    bigint not null references incident,
	entries     text not null,             -- what was redacted: numbers with commas between
	texts       text,                      -- what the app may have repeated, with \1 between
	names       text,                      -- what the channel was called, likewise
	shown       boolean not null,          -- what Slack shows of the incident is another now
	renamed     boolean not null,          -- so is what its channel is called
	asked_by    text,                      -- whom to tell in Slack, and in which channel
	asked_in    text,
	closed_at   timestamptz not null default now(),
	after_xact  xid8,                      -- all that began before this one did not know of it
	entry_at    bigint not null default 0, -- looked through up to this id
	entry_last  bigint,
	frame_at    bigint not null default 0,
	frame_last  bigint,
	call_at     bigint not null default 0,
	call_last   bigint,
	copies      bigint not null default 0, -- entries, frames and calls in which something was found
	frames      bigint not null default 0,
	calls       bigint not null default 0,
	complete_at timestamptz,
	check (complete_at is null = (texts is not null and names is not null))
);
create index sweep_waiting on sweep (id) where complete_at is null;

-- The commands and forms that lines were made by. No redaction looks for frames by their kind any more.
create index inbox_turn on inbox (received_at) where kind in ('app_mention', 'slash_commands', 'view_submission');
drop index inbox_typed;

-- migrate:down

create index inbox_typed on inbox (id)
	where kind in ('slash_commands', 'message_action', 'block_actions', 'view_submission', 'answer');
drop index inbox_turn;
drop table sweep;

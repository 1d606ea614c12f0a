-- migrate:up

-- Its channel takes nothing: 'archived' or 'deleted'. And when Slack said last what it is, that it is open as well.
alter table incident
	add column channel_closed text check (channel_closed in ('archived', 'deleted')),
	add column channel_closed_at timestamptz;

-- migrate:down

alter table incident
	drop column channel_closed_at,
	drop column channel_closed;

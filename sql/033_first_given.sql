-- migrate:up

-- The earliest moment at which it is known to have been given, also when it was taken back since: what a reaction makes
-- does not depend on which of the two is heard first.
alter table reaction add column given_at timestamptz;
update reaction set given_at = at where given;

-- The ids that an incident's channel had before: what was said under them is still told with them.
create table channel_was (
	id       text primary key,
	incident bigint not null references incident
);

-- migrate:down

drop table channel_was;
alter table reaction drop column given_at;

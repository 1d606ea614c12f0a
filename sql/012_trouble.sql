-- migrate:up

-- What is wrong between Slack and us, for as long as it is so: every process says the same of it. what: token, scopes, or the
-- id of a channel that we are to announce in. error: Slack's word, or the scopes that are missing.
create table trouble (
	what text primary key,
	error text not null,
	since timestamptz not null default now()
);

-- migrate:down

drop table trouble;

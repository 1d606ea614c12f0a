-- migrate:up

-- When somebody was last answered by a keyword reply: rule is its first word.
create table keyword_said (
	incident bigint not null references incident,
	rule     text not null,
	said_at  timestamptz not null,
	primary key (incident, rule)
);

-- migrate:down

drop table keyword_said;

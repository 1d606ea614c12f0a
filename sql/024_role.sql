-- migrate:up

-- Who has which role in an incident: label is what it was called when it was given.
create table incident_role (
	incident bigint not null references incident,
	role     text not null,
	label    text not null,
	person   text not null,
	given_at timestamptz not null default now(),
	primary key (incident, role)
);

-- migrate:down

drop table incident_role;

-- migrate:up

-- Where the headline was posted: the channel that all incidents have, and those that its levels name. ts is null as
-- long as Slack has not answered.
create table headline (
	incident bigint not null references incident,
	channel  text not null,
	ts       text,
	primary key (incident, channel)
);
insert into headline (incident, channel, ts)
	select id, headline_channel, headline_ts from incident where headline_ts is not null;

-- Whom a level has brought in, people and groups: each of them once, so that who left is left alone.
create table invited (
	incident bigint not null references incident,
	who      text not null,
	primary key (incident, who)
);

-- What people wrote is kept as Slack gives it: mentions as <@U1>, and & < > as entities. It was plain text.
update incident set
	title = replace(replace(replace(title, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),
	summary = replace(replace(replace(summary, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),
	impact = replace(replace(replace(impact, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),
	fixed_by = replace(replace(replace(fixed_by, '&', '&amp;'), '<', '&lt;'), '>', '&gt;');

alter table incident
	drop column channel_tries,
	drop column headline_channel,
	drop column headline_ts,
	add column cancelled_at timestamptz,
	add check ((status = 'cancelled') = (cancelled_at is not null));
drop index incident_open;
create index incident_open on incident (id) where resolved_at is null and cancelled_at is null;

-- A dropped action keeps its number: no other action ever gets it.
alter table action add column dropped boolean not null default false;

-- migrate:down

alter table action drop column dropped;
drop index incident_open;
alter table incident
	drop column cancelled_at,
	add column channel_tries int not null default 1,
	add column headline_channel text,
	add column headline_ts text;
create index incident_open on incident (id) where resolved_at is null;
update incident i set headline_channel = h.channel, headline_ts = h.ts
	from headline h where h.incident = i.id and h.ts is not null;
drop table invited, headline;

-- migrate:up

-- Numbers that people say. A row, not a sequence: no number is lost by a turn that was undone.
create table counter (
	name  text primary key,
	value bigint not null
);
insert into counter (name, value) values ('incident', 0);

-- Every event that came, once. Its key is Slack's own (event_id, trigger_id); a second one changes nothing.
create table inbox (
	key         text primary key,
	id          bigint generated always as identity unique,
	kind        text not null,
	frame       text not null,
	received_at timestamptz not null,
	recorded_at timestamptz not null default now(),
	state       text not null check (state in ('done', 'refused', 'failed')),
	reply       text,  -- what was acknowledged with, for when it is asked for again
	error       text
);
create index inbox_failed on inbox (id) where state = 'failed';

create table workspace (
	team text primary key,
	url  text,
	self text,   -- our user id there
	bot  text    -- our bot id there
);

create table person (
	id         text primary key,
	name       text,            -- what they are called; null as long as Slack has not said
	is_bot     boolean not null default false,
	deleted    boolean not null default false,
	restricted boolean not null default false,
	asked_at   timestamptz not null default now(),
	known_at   timestamptz
);

create table incident (
	id               bigint primary key,
	version          bigint not null default 1,
	title            text not null check (title <> ''),
	status           text not null,
	severity_id      text not null,
	severity_label   text not null,
	severity_emoji   text,
	severity_meaning text,      -- the definition in force when the level was set
	lead             text,
	reporter         text not null,
	summary          text,
	impact           text,
	fixed_by         text,
	private          boolean not null default false,
	report_only      boolean not null default false,
	channel          text unique,
	channel_name     text,
	channel_tries    int not null default 1,
	headline_channel text,
	headline_ts      text,
	card_ts          text,
	started_at       timestamptz not null,
	reported_at      timestamptz not null,
	lead_at          timestamptz,
	resolved_at      timestamptz,
	check ((status = 'resolved') = (resolved_at is not null))
);
create index incident_open on incident (id) where resolved_at is null;

create table entry (
	incident    bigint not null references incident,
	id          bigint generated always as identity,
	kind        text not null,
	said_at     timestamptz not null,
	received_at timestamptz not null,
	recorded_at timestamptz not null default now(),
	author      text,
	author_name text,           -- the name they had then
	put_by      text,
	text        text not null,
	channel     text,
	ts          text,
	thread_ts   text,
	provenance  text not null,
	key_moment  boolean not null default false,
	edited_at   timestamptz,
	deleted_at  timestamptz,
	primary key (incident, id),
	unique (incident, channel, ts)
);
create index entry_nameless on entry (author) where author_name is null;

create table action (
	incident   bigint not null references incident,
	id         bigint not null,    -- counted within the incident
	text       text not null check (text <> ''),
	author     text not null,
	assignee   text,
	due_at     timestamptz,
	done       boolean not null default false,
	created_at timestamptz not null,
	primary key (incident, id)
);

-- What is to be done in Slack. A row is taken for a while (taken_until), sent, and settled by its answer.
-- sent_at stays when nobody knows whether Slack carried it out: then Slack is asked before it is sent again.
create table outbox (
	id          bigint generated always as identity primary key,
	method      text not null,
	lane        text not null,          -- rows of a lane go one after the other
	purpose     text not null,          -- which handler gets the answer
	incident    bigint references incident,
	version     bigint not null default 0,
	argument    text,
	body        text not null,
	replaces    text,                   -- an unsent row with the same word is not needed any more
	urgent      boolean not null default false,
	not_after   timestamptz,            -- later than this it is of no use
	not_before  timestamptz not null default now(),
	taken_until timestamptz not null default '-infinity',
	attempts    int not null default 0,
	sent_at     timestamptz,
	first_sent_at timestamptz,
	look_cursor text,
	state       text not null default 'waiting' check (state in ('waiting', 'done', 'refused', 'expired')),
	error       text,
	created_at  timestamptz not null default now(),
	settled_at  timestamptz
);
create index outbox_waiting on outbox (lane, id) where state = 'waiting';

-- Until when a method or a lane must rest: Slack's Retry-After, and one post a second a channel.
create table pace (
	key     text primary key,
	free_at timestamptz not null
);

-- migrate:down

drop table pace, outbox, action, entry, incident, person, workspace, inbox, counter;

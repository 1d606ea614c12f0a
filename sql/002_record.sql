-- migrate:up

-- A message is one row, whatever is heard of it first: the message, an edit, a reply, a reaction, a deletion.
-- What is known of its text is a set of sights (a text at a moment); the newest is in the row itself, the
-- others are in revision. So the end is the same in whatever order they come. See docs/RECORD.md.
alter table entry
	add column subtype       text,
	add column rich          text,        -- {"blocks", "attachments"} as Slack sent them
	add column text_edition  timestamptz, -- when a person wrote this text; null: nobody has seen the message yet
	add column text_moment   timestamptz, -- when Slack said so
	add column text_before   boolean not null default false, -- it was the text just before that moment
	add column broadcast     boolean not null default false, -- a reply that was sent to the channel as well
	add column pinned        boolean not null default false,
	add column pinned_at     timestamptz, -- of the last word on it
	add column reactions_at  timestamptz, -- when all its reactions were read last
	add column dropped       boolean not null default false, -- deleted, and its text was not to be kept
	add column deleted_how   text,        -- provenance of the deletion
	add column source        text,        -- key of the event that told of it first, where it was an event
	add column redacted_at   timestamptz,
	add column redacted_by   text,
	add column redacted_why  text,
	add column redacted_hash text;        -- SHA-256 of the text that was taken away
alter table entry add constraint entry_redacted_is_empty
	check ((redacted_at is null and not dropped) or (text = '' and rich is null));

update entry set text_edition = said_at, text_moment = said_at where ts is not null;
update entry set kind = k.kind from (values
	('channel_join', 'joined'), ('group_join', 'joined'), ('channel_leave', 'left'), ('group_leave', 'left'),
	('channel_topic', 'topic'), ('group_topic', 'topic'), ('channel_purpose', 'purpose'),
	('group_purpose', 'purpose'), ('channel_name', 'renamed'), ('group_name', 'renamed'),
	('channel_archive', 'archived'), ('group_archive', 'archived'),
	('channel_unarchive', 'unarchived'), ('group_unarchive', 'unarchived')) as k (subtype, kind)
	where entry.kind = k.subtype;

create index entry_said on entry (incident, channel, ts collate "C");
create index entry_thread on entry (incident, thread_ts) where thread_ts is not null;

-- What the row's own sight is newer than.
create table revision (
	incident    bigint not null,
	entry       bigint not null,
	edition     timestamptz not null,
	moment      timestamptz not null,
	before      boolean not null,
	text        text not null,
	rich        text,
	provenance  text not null,
	recorded_at timestamptz not null default now(),
	primary key (incident, entry, edition, moment, before),
	foreign key (incident, entry) references entry
);

-- The events that told of a message later: what is taken away from a message is taken from their frames as well.
create table heard (
	incident bigint not null,
	entry    bigint not null,
	source   text not null,
	primary key (incident, entry, source),
	foreign key (incident, entry) references entry
);

-- The last word on whether this person has given this reaction. name is the emoji's, without skin tone.
create table reaction (
	incident    bigint not null,
	entry       bigint not null,
	name        text not null,
	person      text not null,
	given       boolean not null,
	at          timestamptz not null,
	provenance  text not null,
	recorded_at timestamptz not null default now(),
	primary key (incident, entry, name, person),
	foreign key (incident, entry) references entry
);

-- A file may be named by many messages, and may be gone before any of them is seen.
create table file (
	id         text primary key,
	name       text,
	permalink  text,
	mimetype   text,
	bytes      bigint,
	deleted_at timestamptz,
	known_at   timestamptz not null -- as it was called at this moment
);
create table entry_file (
	incident bigint not null,
	entry    bigint not null,
	file     text not null references file,
	primary key (incident, entry, file),
	foreign key (incident, entry) references entry
);

-- The message that it was made of by a reaction: once.
alter table action add column source bigint;
create unique index action_source on action (incident, source);

-- Groups and channels by name, as mentions need them.
create table named (
	id       text primary key,
	name     text,
	known_at timestamptz,
	asked_at timestamptz not null default now()
);

-- When a daemon held a good connection and could commit what came over it. What no row covers is a hole.
create table watch (
	process  text not null,
	began_at timestamptz not null,
	seen_at  timestamptz not null,
	ended    text,   -- why; null: it goes on, or the process was killed
	primary key (process, began_at)
);
create index watch_seen on watch (seen_at);

-- A reading of an incident's channel, from its newest message back to its first, with its threads.
create table recovery (
	incident    bigint primary key references incident,
	state       text not null default 'idle' check (state in ('idle', 'reading', 'refused')),
	why         text,         -- what it was begun for
	wanted_at   timestamptz,  -- asked for again while it was under way
	began_at    timestamptz,  -- it shows the channel as it was at this moment or later
	place       text,         -- history has been read down to this ts; null: nothing yet
	oldest      text,         -- how far down it goes; null: to the channel's beginning
	newest      text,         -- its newest message: all that is older was in Slack's history by then
	bottom      boolean not null default false, -- history has been read to its first message
	pages       bigint not null default 0,
	found       bigint not null default 0,      -- what this reading added
	complete_at timestamptz,  -- nothing that was said or changed before this moment was missed
	whole_at    timestamptz,  -- when a reading of the whole channel began last
	error       text
);
-- Threads that this reading has yet to read.
create table recovery_thread (
	incident bigint not null references recovery,
	ts       text not null,
	latest   text not null,  -- its last reply: what was said last is read first
	place    text,           -- read up to this ts; null: nothing yet
	done     boolean not null default false, -- it is asked for once a reading, whatever came of it
	primary key (incident, ts)
);

-- migrate:down

drop table recovery_thread, recovery, watch, named, entry_file, file, reaction, heard, revision;
alter table action drop column source;
alter table entry drop constraint entry_redacted_is_empty;
alter table entry drop column subtype, drop column rich, drop column text_edition, drop column text_moment,
	drop column text_before, drop column reactions_at, drop column dropped,
	drop column broadcast, drop column pinned, drop column pinned_at, drop column deleted_how, drop column source,
	drop column redacted_at, drop column redacted_by, drop column redacted_why, drop column redacted_hash;

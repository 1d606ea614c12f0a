-- migrate:up

-- Whose calls are under way. A desk renews its row while it has any; once the row has run out, others may take them.
create table desk (
	name        text primary key,   -- random, of one process
	alive_until timestamptz not null
);
alter table outbox add column taken_by text; -- a desk's name

-- What our handler could not make of Slack's answer is kept with the answer, and can be run again.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
	check (state in ('waiting', 'done', 'refused', 'expired', 'failed'));
alter table outbox add column answer text;          -- only when it failed
alter table outbox add column was_look boolean;     -- the answer is of a look, not of the call itself
create index outbox_failed on outbox (id) where state = 'failed';

-- What is deleted some day is found by its age.
create index inbox_old on inbox (recorded_at);
create index outbox_old on outbox (settled_at) where state <> 'waiting';

-- migrate:down

drop index outbox_old, inbox_old, outbox_failed;
update outbox set state = 'done' where state = 'failed';
alter table outbox drop constraint outbox_state_check, drop column was_look, drop column answer, drop column taken_by;
alter table outbox add constraint outbox_state_check check (state in ('waiting', 'done', 'refused', 'expired'));
drop table desk;

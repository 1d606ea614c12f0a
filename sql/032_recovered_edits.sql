-- migrate:up

-- Of an edit of it a reading of history was the first to tell.
alter table entry add column edit_recovered boolean not null default false;
-- A reading that only saw a reaction again was noted as who told of it: of those who did is not known any more.
update reaction set provenance = 'live' where provenance = 'recovered' and given;

-- migrate:down

alter table entry drop column edit_recovered;

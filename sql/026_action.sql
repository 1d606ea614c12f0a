-- migrate:up

-- Who changed it between its being shown and a press of its button is seen by its version.
alter table action add column version bigint not null default 0;
-- Who wrote its text; null: the message that it was made of, which it follows. Those of before are not told apart.
alter table action add column text_by text;
update action set text_by = author where source is null;

-- migrate:down

alter table action drop column text_by;
alter table action drop column version;

-- migrate:up

-- It did not always show the same: its text was another, or its blocks or attachments were.
alter table entry add column revised boolean not null default false;
update entry e set revised = true where exists (select from revision r
	where r.incident = e.incident and r.entry = e.id and r.text <> e.text);

-- migrate:down

alter table entry drop column revised;

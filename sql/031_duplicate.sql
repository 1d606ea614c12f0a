-- migrate:up

-- It is the same as another one, and since when: where it was cancelled for that, both times are the same.
alter table incident
	add column duplicate_of bigint references incident,
	add column duplicate_at timestamptz,
	add constraint incident_no_own_duplicate check (duplicate_of <> id),
	add constraint incident_duplicate_since check ((duplicate_of is null) = (duplicate_at is null));
create index incident_duplicate on incident (duplicate_of) where duplicate_of is not null;

-- migrate:down

alter table incident
	drop column duplicate_at,
	drop column duplicate_of;

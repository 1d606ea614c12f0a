-- migrate:up

-- The words for how an incident stands are the admins' own: each belongs to what the times say, open, resolved or cancelled.
-- status is its id, status_label what it was called when it was set; null: as its id.
alter table incident
	drop constraint incident_check,
	drop constraint incident_check1,
	add column status_label text,
	add constraint incident_ended_once check (resolved_at is null or cancelled_at is null);

-- migrate:down

update incident set status = case when resolved_at is not null then 'resolved' when cancelled_at is not null then 'cancelled'
	when status in ('resolved', 'cancelled') then 'open' else status end;
alter table incident
	drop constraint incident_ended_once,
	drop column status_label,
	add check ((status = 'resolved') = (resolved_at is not null)),
	add check ((status = 'cancelled') = (cancelled_at is not null));

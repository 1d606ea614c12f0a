-- migrate:up

-- When something is written down: now. What is only run again was written down when it came.
create function recorded_now() returns timestamptz language sql stable as
$$ select coalesce(nullif(current_setting('incidentd.recorded_at', true), '')::timestamptz, now()) $$;
alter table inbox alter column recorded_at set default recorded_now();
alter table entry alter column recorded_at set default recorded_now();
alter table reaction alter column recorded_at set default recorded_now();

-- migrate:down

alter table inbox alter column recorded_at set default now();
alter table entry alter column recorded_at set default now();
alter table reaction alter column recorded_at set default now();
drop function recorded_now();

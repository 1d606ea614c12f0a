-- migrate:up

-- What a webhook is called at its receiver, who may be told of it twice. It is in no other database.
alter table outbox add column name uuid;

-- migrate:down

alter table outbox drop column name;

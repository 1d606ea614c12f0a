-- migrate:up

-- The organisation of several workspaces that they are of, where there is one: its members are ours.
alter table person add column enterprise text;
alter table workspace add column enterprise text;

-- migrate:down

alter table workspace drop column enterprise;
alter table person drop column enterprise;

-- Whom to call when a texter's life is in danger. Who it is and how to reach them is sealed under the affiliate's key; kind and area are
-- what they are found by.

create table emergency_contacts (
    affiliate_id   uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid references affiliates,
    id             uuid        not null,
    kind           text        not null check (kind in ('medical', 'police', 'any')),
    name           bytea       not null,
    area           text,
    phone          bytea,
    email          bytea,
    webhook_url    bytea,
    webhook_secret bytea,
    on_call        boolean     not null,
    notes          bytea,
    status         text        not null check (status in ('active', 'inactive')),
    version        bigint      not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (affiliate_id, id)
);

alter table emergency_contacts enable row level security;
alter table emergency_contacts force row level security;
create policy own_affiliate on emergency_contacts using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

alter table admin_resources drop constraint admin_resources_kind_check;
alter table admin_resources add constraint admin_resources_kind_check
    check (kind in ('program', 'user', 'keyword', 'channel', 'emergency_contact'));

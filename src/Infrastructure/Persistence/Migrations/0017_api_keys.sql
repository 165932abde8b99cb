-- Keys with which a partner's program calls the API for an affiliate.

create table api_keys (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id           uuid        not null,
    name         text        not null,
    scopes       text[]      not null,
    networks     text[]      not null,
    hint         text        not null,
    expires_at   timestamptz,
    version      bigint      not null,
    created_by   uuid        not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (affiliate_id, id)
);

alter table api_keys enable row level security;
alter table api_keys force row level security;
create policy own_affiliate on api_keys using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

-- A key comes before it is known whose it is.
create table api_key_hashes (
    key_hash     bytea       primary key check (length(key_hash) = 32),
    key_id       uuid        not null unique,
    affiliate_id uuid        not null references affiliates,
    last_used_at timestamptz
);

create index api_key_hashes_of_affiliate on api_key_hashes (affiliate_id);

alter table admin_resources drop constraint admin_resources_kind_check;
alter table admin_resources add constraint admin_resources_kind_check
    check (kind in ('program', 'user', 'keyword', 'channel', 'emergency_contact', 'survey', 'triage_phrase', 'api_key'));

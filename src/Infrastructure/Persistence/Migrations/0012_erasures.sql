-- The proofs that texters were erased: ids and counts.
create table erasures (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid references affiliates,
    id           uuid        not null,
    texter_id    uuid        not null,
    asked_by     uuid        not null,
    asked_at     timestamptz not null,
    destroyed    jsonb       not null,
    key_ids      uuid[]      not null,
    primary key (affiliate_id, id)
);

alter table erasures enable row level security;
alter table erasures force row level security;
create policy own_affiliate on erasures using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

-- Up to where the key store's ledger of what was purged has been applied here. An older copy of this database says an earlier place.
create table purge_ledger_applied (
    one      boolean primary key default true check (one),
    position bigint  not null
);

insert into purge_ledger_applied (position) values (0);

-- What ended when, for the purge; partial, so that no look-up by id can take it for as good as the primary key.
create index conversations_ended on conversations (affiliate_id, closed_at) where closed_at is not null;

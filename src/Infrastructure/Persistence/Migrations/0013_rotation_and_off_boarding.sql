-- While a key is replaced, answers are found by the key that they name: there may be a day's worth of them.
create index idempotency_keys_by_sealing_key on idempotency_keys (substring(answer from 3 for 16)) where answer is not null;

-- Directory tables: see 0001. The proof that an affiliate has gone outlives the affiliate, so it refers to nothing.
create table off_boardings (
    id           uuid        primary key,
    affiliate_id uuid        not null,
    begun_by     uuid        not null,
    begun_at     timestamptz not null,
    exported_at  timestamptz,
    confirmed_by uuid,
    confirmed_at timestamptz,
    completed_at timestamptz,
    destroyed    jsonb       not null default '{}',
    keys         bigint      not null default 0
);

create unique index off_boardings_under_way on off_boardings (affiliate_id) where completed_at is null;

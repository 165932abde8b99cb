-- What was purged, by ids only, beside the keys and not beside the words: a copy of the words that is older than a purge brings back what
-- was purged, and not that it was.

create table keys.purge_ledger (
    affiliate_id uuid        not null,
    owner_id     uuid        not null,
    position     bigint      generated always as identity,
    kind         text        not null check (kind in ('conversation', 'texter', 'affiliate')),
    cause        text        not null check (cause in ('retention', 'erasure', 'off_boarding')),
    cause_id     uuid,       -- the erasure or off-boarding that it belongs to
    begun_at     timestamptz not null,
    done_at      timestamptz, -- since when the rows are gone and the key is destroyed
    primary key (affiliate_id, owner_id)
);

create unique index purge_ledger_by_position on keys.purge_ledger (position);
create index purge_ledger_under_way on keys.purge_ledger (begun_at) where done_at is null;
create index purge_ledger_done on keys.purge_ledger (done_at) where done_at is not null;
create index purge_ledger_of_cause on keys.purge_ledger (cause_id) where cause_id is not null;

alter table keys.affiliate_keys
    alter column wrapped drop not null,
    add column state_since timestamptz,
    add check ((state = 'destroyed') = (wrapped is null));

update keys.affiliate_keys set state_since = created_at;
alter table keys.affiliate_keys alter column state_since set not null;

create unique index affiliate_keys_pending on keys.affiliate_keys (affiliate_id) where state = 'pending';
create index data_keys_by_wrapping on keys.data_keys (affiliate_id, wrapping_key, owner_id);

-- What values are looked up by, carried over from an affiliate's first key when that is replaced.
create table keys.lookup_keys (
    affiliate_id uuid        primary key,
    master_id    text        not null,
    wrapped      bytea       not null,
    created_at   timestamptz not null
);

-- Counted up with every change of an affiliate's keys, so that all instances hear of it; and the master key under which everything is to
-- be wrapped anew, while that is under way.
create table keys.changes (
    one       boolean primary key default true check (one),
    value     bigint  not null,
    rewrap_to text
);

insert into keys.changes (value) values (0);

-- The key store: a database of its own (or, while developing, a schema of its own), so that a backup of the words never holds their keys.

create table keys.affiliate_keys (
    affiliate_id uuid        not null,
    key_id       uuid        not null,
    master_id    text        not null,
    wrapped      bytea       not null,
    state        text        not null check (state in ('pending', 'active', 'decrypt_only', 'destroyed')),
    created_at   timestamptz not null,
    primary key (affiliate_id, key_id)
);

create unique index affiliate_keys_active on keys.affiliate_keys (affiliate_id) where state = 'active';

-- One key for each conversation and each texter: when it is deleted, what it sealed is gone from every backup too.
create table keys.data_keys (
    affiliate_id  uuid        not null,
    owner_id      uuid        not null,
    wrapping_key  uuid        not null,
    wrapped       bytea       not null,
    created_at    timestamptz not null,
    primary key (affiliate_id, owner_id),
    foreign key (affiliate_id, wrapping_key) references keys.affiliate_keys
);

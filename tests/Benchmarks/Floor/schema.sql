-- The floor: the smallest shape that still does an inbound message's job, for pgbench to run beside the product.
drop schema if exists floor cascade;
create schema floor;

create table floor.conversation (
    id           bigint      generated always as identity primary key,
    program_id   int         not null,
    phone_hash   bytea       not null,
    state        smallint    not null default 1,
    priority     smallint    not null default 0,
    queued_at    timestamptz,
    responder_id bigint,
    last_seq     int         not null default 0,
    phone_enc    bytea,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now()
) with (fillfactor = 80);

create unique index conversation_open on floor.conversation (program_id, phone_hash) where state < 10;
create index conversation_queue on floor.conversation (program_id, priority desc, queued_at, id) where state = 1;

create table floor.message (
    conversation_id bigint      not null,
    seq             int         not null,
    direction       smallint    not null,
    key_id          int         not null,
    body_enc        bytea       not null,
    provider_id     text,
    created_at      timestamptz not null default now(),
    primary key (conversation_id, seq)
);

create unique index message_dedup on floor.message (provider_id) where provider_id is not null;

create table floor.outbox (
    id         bigint      generated always as identity primary key,
    topic      text        not null,
    key        bigint      not null,
    payload    bytea       not null,
    created_at timestamptz not null default now()
);

insert into floor.conversation (program_id, phone_hash, state, priority, queued_at, last_seq, phone_enc)
select 1, sha256(('p' || g)::bytea), 3, (g % 4)::smallint, now() - g * interval '1 second', 0, decode(md5(g::text), 'hex')
from generate_series(1, 10000) g;

analyze floor.conversation;

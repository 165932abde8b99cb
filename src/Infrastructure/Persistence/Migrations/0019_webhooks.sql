-- Where affiliates want their events sent.

create table webhooks (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid references affiliates,
    id              uuid        not null,
    url             bytea       not null,
    secret          bytea       not null,
    previous_secret bytea,
    previous_until  timestamptz,
    event_types     text[]      not null,
    header_names    text[]      not null,
    headers         bytea       not null,
    status          text        not null check (status in ('active', 'inactive')),
    disabled_for    text        check (disabled_for in ('gone', 'failing')),
    failing_since   timestamptz,
    version         bigint      not null,
    created_at      timestamptz not null,
    updated_at      timestamptz not null,
    primary key (affiliate_id, id)
);

alter table webhooks enable row level security;
alter table webhooks force row level security;
create policy own_affiliate on webhooks using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

-- The active ones and what they are to be told, so that an event finds its receivers, and the worker those for whom something is due.
create table webhook_lanes (
    webhook_id   uuid   primary key,
    affiliate_id uuid   not null references affiliates,
    event_types  text[] not null
);

create index webhook_lanes_of_affiliate on webhook_lanes (affiliate_id);

-- One row for a webhook and an event, with the event's own ids, states, times and counts: the outbox forgets sooner than receivers are
-- tried. Nothing refers to the webhook, so that a texter's message never waits for an admin who is changing it.
create table webhook_deliveries (
    affiliate_id    uuid        not null,
    id              uuid        not null,
    webhook_id      uuid        not null,
    event_id        uuid        not null,
    type            text        not null,
    conversation_id uuid,
    sequence        bigint      not null,
    data            jsonb       not null,
    event_at        timestamptz not null,
    status          text        not null default 'waiting' check (status in ('waiting', 'delivered', 'failed')),
    tries           integer     not null default 0, -- since it was put down, or asked for again: by these the schedule goes
    attempts        integer     not null default 0,
    due_at          timestamptz not null,
    claimed_until   timestamptz,
    response_status integer,
    code            text,
    duration_ms     integer,
    attempted_at    timestamptz,
    ended_at        timestamptz,
    created_at      timestamptz not null,
    primary key (affiliate_id, id),
    unique (affiliate_id, webhook_id, event_id)
);

create index webhook_deliveries_due on webhook_deliveries (webhook_id, due_at) where status = 'waiting';
create index webhook_deliveries_newest on webhook_deliveries (webhook_id, id);
create index webhook_deliveries_of_conversation on webhook_deliveries (conversation_id) where conversation_id is not null;
create index webhook_deliveries_by_age on webhook_deliveries using brin (created_at);

-- Ids in the order of time, as the application makes them (RFC 9562, version 7).
create function webhook_delivery_id(at timestamptz) returns uuid
    language sql volatile
    return encode(
        set_bit(
            set_bit(
                overlay(uuid_send(gen_random_uuid()) placing substring(int8send(floor(extract(epoch from at) * 1000)::bigint) from 3) from 1 for 6),
                52, 1),
            53, 1),
        'hex')::uuid;

-- Deliveries are put down with their event, in its own transaction: whoever reads the outbox afterwards, by whatever number, could miss
-- a row that is committed late. For an affiliate without webhooks it is one look into an index.
create function put_down_webhook_deliveries() returns trigger
    language plpgsql
as $$
begin
    if not exists (select from added e where exists (select from webhook_lanes l where l.affiliate_id = e.affiliate_id)) then
        return null;
    end if;

    insert into webhook_deliveries (affiliate_id, id, webhook_id, event_id, type, conversation_id, sequence, data, event_at, due_at, created_at)
    select
        e.affiliate_id, webhook_delivery_id(e.created_at), l.webhook_id, e.id, e.type, e.subject, e.sequence, e.data, e.created_at, e.created_at,
        e.created_at
    from added e
    join webhook_lanes l on l.affiliate_id = e.affiliate_id and (e.type = any(l.event_types) or '*' = any(l.event_types))
    join affiliates a on a.id = e.affiliate_id and a.status = 'active'
    on conflict do nothing;
    return null;
end
$$;

create trigger webhook_deliveries after insert on outbox
    referencing new table as added
    for each statement execute function put_down_webhook_deliveries();

alter table admin_resources drop constraint admin_resources_kind_check;
alter table admin_resources add constraint admin_resources_kind_check
    check (kind in ('program', 'user', 'keyword', 'channel', 'emergency_contact', 'survey', 'triage_phrase', 'api_key', 'webhook'));

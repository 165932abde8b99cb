-- Directory tables: what is needed before an affiliate is known. They hold ids, hashes and settings of the installation, never a
-- texter's word or number, and stand outside row-level security; the architecture test names each with its reason.

create table affiliates (
    id                  uuid        primary key,
    name                text        not null,
    region              text,
    time_zone           text        not null,
    data_retention_days integer     not null check (data_retention_days between 1 and 36500),
    contact_email       text,
    status              text        not null check (status in ('active', 'inactive')),
    version             bigint      not null,
    created_at          timestamptz not null,
    updated_at          timestamptz not null
);

-- The installation itself, to which its platform admins belong.
insert into affiliates (id, name, time_zone, data_retention_days, status, version, created_at, updated_at)
values ('00000000-0000-0000-0000-000000000000', 'Platform', 'Etc/UTC', 36500, 'active', 1, now(), now());

create table admin_resources (
    id           uuid primary key,
    affiliate_id uuid not null references affiliates,
    kind         text not null check (kind in ('program', 'user', 'keyword', 'channel'))
);

create index admin_resources_by_affiliate on admin_resources (affiliate_id, kind, id);
create index admin_resources_by_kind on admin_resources (kind, id);

create table sign_ins (
    user_id       uuid  primary key,
    affiliate_id  uuid  not null references affiliates,
    email_hash    bytea not null unique,
    password_hash text  not null,
    can_sign_in   boolean not null
);

create table sessions (
    id           uuid        primary key,
    user_id      uuid        not null references sign_ins on delete cascade,
    affiliate_id uuid        not null references affiliates,
    created_at   timestamptz not null,
    expires_at   timestamptz not null,
    revoked_at   timestamptz
);

create index sessions_of_user on sessions (user_id);

create table refresh_tokens (
    token_hash bytea       primary key,
    session_id uuid        not null references sessions on delete cascade,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index refresh_tokens_of_session on refresh_tokens (session_id);

create table channel_addresses (
    provider     text  not null,
    address_hash bytea not null,
    affiliate_id uuid  not null references affiliates,
    channel_id   uuid  not null,
    primary key (provider, address_hash)
);

create index channel_addresses_of_channel on channel_addresses (channel_id);

create table idempotency_keys (
    caller_id    uuid        not null,
    route        text        not null,
    key_hash     bytea       not null,
    request_hash bytea       not null,
    answer       bytea,
    created_at   timestamptz not null,
    primary key (caller_id, route, key_hash)
);

create index idempotency_keys_by_age on idempotency_keys (created_at);

-- Every message passes through here, so it carries as few indexes as it can. Positions are indexed only while they wait: with an index on
-- all of them, a plan that was made on the empty table would read past everything that was ever published.
create table outbox (
    id           uuid        primary key,
    position     bigint      generated always as identity,
    affiliate_id uuid        not null,
    subject      uuid        not null,
    sequence     bigint      not null,
    type         text        not null,
    data         jsonb       not null,
    origin       uuid        not null, -- the instance whose screens have heard of it already
    created_at   timestamptz not null,
    published_at timestamptz
);

create index outbox_waiting on outbox (position) where published_at is null;
create index outbox_by_age on outbox using brin (created_at);

create table deliveries (
    affiliate_id    uuid        not null,
    message_id      uuid        not null,
    conversation_id uuid        not null,
    channel_id      uuid        not null,
    sequence        bigint      not null,
    attempts        integer     not null default 0,
    due_at          timestamptz not null,
    claimed_until   timestamptz,
    primary key (affiliate_id, message_id)
);

create index deliveries_due on deliveries (due_at);
create unique index deliveries_in_order on deliveries (affiliate_id, conversation_id, sequence);

-- Affiliates' tables: affiliate_id comes first in every key, so that a reference across affiliates cannot exist and the schema can be
-- spread by affiliate. Row-level security is forced at the end of this file.

create table programs (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid references affiliates,
    id           uuid        not null,
    name         text        not null,
    short_code   text,
    description  text,
    status       text        not null check (status in ('active', 'inactive')),
    settings     jsonb       not null,
    version      bigint      not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (affiliate_id, id)
);

create unique index programs_short_code on programs (affiliate_id, lower(short_code)) where short_code is not null;

create table users (
    affiliate_id   uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid references affiliates,
    id             uuid        not null,
    email          bytea       not null,
    name           bytea       not null,
    role           text        not null check (role in ('responder', 'supervisor', 'admin')),
    status         text        not null check (status in ('active', 'inactive')),
    max_concurrent integer     not null check (max_concurrent between 0 and 50),
    version        bigint      not null,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    primary key (affiliate_id, id)
);

create table user_programs (
    affiliate_id uuid not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    user_id      uuid not null,
    program_id   uuid not null,
    primary key (affiliate_id, user_id, program_id),
    foreign key (affiliate_id, user_id) references users on delete cascade,
    foreign key (affiliate_id, program_id) references programs
);

create index user_programs_by_program on user_programs (affiliate_id, program_id);

create table keywords (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id           uuid        not null,
    program_id   uuid        not null,
    keyword      text        not null,
    normalised   text        not null check (normalised <> ''),
    action       text        not null check (action in ('start', 'reply', 'opt_out', 'opt_in', 'help')),
    sub_program  text,
    response     text,
    version      bigint      not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (affiliate_id, id),
    unique (affiliate_id, program_id, normalised),
    foreign key (affiliate_id, program_id) references programs
);

create table channels (
    affiliate_id     uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id               uuid        not null,
    program_id       uuid        not null,
    provider         text        not null check (provider in ('twilio', 'aws', 'partner', 'whatsapp', 'messenger', 'telegram', 'email', 'webchat')),
    address          text        not null,
    credentials      bytea       not null,
    credentials_set  text[]      not null,
    settings         jsonb       not null,
    status           text        not null check (status in ('active', 'inactive')),
    version          bigint      not null,
    created_at       timestamptz not null,
    updated_at       timestamptz not null,
    primary key (affiliate_id, id),
    foreign key (affiliate_id, program_id) references programs
);

create index channels_of_program on channels (affiliate_id, program_id);

create table texters (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id           uuid        not null,
    name         bytea,
    created_at   timestamptz not null,
    primary key (affiliate_id, id)
);

-- One texter is a set of addresses. address_hash is the blind index, equal only within one affiliate.
create table texter_addresses (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    kind         text        not null,
    address_hash bytea       not null,
    id           uuid        not null,
    texter_id    uuid        not null,
    address      bytea       not null,
    created_at   timestamptz not null,
    primary key (affiliate_id, kind, address_hash),
    foreign key (affiliate_id, texter_id) references texters
);

create index texter_addresses_of_texter on texter_addresses (affiliate_id, texter_id);

create table conversations (
    affiliate_id   uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id             uuid        not null,
    channel_id     uuid        not null,
    program_id     uuid        not null,
    sub_program    text,
    texter_id      uuid        not null,
    responder_id   uuid,
    provider       text        not null,
    state          text        not null check (state in ('new', 'queued', 'assigned', 'active', 'transferred', 'escalated_medical', 'escalated_police',
                                                         'wrap_up', 'follow_up_scheduled', 'follow_up_active', 'closed', 'expired', 'failed')),
    risk_level     text        not null default 'none' check (risk_level in ('none', 'low', 'moderate', 'high', 'imminent')),
    tags           text[]      not null default '{}',
    last_sequence  bigint      not null default 0,
    event_sequence bigint      not null default 0,
    version        bigint      not null default 1,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    queued_at      timestamptz,
    effective_at   timestamptz,
    closed_at      timestamptz,
    close_reason   text,
    primary key (affiliate_id, id),
    foreign key (affiliate_id, channel_id) references channels,
    foreign key (affiliate_id, program_id) references programs,
    foreign key (affiliate_id, texter_id) references texters,
    foreign key (affiliate_id, responder_id) references users
) with (fillfactor = 80); -- room for updates in place: every message counts its conversation up

create unique index conversations_open on conversations (affiliate_id, channel_id, texter_id) where state not in ('closed', 'expired', 'failed');
create index conversations_waiting on conversations (affiliate_id, program_id, effective_at, id) where state = 'queued';

-- Without affiliate and id: on an empty table a plan takes any index that has them for as good as the primary key, and keeps it.
create index conversations_held on conversations (responder_id) where responder_id is not null;
create index conversations_of_texter on conversations (texter_id);

create table conversation_transitions (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    conversation_id uuid        not null,
    version         bigint      not null,
    transition      text        not null,
    from_state      text        not null,
    to_state        text        not null,
    actor_id        uuid,
    at              timestamptz not null,
    primary key (affiliate_id, conversation_id, version),
    foreign key (affiliate_id, conversation_id) references conversations
);

-- Keyed by conversation and sequence: one conversation is one contiguous read.
create table messages (
    affiliate_id        uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    conversation_id     uuid        not null,
    sequence            bigint      not null,
    id                  uuid        not null,
    direction           text        not null check (direction in ('inbound', 'outbound', 'internal', 'system')),
    kind                text        not null check (kind in ('text', 'note')),
    status              text        not null check (status in ('received', 'recorded', 'queued', 'sent', 'delivered', 'read', 'failed')),
    content             bytea       not null,
    sender_id           uuid,
    provider_message_id text,
    client_message_id   text,
    error_code          text,
    attachment_types    text[],
    created_at          timestamptz not null,
    delivered_at        timestamptz,
    read_at             timestamptz,
    primary key (affiliate_id, conversation_id, sequence),
    foreign key (affiliate_id, conversation_id) references conversations
);

create unique index messages_by_client_id on messages (affiliate_id, conversation_id, sender_id, client_message_id) where client_message_id is not null;

-- What providers have sent us, by their ids: first come, first stored, and only once.
create table inbox (
    affiliate_id        uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    channel_id          uuid        not null,
    provider_message_id text        not null,
    received_at         timestamptz not null,
    primary key (affiliate_id, channel_id, provider_message_id)
);

create index inbox_by_age on inbox using brin (received_at);

-- What providers have said about what we sent, by their ids: also before we know which message an id belongs to.
create table delivery_receipts (
    affiliate_id        uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    channel_id          uuid        not null,
    provider_message_id text        not null,
    conversation_id     uuid,
    sequence            bigint,
    status              text        check (status in ('sent', 'delivered', 'read', 'failed')),
    error_code          text,
    texter_stopped      boolean     not null default false,
    updated_at          timestamptz not null,
    primary key (affiliate_id, channel_id, provider_message_id),
    foreign key (affiliate_id, conversation_id) references conversations
);

create index delivery_receipts_by_age on delivery_receipts using brin (updated_at);

create table stopped_texters (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    channel_id   uuid        not null,
    texter_id    uuid        not null,
    source       text        not null check (source in ('provider', 'keyword')),
    stopped_at   timestamptz not null,
    primary key (affiliate_id, channel_id, texter_id),
    foreign key (affiliate_id, channel_id) references channels,
    foreign key (affiliate_id, texter_id) references texters
);

create table quarantined_calls (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id           uuid        not null,
    channel_id   uuid        not null,
    provider     text        not null,
    reason       text        not null,
    proven       boolean     not null, -- signed as it should be, and kept for another reason
    call         bytea       not null,
    size         integer     not null,
    received_at  timestamptz not null,
    replayed_at  timestamptz,
    primary key (affiliate_id, id),
    foreign key (affiliate_id, channel_id) references channels on delete cascade
);

create index quarantined_calls_of_channel on quarantined_calls (affiliate_id, channel_id, received_at);

create table audit_entries (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id           uuid        not null,
    action       text        not null,
    actor_id     uuid,
    subjects     uuid[]      not null,
    request_id   text        not null,
    at           timestamptz not null,
    primary key (affiliate_id, id)
);

-- nullif: on a pooled connection the setting that was local to an earlier transaction reads as an empty string, and a plain cast would throw.
do $$
declare
    name text;
begin
    foreach name in array array[
        'programs', 'users', 'user_programs', 'keywords', 'channels', 'texters', 'texter_addresses', 'conversations', 'conversation_transitions',
        'messages', 'inbox', 'delivery_receipts', 'stopped_texters', 'quarantined_calls', 'audit_entries']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy own_affiliate on %I using (affiliate_id = nullif(current_setting(''app.affiliate_id'', true), '''')::uuid)', name);
    end loop;
end
$$;

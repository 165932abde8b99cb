-- Directory tables: see 0001.

-- What is to happen by itself, and when. One row for each thing that waits, taken with skip locked by any instance; the row goes or moves
-- in the same transaction as what it was for.
create table due_jobs (
    affiliate_id  uuid        not null,
    kind          text        not null check (kind in ('queue', 'texter', 'transfer', 'escalation', 'presence', 'follow_up', 'assign', 'send')),
    subject_id    uuid        not null,
    due_at        timestamptz not null,
    attempts      integer     not null default 0,
    claimed_until timestamptz,
    primary key (affiliate_id, kind, subject_id)
);

create index due_jobs_by_time on due_jobs (due_at);

-- How far the clock of everything that waits is ahead of the time: for tests, and zero everywhere else.
create table business_clock (
    one            boolean primary key default true check (one),
    offset_seconds bigint  not null
);

insert into business_clock (offset_seconds) values (0);

-- Affiliates' tables.

alter table conversations
    add column state_since      timestamptz not null default now(),
    add column offered_to       uuid,
    add column offer_expires_at timestamptz,
    add column hand_off_note    bigint,
    add column called_at        timestamptz,
    add column unattended       boolean     not null default false,
    add column tended_at        timestamptz,
    add foreign key (affiliate_id, offered_to) references users;

alter table conversations alter column state_since drop default;

create index conversations_offered on conversations (offered_to) where offered_to is not null;

alter table conversation_transitions
    add column about_id uuid,
    add column reason   text;

-- How fast people are taken from the queue, of late.
create index conversation_transitions_taken on conversation_transitions (at) where transition = 'assign_responder';

create table presence (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    user_id      uuid        not null,
    declared     text        check (declared in ('available', 'away', 'offline')),
    declared_at  timestamptz,
    last_seen_at timestamptz,
    lapsed_at    timestamptz,
    primary key (affiliate_id, user_id),
    foreign key (affiliate_id, user_id) references users on delete cascade
);

create table reports (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    conversation_id uuid        not null,
    outcome         text,
    content         bytea       not null, -- note, next step and the program's own fields
    filed_by        uuid        not null,
    filed_at        timestamptz not null,
    version         bigint      not null,
    primary key (affiliate_id, conversation_id),
    foreign key (affiliate_id, conversation_id) references conversations
);

create table follow_ups (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    conversation_id uuid        not null,
    id              uuid        not null,
    scheduled_for   timestamptz not null,
    message         bytea       not null,
    status          text        not null check (status in ('scheduled', 'sent', 'withdrawn')),
    scheduled_by    uuid        not null,
    created_at      timestamptz not null,
    primary key (affiliate_id, conversation_id, id),
    foreign key (affiliate_id, conversation_id) references conversations
);

create table escalation_numbers (
    affiliate_id uuid    not null default nullif(current_setting('app.affiliate_id', true), '')::uuid references affiliates,
    year         integer not null,
    last         bigint  not null,
    primary key (affiliate_id, year)
);

create table escalations (
    affiliate_id      uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id                uuid        not null,
    conversation_id   uuid        not null,
    kind              text        not null check (kind in ('medical', 'police')),
    urgency           text        not null,
    reference_number  text        not null,
    location          bytea,
    location_source   text        check (location_source in ('texter_said', 'known_before', 'partner', 'provider', 'other')),
    reason            bytea,
    contacted_service bytea,
    opened_by         uuid        not null,
    opened_at         timestamptz not null,
    acknowledged_by   uuid,
    acknowledged_at   timestamptz,
    resolved_by       uuid,
    resolved_at       timestamptz,
    outcome           bytea,
    outcome_note      bytea,
    reminders         integer     not null,
    version           bigint      not null,
    primary key (affiliate_id, id),
    unique (affiliate_id, reference_number),
    foreign key (affiliate_id, conversation_id) references conversations
);

create unique index escalations_open on escalations (affiliate_id, conversation_id) where resolved_at is null;
create index escalations_of_conversation on escalations (affiliate_id, conversation_id);

create table escalation_steps (
    affiliate_id  uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    escalation_id uuid        not null,
    id            uuid        not null,
    kind          text        not null check (kind in ('opened', 'notified', 'acknowledged', 'contacted', 'changed', 'reminded', 'resolved')),
    by_id         uuid,
    at            timestamptz not null,
    recorded_at   timestamptz not null,
    contact       bytea,
    method        text,
    outcome       bytea,
    note          bytea,
    primary key (affiliate_id, escalation_id, id),
    foreign key (affiliate_id, escalation_id) references escalations
);

create table notifications (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    user_id         uuid        not null,
    id              uuid        not null,
    kind            text        not null,
    conversation_id uuid,
    about_id        uuid,
    created_at      timestamptz not null,
    read_at         timestamptz,
    primary key (affiliate_id, user_id, id),
    foreign key (affiliate_id, user_id) references users on delete cascade
);

create table notification_settings (
    affiliate_id uuid not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    user_id      uuid not null,
    phone        bytea,
    by_email     text[] not null default '{}',
    by_text      text[] not null default '{}',
    primary key (affiliate_id, user_id),
    foreign key (affiliate_id, user_id) references users on delete cascade
);

-- What is to go out to somebody by other ways than the desk; the job that sends it names the row.
create table sendings (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id              uuid        not null,
    via             text        not null check (via in ('email', 'text', 'webhook')),
    kind            text        not null,
    user_id         uuid,
    contact_id      uuid,
    conversation_id uuid,
    about_id        uuid,
    status          text        not null check (status in ('waiting', 'sent', 'failed')),
    attempts        integer     not null default 0,
    code            text,
    created_at      timestamptz not null,
    ended_at        timestamptz,
    primary key (affiliate_id, id)
);

create index sendings_about on sendings (affiliate_id, about_id) where about_id is not null;

do $$
declare
    name text;
begin
    foreach name in array array[
        'presence', 'reports', 'follow_ups', 'escalation_numbers', 'escalations', 'escalation_steps', 'notifications', 'notification_settings',
        'sendings']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy own_affiliate on %I using (affiliate_id = nullif(current_setting(''app.affiliate_id'', true), '''')::uuid)', name);
    end loop;
end
$$;

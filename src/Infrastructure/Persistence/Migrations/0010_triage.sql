-- What people have made of triage's levels: in which language it had read the texter, and an index for the report.
alter table risk_changes add column language text;

create index risk_changes_by_people on risk_changes (affiliate_id, id) where by_id is not null;

-- Phrases that an affiliate adds to the rules: written by one person, approved by another, and never rewritten then. What they look for
-- and the note are sealed under the affiliate's key.
create table triage_phrases (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid references affiliates,
    id           uuid        not null,
    program_id   uuid,
    language     text        not null,
    cue          text        not null,
    pattern      bytea       not null,
    note         bytea,
    status       text        not null check (status in ('draft', 'in_shadow', 'approved', 'retired')),
    written_by   uuid        not null,
    approved_by  uuid        check (approved_by <> written_by),
    approved_at  timestamptz,
    version      bigint      not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (affiliate_id, id),
    foreign key (affiliate_id, program_id) references programs
);

create index triage_phrases_at_work on triage_phrases (affiliate_id, status) where status in ('in_shadow', 'approved');

-- How often an affiliate's phrases have changed: every instance looks at it every few seconds, for all affiliates at once. It holds
-- numbers only, and only of affiliates that have phrases.
create table triage_revisions (
    affiliate_id uuid   primary key references affiliates,
    approved     bigint not null default 0,
    in_shadow    bigint not null default 0
);

alter table admin_resources drop constraint admin_resources_kind_check;
alter table admin_resources add constraint admin_resources_kind_check
    check (kind in ('program', 'user', 'keyword', 'channel', 'emergency_contact', 'survey', 'triage_phrase'));

-- Where a candidate would have judged otherwise than the rules at work: levels and rules, no words.
create table shadow_differences (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id              uuid        not null,
    conversation_id uuid        not null,
    sequence        bigint      not null,
    shadow_version  text        not null,
    live_version    text        not null,
    live_level      text        not null,
    shadow_level    text        not null,
    live_rules      text[]      not null,
    shadow_rules    text[]      not null,
    language        text,
    at              timestamptz not null,
    primary key (affiliate_id, id),
    unique (affiliate_id, conversation_id, sequence, shadow_version),
    foreign key (affiliate_id, conversation_id) references conversations
);

do $$
declare
    name text;
begin
    foreach name in array array['triage_phrases', 'shadow_differences']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy own_affiliate on %I using (affiliate_id = nullif(current_setting(''app.affiliate_id'', true), '''')::uuid)', name);
    end loop;
end
$$;

-- The summary of a conversation, sealed under its key, and what it was made of: where any of that is another now, it is made anew.
create table conversation_summaries (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    conversation_id uuid        not null,
    content         bytea       not null,
    up_to           bigint      not null,
    held_level      text        not null,
    tags            text[]      not null,
    made_by         text        not null,
    made_at         timestamptz not null,
    primary key (affiliate_id, conversation_id),
    foreign key (affiliate_id, conversation_id) references conversations
);

alter table conversation_summaries enable row level security;
alter table conversation_summaries force row level security;
create policy own_affiliate on conversation_summaries using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

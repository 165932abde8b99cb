-- Surveys: what is asked stands as the admin wrote it; what texters answer is sealed under their conversation's key.

create table surveys (
    affiliate_id          uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id                    uuid        not null,
    program_id            uuid        not null,
    type                  text        not null check (type in ('entry', 'exit')),
    title                 text        not null,
    language              text        not null check (language in ('en', 'es')),
    questions             jsonb       not null,
    expires_after_minutes integer     check (expires_after_minutes between 1 and 10080),
    status                text        not null check (status in ('active', 'inactive')),
    wording_version       bigint      not null,
    version               bigint      not null,
    created_at            timestamptz not null,
    updated_at            timestamptz not null,
    primary key (affiliate_id, id),
    foreign key (affiliate_id, program_id) references programs
);

create unique index surveys_in_use on surveys (affiliate_id, program_id, type) where status = 'active';

-- The wordings that a survey has had: answers stay with the one that was asked.
create table survey_wordings (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    survey_id    uuid        not null,
    version      bigint      not null,
    language     text        not null,
    questions    jsonb       not null,
    created_at   timestamptz not null,
    primary key (affiliate_id, survey_id, version),
    foreign key (affiliate_id, survey_id) references surveys on delete cascade
);

create table survey_responses (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id              uuid        not null,
    conversation_id uuid        not null,
    program_id      uuid        not null,
    survey_id       uuid        not null,
    wording_version bigint      not null,
    type            text        not null check (type in ('entry', 'exit')),
    position        integer     not null,
    asked_again     boolean     not null,
    paused          boolean     not null,
    asked_sequence  bigint,
    seen_sequence   bigint      not null,
    answered        integer     not null,
    skipped         integer     not null,
    started_at      timestamptz not null,
    outcome         text        check (outcome in ('completed', 'stopped', 'expired', 'interrupted')),
    ended_at        timestamptz,
    primary key (affiliate_id, id),
    foreign key (affiliate_id, conversation_id) references conversations,
    foreign key (affiliate_id, program_id) references programs,
    foreign key (affiliate_id, survey_id, wording_version) references survey_wordings
);

create unique index survey_responses_running on survey_responses (affiliate_id, conversation_id) where outcome is null;
create index survey_responses_of_conversation on survey_responses (affiliate_id, conversation_id);
create index survey_responses_by_time on survey_responses (affiliate_id, started_at);

create table survey_answers (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    response_id  uuid        not null,
    question_id  text        not null,
    id           uuid        not null,
    answer       bytea,      -- null: asked, and not answered
    answered_at  timestamptz not null,
    primary key (affiliate_id, response_id, question_id),
    foreign key (affiliate_id, response_id) references survey_responses
);

alter table conversations
    add column survey_running   text    check (survey_running in ('entry', 'exit')),
    add column survey_completed boolean not null default false;

do $$
declare
    name text;
begin
    foreach name in array array['surveys', 'survey_wordings', 'survey_responses', 'survey_answers']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy own_affiliate on %I using (affiliate_id = nullif(current_setting(''app.affiliate_id'', true), '''')::uuid)', name);
    end loop;
end
$$;

-- Directory tables: see 0001.
alter table due_jobs drop constraint due_jobs_kind_check;
alter table due_jobs add constraint due_jobs_kind_check
    check (kind in ('queue', 'texter', 'transfer', 'escalation', 'presence', 'follow_up', 'assign', 'send', 'survey'));

alter table admin_resources drop constraint admin_resources_kind_check;
alter table admin_resources add constraint admin_resources_kind_check
    check (kind in ('program', 'user', 'keyword', 'channel', 'emergency_contact', 'survey'));

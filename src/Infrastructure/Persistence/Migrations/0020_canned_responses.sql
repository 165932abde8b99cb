-- Words that a program's responders need often. They are the affiliate's, not anybody's: as readable as its keywords.

create table canned_responses (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    id           uuid        not null,
    program_id   uuid        not null,
    title        text        not null,
    body         text        not null,
    version      bigint      not null,
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    primary key (affiliate_id, id),
    foreign key (affiliate_id, program_id) references programs
);

create index canned_responses_of_program on canned_responses (affiliate_id, program_id, id);

alter table canned_responses enable row level security;
alter table canned_responses force row level security;
create policy own_affiliate on canned_responses using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

alter table admin_resources drop constraint admin_resources_kind_check;
alter table admin_resources add constraint admin_resources_kind_check check (
    kind in ('program', 'user', 'keyword', 'channel', 'emergency_contact', 'survey', 'triage_phrase', 'api_key', 'webhook', 'canned_response'));

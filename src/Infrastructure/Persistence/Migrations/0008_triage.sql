alter table due_jobs drop constraint due_jobs_kind_check;
alter table due_jobs add constraint due_jobs_kind_check
    check (kind in ('queue', 'texter', 'transfer', 'escalation', 'presence', 'follow_up', 'assign', 'send', 'survey', 'risk', 'assessment'));

-- What triage remembers of a conversation between two messages: cues and where they stand, sealed. Its revision tells a writer whose
-- memory is older than what is stored; then it is stale, and read again from the messages.
alter table conversations
    add column inbound_count   bigint  not null default 0,
    add column triage          bytea,
    add column triage_revision bigint  not null default 0,
    add column triage_stale    boolean not null default false,
    add column automatic_tags  text[]  not null default '{}';

-- Row-level security is forced, so it binds the owner too: what is there already is counted without it.
alter table conversations no force row level security;
alter table messages no force row level security;

update conversations c
set inbound_count = (
    select count(*) from messages m where m.affiliate_id = c.affiliate_id and m.conversation_id = c.id and m.direction = 'inbound');

alter table messages force row level security;
alter table conversations force row level security;

create table risk_changes (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    conversation_id uuid        not null,
    id              uuid        not null,
    from_level      text        not null,
    to_level        text        not null,
    by_id           uuid,
    reason          bytea,
    rules           text[]      not null,
    triage_version  text        not null,
    at              timestamptz not null,
    primary key (affiliate_id, conversation_id, id),
    foreign key (affiliate_id, conversation_id) references conversations
);

alter table risk_changes enable row level security;
alter table risk_changes force row level security;
create policy own_affiliate on risk_changes using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

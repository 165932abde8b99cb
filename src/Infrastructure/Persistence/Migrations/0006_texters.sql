alter table conversations add column address_id uuid; -- from which of their addresses the texter wrote; null in what is older than this

alter table texters
    add column plan      bytea,
    add column plan_by   uuid,
    add column plan_at   timestamptz,
    add column time_zone text;

create table texter_notes (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    texter_id    uuid        not null,
    id           uuid        not null,
    content      bytea       not null,
    author_id    uuid        not null,
    created_at   timestamptz not null,
    primary key (affiliate_id, texter_id, id),
    foreign key (affiliate_id, texter_id) references texters
);

create table texter_blocks (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    texter_id    uuid        not null,
    id           uuid        not null,
    reason       bytea       not null,
    until        timestamptz,
    asked_by     uuid        not null,
    asked_at     timestamptz not null,
    approved_by  uuid        check (approved_by <> asked_by),
    approved_at  timestamptz,
    ended_by     uuid,
    ended_at     timestamptz,
    primary key (affiliate_id, texter_id, id),
    foreign key (affiliate_id, texter_id) references texters
);

-- One at a time: the next is asked for when this one has ended.
create unique index texter_blocks_standing on texter_blocks (affiliate_id, texter_id) where ended_at is null;

create table legal_holds (
    affiliate_id    uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    conversation_id uuid        not null,
    reason          bytea       not null,
    held_by         uuid        not null,
    held_at         timestamptz not null,
    primary key (affiliate_id, conversation_id),
    foreign key (affiliate_id, conversation_id) references conversations
);

do $$
declare
    name text;
begin
    foreach name in array array['texter_notes', 'texter_blocks', 'legal_holds']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy own_affiliate on %I using (affiliate_id = nullif(current_setting(''app.affiliate_id'', true), '''')::uuid)', name);
    end loop;
end
$$;

-- Who within the platform has acted on which event, so that one which arrives again is acted on once; and the events that somebody
-- could not act on. Ids, types and counts only: an event holds nothing else.

create table event_inbox (
    consumer    text        not null,
    event_id    uuid        not null,
    consumed_at timestamptz not null,
    primary key (consumer, event_id)
);

create index event_inbox_by_age on event_inbox using brin (consumed_at);

create table dead_letters (
    id           uuid        primary key,
    event_id     uuid        unique, -- null: it was not of the form we write, and nothing more is kept of it
    affiliate_id uuid,
    subject      uuid,
    sequence     bigint,
    type         text        not null,
    data         jsonb,
    happened_at  timestamptz,
    reason       text        not null,
    attempts     integer     not null,
    died_at      timestamptz not null,
    replayed_at  timestamptz
);

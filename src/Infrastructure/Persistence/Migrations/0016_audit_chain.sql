-- The audit trail as a chain: a link for each entry, over the entry and the link before it. Entries and links are only ever added.
-- Links are laid a moment after their entry was committed, so that no use case waits for another's commit.

create table audit_links (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    number       bigint      not null check (number > 0),
    entry_id     uuid        not null,
    mac          bytea       not null check (length(mac) = 32),
    laid_at      timestamptz not null,
    primary key (affiliate_id, number),
    unique (affiliate_id, entry_id)
);

alter table audit_links enable row level security;
alter table audit_links force row level security;
create policy own_affiliate on audit_links using (affiliate_id = nullif(current_setting('app.affiliate_id', true), '')::uuid);

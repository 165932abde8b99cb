-- Links that set a new password, each once. Of the token only its hash is kept.
create table password_resets (
    token_hash   bytea       primary key,
    user_id      uuid        not null references sign_ins on delete cascade,
    affiliate_id uuid        not null references affiliates,
    expires_at   timestamptz not null
);

create index password_resets_of_user on password_resets (user_id);

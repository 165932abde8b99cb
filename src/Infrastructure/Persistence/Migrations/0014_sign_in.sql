-- Second factors. The directory knows only whether there is one, so that a request's session says it without entering the affiliate.
alter table sign_ins add column second_factor boolean not null default false;

create table second_factors (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    user_id      uuid        not null,
    secret       bytea       not null,
    enabled_at   timestamptz, -- null while its owner has not shown that they have it
    last_step    bigint      not null default 0, -- a code of this step or an earlier one has had its time
    created_at   timestamptz not null,
    primary key (affiliate_id, user_id),
    foreign key (affiliate_id, user_id) references users on delete cascade
);

create table recovery_codes (
    affiliate_id uuid        not null default nullif(current_setting('app.affiliate_id', true), '')::uuid,
    user_id      uuid        not null,
    code_hash    bytea       not null,
    used_at      timestamptz,
    primary key (affiliate_id, user_id, code_hash),
    foreign key (affiliate_id, user_id) references second_factors on delete cascade
);

do $$
declare
    name text;
begin
    foreach name in array array['second_factors', 'recovery_codes']
    loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy own_affiliate on %I using (affiliate_id = nullif(current_setting(''app.affiliate_id'', true), '''')::uuid)', name);
    end loop;
end
$$;

-- What an owner needs to know their sessions apart: the family of the browser and the system, and no more.
alter table sessions add column device text;
alter table sessions add column last_used_at timestamptz;

-- How much guessing has been done in a lane: an account's, an address's. A row says when the lane will be empty again, and is cleared then.
create table guess_lanes (
    key     bytea       primary key,
    free_at timestamptz not null
);

create index guess_lanes_by_time on guess_lanes (free_at);

-- Where somebody has signed in from: hashes of their browsers' marks and of addresses. Guesses from there are counted apart.
create table known_places (
    user_id   uuid        not null references sign_ins on delete cascade,
    mark      bytea       not null,
    is_device boolean     not null,
    used_at   timestamptz not null,
    primary key (user_id, mark)
);

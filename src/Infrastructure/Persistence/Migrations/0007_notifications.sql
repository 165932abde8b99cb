-- What goes out to staff and contacts is looked for apart from the clocks: however much of it waits, no clock is behind it. A lane is what
-- several of them wait on together, such as a mail server; it holds up its own and no others.
alter table due_jobs add column lane text;

drop index due_jobs_by_time;
create index due_jobs_to_do on due_jobs (due_at) where kind <> 'send';
create index due_jobs_to_send on due_jobs (due_at) where kind = 'send';

-- What a webhook is told, the same with every attempt: ids and words of ours.
alter table sendings add column body text;

create index sendings_by_time on sendings (affiliate_id, created_at);
create index notifications_by_time on notifications (affiliate_id, created_at);
create index notifications_unread on notifications (affiliate_id, user_id) where read_at is null;

-- How what staff were told, and what was sent to them, is counted and cleared.
create index sendings_by_time on sendings (affiliate_id, created_at);
create index notifications_by_time on notifications (affiliate_id, created_at);
create index notifications_unread on notifications (affiliate_id, user_id) where read_at is null;

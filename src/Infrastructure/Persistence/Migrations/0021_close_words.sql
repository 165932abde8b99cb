-- Why a conversation was closed, where its responder says so in words of their own: sealed. A code stays in close_reason. What was
-- written there before stays as it is until its conversation is purged.
alter table conversations add column close_words bytea;

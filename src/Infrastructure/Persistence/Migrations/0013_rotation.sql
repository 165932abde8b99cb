-- While a key is replaced, answers are found by the key that they name: there may be a day's worth of them.
create index idempotency_keys_by_sealing_key on idempotency_keys (substring(answer from 3 for 16)) where answer is not null;

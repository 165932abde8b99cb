-- A follow-up is agreed on with the texter. Whether it was, as whoever planned it has said; null where they have not been asked. Who said so
-- and when is who planned it and when.
alter table follow_ups add column agreed boolean;

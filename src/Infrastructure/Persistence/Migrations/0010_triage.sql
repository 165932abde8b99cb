-- What people have made of triage's levels: in which language it had read the texter, and an index for the report.
alter table risk_changes add column language text;

create index risk_changes_by_people on risk_changes (affiliate_id, id) where by_id is not null;

#!/bin/sh
# Run once by the PostgreSQL image when its volume is empty. The owner migrates; the application owns nothing and bypasses nothing,
# so that row-level security binds it.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname="${POSTGRES_DB:-postgres}" \
  --set=owner_password="$CHAT_OWNER_PASSWORD" --set=app_password="$CHAT_APP_PASSWORD" <<'SQL'
create role chat_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'owner_password';
create role chat_app login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'app_password';

create database chat owner chat_owner;
create database chat_keys owner chat_owner;

revoke all on database chat from public;
revoke all on database chat_keys from public;
grant connect on database chat to chat_app;
SQL

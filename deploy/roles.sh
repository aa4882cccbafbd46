#!/bin/sh
# Runs once, when the database container is new. Two roles, neither of which is a superuser: one owns the tables, the other
# one is what servers work as. Row-level security holds both.
set -eu
psql -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" --username postgres <<'SQL'
create role regulars_owner login nosuperuser nobypassrls password :'owner';
create role regulars_app login nosuperuser nobypassrls password :'app';
create database regulars owner regulars_owner;
SQL

#!/bin/sh
# Run once by the image of PostgreSQL, on an empty volume: the application's role, which owns nothing.
# `tragnetz migrate` grants it what it needs (docs/operations.md, "Two roles in the database").
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 --set password="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE tragnetz_app LOGIN PASSWORD :'password';
SQL

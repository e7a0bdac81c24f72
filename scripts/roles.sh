#!/usr/bin/env bash
# Makes the two roles and the database: the owner of the tables, and the program, which owns nothing.
# Run once by the database's image (compose.yaml), or by hand as a superuser: PSQL="psql -h ..." bash scripts/roles.sh
set -euo pipefail
: "${OWNER_PASSWORD:?}" "${PROGRAM_PASSWORD:?}"
${PSQL:-psql -U postgres} -v ON_ERROR_STOP=1 -v owner="$OWNER_PASSWORD" -v program="$PROGRAM_PASSWORD" -d postgres <<'SQL'
CREATE ROLE gumruk_owner LOGIN PASSWORD :'owner';
CREATE ROLE gumruk_app LOGIN PASSWORD :'program';
CREATE DATABASE gumruk OWNER gumruk_owner;
REVOKE ALL ON DATABASE gumruk FROM PUBLIC;
GRANT CONNECT ON DATABASE gumruk TO gumruk_app;
SQL

#!/bin/sh
# A database and a role per service; a role enters its own database only. Run by the image when the cluster is made, and
# again whenever a password was changed:
#   docker compose exec postgres sh /docker-entrypoint-initdb.d/services.sh
# The secret file has a line per service: its name, and the SCRAM verifier of its password.
set -eu

while read -r service verifier; do
    psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set service="$service" --set verifier="$verifier" \
        --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
SELECT format('CREATE ROLE %I LOGIN', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
ALTER ROLE :"service" PASSWORD :'verifier';
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
    echo "database $service: ready"
done </run/secrets/postgres_roles

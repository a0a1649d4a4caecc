#!/bin/bash
# The part of the official entry point that a hardened deployment meets: the cluster is made once, by the user the
# container runs as, with the password from a file; then the scripts of /docker-entrypoint-initdb.d, on a server that
# listens on its socket only.
set -euo pipefail

if [[ $1 == postgres && ! -s $PGDATA/PG_VERSION ]]; then
    mkdir -p "$PGDATA"
    chmod 0700 "$PGDATA" || :
    read -r -a more <<<"${POSTGRES_INITDB_ARGS:-}"
    initdb --username="${POSTGRES_USER:-postgres}" --pwfile=<(printf %s "${POSTGRES_PASSWORD:-$(cat "${POSTGRES_PASSWORD_FILE:-/dev/null}")}") "${more[@]}"
    printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
    pg_ctl --wait -o "-c listen_addresses=''" start
    for script in /docker-entrypoint-initdb.d/*; do
        case $script in
        *.sh) echo "$0: running $script" && if [[ -x $script ]]; then "$script"; else . "$script"; fi ;;
        *.sql) echo "$0: running $script" && psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -f "$script" ;;
        *) echo "$0: ignoring $script" ;;
        esac
    done
    pg_ctl --mode=fast --wait stop
fi
exec "$@"

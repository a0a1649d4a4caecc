#!/bin/sh
# Makes what is missing in ./secrets (SECRETS names another directory) and says what it made; run again, it changes
# nothing. It needs what the deployment needs, a Docker engine: the image does the work, and gives each file to the user
# id that may read it. To replace a password or a token delete its file and run this again; what to restart then is in
# docs/operations.md.
set -eu
cd "$(dirname "$0")/.."
umask 077

secrets=${SECRETS:-./secrets}
mkdir -p "$secrets"
[ -e "$secrets/.gitignore" ] || echo '*' >"$secrets/.gitignore"

if docker compose version >/dev/null 2>&1; then
    compose() { docker compose "$@"; }
else
    compose() { docker-compose "$@"; }
fi
image=$(compose config | sed -n '/^  membership:/,/^  [a-z]/s/^    image: //p')
docker image inspect "$image" >/dev/null 2>&1 || compose build membership

docker run --rm --user 0:0 --network none --read-only --security-opt no-new-privileges \
    --cap-drop ALL --cap-add CHOWN --cap-add DAC_OVERRIDE --cap-add FOWNER \
    --env SOCIETAS_ISSUER --env SOCIETAS_AUDIENCE --volume "$(cd "$secrets" && pwd):/secrets" \
    --entrypoint python "$image" -m societas.credentials make /secrets | sed "s|^/secrets|$secrets|"

#!/bin/sh
# The part of the official entry point that a hardened deployment meets: options alone mean the server.
set -e
case ${1:-} in
-* | *.conf) set -- redis-server "$@" ;;
esac
exec "$@"

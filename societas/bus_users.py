"""Who may do what on the bus: a user for each service, one for health checks, one for an exporter, one who administers.

A user of a service writes its own streams, reads those of the services it hears, and does nothing else. These are rules
for Redis 7.0 and Valkey alike, so they name no command that came later.
"""

import hashlib
from collections.abc import Mapping

from contracts.catalogue import SPEAKERS
from contracts.reading import HEARS

ADMINISTRATOR, PROBE, EXPORTER = "administrator", "probe", "exporter"
WITH_PASSWORD = (*SPEAKERS, EXPORTER, ADMINISTRATOR)
"""Users who prove who they are; a health check may be anybody's."""

# A script is let do what its user may do, with the keys its user may touch.
_COMMANDS = "+ping +xread +xrange +xinfo|stream +xadd +xtrim +del +eval +evalsha"
# What a client asks a cluster: who has which stream, and, while one is moved, for the one it is moved to.
_OF_A_CLUSTER = "+cluster|slots +asking"


def lines(passwords: Mapping[str, str]) -> list[str]:
    """The server's `user …` lines, as a file of users or a file of settings has them; they show no password."""
    hashed = {user: f"#{hashlib.sha256(passwords[user].encode()).hexdigest()}" for user in WITH_PASSWORD}
    return [
        "user default reset off",
        *(f"user {service} reset on {hashed[service]} {rules(service)}" for service in SPEAKERS),
        f"user {PROBE} reset on nopass +ping",
        f"user {EXPORTER} reset on {hashed[EXPORTER]} %R~societas.{{* +ping +info +xlen +xinfo|stream",
        f"user {ADMINISTRATOR} reset on {hashed[ADMINISTRATOR]} ~* &* +@all",
    ]


def rules(service: str) -> str:
    """What the user of a service may do."""
    heard = " ".join(f"%R~societas.{{{speaker}.*" for speaker in sorted(HEARS[service] - {service}))
    return f"~societas.{{{service}.* {heard} {_COMMANDS} {_OF_A_CLUSTER}"

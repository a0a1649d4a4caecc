"""The administrator's token of an embedded platform: in a file that only its owner reads, renewed before it ends."""

from datetime import timedelta
from pathlib import Path

from chassis.issuer import Issuer
from societas.platform import ADMIN_TOKEN

LASTS = timedelta(days=30)
ROLES = ("association", "auditor", "evaluator", "importer")


def read(data: Path) -> str:
    """The token of a data directory."""
    return (data / ADMIN_TOKEN).read_text().strip()


def renew(data: Path, issuer: Issuer) -> bool:
    """Makes the token if there is none, or one with other roles or in the second half of its time; true at first."""
    path = data / ADMIN_TOKEN
    known = read(data) if path.exists() else None
    if known is None or not LASTS / 2 < issuer.lasting(known, ROLES) <= LASTS:
        path.touch(mode=0o600)
        path.write_text(issuer.mint("admin", ROLES, LASTS))
    return known is None

"""Tokens for people and programs, signed with the key that a platform's directory keeps."""

import os
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

EMBEDDED = "urn:societas:embedded"
"""Who issues tokens where the platform runs in one process."""
LONGEST_HOURS = 366 * 24
"""A token cannot be taken back: for longer than a year nobody is given one."""


def mint(directory: Path, subject: str, roles: Sequence[str], hours: float, otherwise: str = EMBEDDED) -> str:
    """A token of the directory's platform; `otherwise` is its issuer where the environment names none. Only reads."""
    from chassis.issuer import KEY_FILE, Issuer  # noqa: PLC0415 — the command line starts without it
    from chassis.signing import SigningKey  # noqa: PLC0415 — as above

    url, audience = (os.environ.get(f"SOCIETAS_{name}") for name in ("ISSUER", "AUDIENCE"))
    key = SigningKey.load(directory / KEY_FILE)
    issuer = Issuer(key, url=url or otherwise, audience=audience or "societas")
    return issuer.mint(subject, roles, timedelta(hours=hours))


def holder(roles: Sequence[str]) -> str:
    """A name for a holder whom nobody named: by the first role, and unlike any other."""
    return f"{re.sub('[^A-Za-z0-9-]', '-', roles[0])}-{secrets.token_hex(4)}"


def misspelt(roles: Sequence[str]) -> list[str]:
    """Those that no token can be minted for."""
    from chassis.roles import role_of  # noqa: PLC0415 — as above

    found = {one: role_of(one) for one in roles}
    return [one for one, role in found.items() if role is None or not role.minted]

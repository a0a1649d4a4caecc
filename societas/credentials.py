"""What a deployment keeps in ./secrets: `python -m societas.credentials make DIRECTORY` makes what is missing.

Each file is readable by one reader only: run as root, it is given to the user id which that container runs under.
PostgreSQL and Redis are told how to recognise the services' passwords (a SCRAM verifier, a hash), not what they are.
`mint DIRECTORY --role …` prints a token for a person or a program.
"""

import argparse
import hashlib
import hmac
import json
import os
import secrets
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from chassis.issuer import KEY_FILE, Issuer
from chassis.roles import MINTED
from chassis.signing import SigningKey
from societas import admin_token, bus_users, minting

RECORD_KEEPERS = ("membership", "events", "federation", "evaluation")
SEAL = "evaluation_signing_key"
SERVICE_USER, SERVER_USER = 10001, 999
"""User ids in the containers: ours, and that of the PostgreSQL and Redis images."""
_URL = os.environ.get("SOCIETAS_ISSUER") or "urn:societas:deployed"
_AUDIENCE = os.environ.get("SOCIETAS_AUDIENCE") or "societas"
_YEAR = timedelta(days=365)
_ITERATIONS = 4096


def make(directory: Path) -> list[str]:
    """Makes what is missing, renews tokens in their last tenth, and returns the names of the files it wrote."""
    directory.mkdir(parents=True, exist_ok=True)
    before = _contents(directory)
    issuer = Issuer.open(directory, url=_URL, audience=_AUDIENCE)
    _put(directory / KEY_FILE, (directory / KEY_FILE).read_text(), SERVICE_USER)
    keys = issuer.jwks()["keys"]
    for service in RECORD_KEEPERS:
        file = directory / f"{service}_service_key"
        keys.append(SigningKey.open(file).jwk_of(service))
        _put(file, file.read_text(), SERVICE_USER)
    _put(directory / "jwks.json", json.dumps({"keys": keys}), SERVICE_USER, in_place=True)
    SigningKey.open(directory / SEAL)
    _put(directory / SEAL, (directory / SEAL).read_text(), SERVICE_USER)
    _token(directory / "admin_token", issuer, admin_token.ROLES, _YEAR)
    _make_passwords(directory)
    return sorted(name for name, content in _contents(directory).items() if before.get(name) != content)


def _make_passwords(directory: Path) -> None:
    on_the_bus = {
        user: _password(directory / f"{user}_redis_password", SERVICE_USER) for user in bus_users.WITH_PASSWORD
    }
    _put(directory / "redis_users", "".join(f"{line}\n" for line in bus_users.lines(on_the_bus)), SERVER_USER)
    _password(directory / "postgres_password", SERVER_USER)
    roles = directory / "postgres_roles"
    known = dict(line.split(" ", 1) for line in roles.read_text().splitlines()) if roles.exists() else {}
    for service in RECORD_KEEPERS:
        password = _password(directory / f"{service}_database_password", SERVICE_USER)
        known[service] = _verifier(password, known.get(service))
    _put(roles, "".join(f"{service} {known[service]}\n" for service in RECORD_KEEPERS), SERVER_USER)


def mint(directory: Path, subject: str | None, roles: Sequence[str], hours: float) -> str:
    """A token signed with the deployment's key, for a new holder unless one is named. Only reads.

    Raises:
        ValueError: there is no such role, or nobody is given a token for so long.
    """
    if not roles or (wrong := minting.misspelt(roles)):
        raise ValueError(f"--role {wrong[0] if roles else ''}: {MINTED}")
    if not 0 < hours <= minting.LONGEST_HOURS:
        raise ValueError(f"--hours {hours:g}: 0.01 – {minting.LONGEST_HOURS}")
    return minting.mint(directory, subject or minting.holder(roles), roles, hours, _URL)


def _verifier(password: str, known: str | None) -> str:
    """What PostgreSQL keeps of a password (RFC 5802 §3); the known one if it is of this password."""
    if known is not None:
        salt = b64decode(known.split("$")[1].partition(":")[2])
        if hmac.compare_digest(known, _salted(password, salt)):
            return known
    return _salted(password, secrets.token_bytes(16))


def _salted(password: str, salt: bytes) -> str:
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    text = [b64encode(part).decode() for part in (salt, stored, server)]
    return f"SCRAM-SHA-256${_ITERATIONS}:{text[0]}${text[1]}:{text[2]}"


def _token(path: Path, issuer: Issuer, roles: Iterable[str], lifetime: timedelta) -> None:
    """Keeps a token that this issuer still vouches for, and replaces any other."""
    _keep(
        path,
        lambda token: issuer.lasting(token, roles) > lifetime / 10,
        lambda: issuer.mint(path.name, roles, lifetime),
        SERVICE_USER,
    )


def _password(path: Path, owner: int) -> str:
    return _keep(path, bool, lambda: secrets.token_urlsafe(32), owner)


def _keep(path: Path, good: Callable[[str], bool], made: Callable[[], str], owner: int) -> str:
    known = path.read_text().strip() if path.exists() else ""
    text = known if good(known) else made()
    _put(path, text, owner)
    return text


def _put(path: Path, text: str, owner: int, *, in_place: bool = False) -> None:
    """Writes a file whole or not at all, and only if it differs; its mode and owner are set in any case.

    `in_place` for one that is read again while containers run: they have the file itself before them, not its name.
    """
    if in_place and path.exists():
        if path.read_text() != text:
            path.write_text(text)
    elif not path.exists() or path.read_text() != text:
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        draft.rename(path)
    path.chmod(0o600)
    if os.geteuid() == 0:
        os.chown(path, owner, owner)


def _contents(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in directory.iterdir() if path.is_file()}


def main(arguments: list[str]) -> None:
    """Does what the arguments say."""
    parser = argparse.ArgumentParser(prog="python -m societas.credentials")
    parser.add_argument("act", choices=["make", "mint"])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--role", action="append", default=[], help=MINTED)
    parser.add_argument("--subject", help="opaque name of the holder")
    parser.add_argument("--hours", type=float, default=12.0)
    given = parser.parse_args(arguments)
    if given.act == "make":
        told = "".join(f"{given.directory / name}\n" for name in make(given.directory))
    else:
        try:
            told = mint(given.directory, given.subject, given.role, given.hours) + "\n"
        except ValueError as error:
            parser.error(str(error))
    sys.stdout.write(told)


if __name__ == "__main__":
    main(sys.argv[1:])

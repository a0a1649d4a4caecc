"""The secrets of a deployment: made once, each for one reader, and the servers are told no password of a service."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.issuer import Issuer
from chassis.keys import StaticKeys
from chassis.tokens import Access
from societas import credentials

PASSWORDS = [f"{service}_database_password" for service in credentials.RECORD_KEEPERS]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    credentials.make(tmp_path)
    return tmp_path


def contents(directory: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in directory.iterdir()}


def test_made_again_they_stay_what_they_are(made: Path) -> None:
    before = contents(made)

    assert credentials.make(made) == []
    assert contents(made) == before


def test_nobody_else_on_the_machine_can_read_them(made: Path) -> None:
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()} == {0o600}


def test_neither_server_is_told_the_password_of_a_service(made: Path) -> None:
    known = contents(made)
    for password in (*PASSWORDS, "redis_password"):
        assert known[password] not in known["postgres_roles"] + known["redis_users"]


def test_a_password_that_was_deleted_is_replaced_and_postgresql_told_of_it(made: Path) -> None:
    before = contents(made)
    (made / "events_database_password").unlink()
    changed = credentials.make(made)
    after = contents(made)

    assert changed == ["events_database_password", "postgres_roles"]
    assert after["postgres_roles"].splitlines()[0] == before["postgres_roles"].splitlines()[0]
    assert after["postgres_roles"].splitlines()[1] != before["postgres_roles"].splitlines()[1]


def test_tokens_are_made_anew_when_the_key_was_deleted(made: Path) -> None:
    (made / "issuer-key.pem").unlink()

    assert {"admin_token", "jwks.json", "membership_service_token"} <= set(credentials.make(made))


async def test_the_platform_accepts_what_was_made_and_what_is_minted(made: Path) -> None:
    keys = StaticKeys(json.loads((made / "jwks.json").read_text()))
    access = Access(issuer="urn:societas:deployed", audience="societas", keys=keys)
    minted = credentials.mint(made, "clerk", ["society:A-18"], hours=1)

    assert (await access.caller((made / "admin_token").read_text())).roles == {"association", "auditor", "evaluator"}
    assert (await access.caller((made / "events_service_token").read_text())).roles == {"service:events"}
    assert (await access.caller(minted)).roles == {"society:A-18"}


def test_a_token_near_its_end_is_renewed(made: Path) -> None:
    issuer = Issuer.open(made, url="urn:societas:deployed")
    (made / "admin_token").write_text(issuer.mint("admin", ["association"], timedelta(days=30)))

    assert credentials.make(made) == ["admin_token"]

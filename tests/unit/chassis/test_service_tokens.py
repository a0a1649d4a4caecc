"""A service's token is signed with its own key, says only which service it is, and ends with the day or the key."""

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from chassis.issuer import Issuer
from chassis.keys import FileKeys, StaticKeys
from chassis.service_tokens import LASTS, ServiceTokens
from chassis.settings import Settings
from chassis.signing import SigningKey
from chassis.tokens import Access, InvalidToken

ISSUER = "https://id.example/realm/"


def settings(key: SigningKey | None, token: str | None = None) -> Settings:
    return Settings(
        database_url=SecretStr("-"),
        redis_url=SecretStr("-"),
        issuer=ISSUER,
        jwks_file=Path("-"),
        service_key=SecretStr(key.pem().decode()) if key else None,
        service_token=SecretStr(token) if token else None,
    )


def access(*entries: Any) -> Access:
    return Access(issuer=ISSUER, audience="societas", keys=StaticKeys({"keys": list(entries)}))


async def test_a_service_is_known_by_the_key_it_signs_with() -> None:
    key = SigningKey.new()

    caller = await access(key.jwk_of("events")).caller(ServiceTokens("events", settings(key)).token)

    assert (caller.subject, caller.roles) == ("events", {"service:events"})


@pytest.mark.parametrize("roles", [["service:membership"], ["association"], ["service:events", "association"], []])
async def test_the_key_of_a_service_vouches_for_nobody_else(roles: list[str]) -> None:
    key = SigningKey.new()
    forged = Issuer(key, url=ISSUER, audience="societas")
    forged.url = ISSUER

    with pytest.raises(InvalidToken):
        await access(key.jwk_of("events")).caller(forged.mint("events", roles, timedelta(hours=1)))


async def test_nor_for_longer_than_a_day() -> None:
    key = SigningKey.new()
    own = Issuer(key, url=ISSUER, audience="societas")
    own.url = ISSUER

    with pytest.raises(InvalidToken):
        await access(key.jwk_of("events")).caller(own.mint("events", ["service:events"], 2 * LASTS))


def test_a_token_is_made_anew_in_the_second_half_of_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens, now = ServiceTokens("events", settings(SigningKey.new())), time.time()
    first = tokens.token
    later = {hours: now + hours * 3600 for hours in (11, 13)}
    monkeypatch.setattr("chassis.service_tokens.time.time", lambda: later[11])
    assert tokens.token == first
    monkeypatch.setattr("chassis.service_tokens.time.time", lambda: later[13])
    assert tokens.token != first


def test_a_service_without_a_key_has_the_token_it_was_given() -> None:
    assert ServiceTokens("events", settings(None, "given")).token == "given"


async def test_tokens_end_when_their_key_is_taken_out_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key, now = tmp_path / "jwks.json", SigningKey.new(), time.time()
    file.write_text(json.dumps({"keys": [key.jwk_of("events")]}))
    judge = Access(issuer=ISSUER, audience="societas", keys=FileKeys(file))
    token = ServiceTokens("events", settings(key)).token
    await judge.caller(token)

    file.write_text(json.dumps({"keys": []}))
    monkeypatch.setattr("chassis.tokens.time.time", lambda: now + 31)
    monkeypatch.setattr("chassis.keys._LOOKED_AT_SECONDS", -1.0)

    with pytest.raises(InvalidToken):
        await judge.caller(token)


async def test_keys_stay_good_while_their_file_is_being_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, key = tmp_path / "jwks.json", SigningKey.new()
    file.write_text(json.dumps({"keys": [key.jwk_of("events")]}))
    keys = FileKeys(file)
    monkeypatch.setattr("chassis.keys._LOOKED_AT_SECONDS", -1.0)
    assert await keys.find(key.kid)

    file.write_text('{"keys": [')

    assert await keys.find(key.kid)

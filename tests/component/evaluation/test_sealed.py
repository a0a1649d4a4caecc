"""A signed explanation by request: for who may object, and nobody else."""

import json
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from chassis.clock import SteppedClock
from chassis.signing import SigningKey
from services.evaluation.app import build
from societas.cli import app as command_line
from tests.component.evaluation.test_past import hear, history

ClientFor = Callable[..., httpx2.AsyncClient]
DOOR = "/ratings/A-18/signed"


@pytest.fixture
async def signing(
    make_database: Callable[[str], Awaitable[str]],
    settings_for: Callable[..., Any],
    clock: SteppedClock,
    tmp_path: Path,
) -> FastAPI:
    url = await make_database("evaluation")
    SigningKey.open(tmp_path / "seal.pem")
    app = build(settings_for("evaluation", url, signing_key_file=tmp_path / "seal.pem"), clock)
    await hear(app, history())
    app.state.board.day = date(2018, 9, 1)
    return app


async def test_a_society_takes_a_file_that_verifies_without_the_platform(
    signing: FastAPI, client_for: ClientFor, tmp_path: Path
) -> None:
    answer = await client_for(signing, "society:A-18").get(DOOR, params={"as_of": "2018-06-30"})
    assert answer.status_code == 200, answer.text
    file, keys = tmp_path / "signed.json", tmp_path / "keys.json"
    file.write_bytes(answer.content)
    keys.write_bytes((await client_for(signing).get("/signing-keys")).content)

    verify = ["verify", str(file), "--key", str(keys), "--json"]
    result = CliRunner().invoke(command_line, verify)
    assert result.exit_code == 0, result.output
    ratings = (await client_for(signing).get("/ratings", params={"as_of": "2018-06-30"})).json()["ratings"]
    assert (json.loads(result.output)["genuine"], json.loads(result.output)["total"]) == (True, ratings[0]["total"])

    file.write_bytes(answer.content.replace(b'"count":310', b'"count":910'))
    assert CliRunner().invoke(command_line, verify).exit_code == 1
    keys.write_text("no keys")
    assert CliRunner().invoke(command_line, verify).exit_code == 2
    assert CliRunner().invoke(command_line, ["verify", str(tmp_path / "absent")]).exit_code == 2
    await signing.state.service.stop()


async def test_without_a_key_nothing_is_signed(app: FastAPI, client_for: ClientFor) -> None:
    answer = await client_for(app, "association").get(DOOR)

    assert (answer.status_code, answer.json()["type"]) == (503, "urn:societas:problem:no-signing-key")


@pytest.mark.parametrize(
    ("role", "status"),
    [("society:A-18", 503), ("association", 503), ("evaluator", 503), ("auditor", 503), ("society:B-01", 403)],
)
async def test_a_signed_explanation_is_for_its_society_and_for_who_judges_it(
    app: FastAPI, client_for: ClientFor, role: str, status: int
) -> None:
    # Without a key, who is let in is told that nothing is signed here.
    assert (await client_for(app, role).get(DOOR)).status_code == status

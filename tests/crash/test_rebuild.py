"""A speaker's older backup is put back: every listener names it, skips nothing, and is mended by a command."""

import asyncio
import time
from typing import Any

import pytest
from crash_platform import Platform
from history import registrations, year
from restoring import Backup
from test_kill import assert_nothing_lost_nothing_twice, live
from typer.testing import CliRunner

from services.membership.identifiers import completed
from societas.cli import app

LISTENERS = ("events", "federation", "evaluation")


def readiness(platform: Platform, service: str) -> tuple[int, str]:
    answer = platform.http.get(f"/api/{service}/readyz", headers={"Accept-Language": "en"})
    return answer.status_code, answer.text


def wait_for(platform: Platform, service: str, status: int, word: str = "") -> None:
    deadline = time.monotonic() + 30
    while (seen := readiness(platform, service))[0] != status or word not in seen[1]:
        assert time.monotonic() < deadline, seen
        time.sleep(0.05)


def rebuild(platform: Platform, listener: str) -> Any:
    arguments = ["rebuild", listener, "--url", f"http://127.0.0.1:{platform.port}", "--token", platform.token, "--json"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return done.output


def register(platform: Platform, code: str, number: int) -> None:
    body = {
        "code": code,
        "name": f"Society {code}",
        "credit_code": completed(f"51420000{number:08d}"),
        "discipline": "science",
        "registered_on": "2010-01-01",
    }
    assert platform.ask("POST", "/api/membership/societies", body, f"register-{code}").status_code == 201


@pytest.mark.parametrize("since", ["shorter", pytest.param("longer", marks=pytest.mark.long)])
def test_an_older_backup_put_back_is_named_by_every_listener_and_mended_by_a_rebuild(
    platform: Platform, since: str
) -> None:
    platform.start()
    live(platform)
    for path, body, key in year(2):
        platform.ask("POST", path, body, key)
    platform.settle()
    platform.stop_process()
    backup = Backup(platform.database_of("membership"))
    asyncio.run(backup.take())

    platform.start()
    register(platform, "A-09", 90)
    for path, body, key in list(year(3))[-12:]:
        platform.ask("POST", path, body, key)
    before = platform.settle()
    platform.stop_process()
    asyncio.run(backup.put_back())

    platform.start()
    register(platform, "A-11", 91)
    if since == "longer":
        for month in range(4, 7):
            for path, body, key in list(year(month))[-20:]:
                platform.ask("POST", path, body, key)
    for listener in LISTENERS:
        wait_for(platform, listener, 503, "membership")
    standing = platform.standings()["evaluation"]["heard"]["membership/0"]
    assert standing == before["membership/0"], "something of the changed history was applied"

    for listener in LISTENERS:
        rebuild(platform, listener)
        wait_for(platform, listener, 200)
    assert_nothing_lost_nothing_twice(platform, len(list(registrations())) + 1)
    codes = {row["society"] for row in platform.ask("GET", "/api/evaluation/ratings").json()["ratings"]}
    assert "A-11" in codes
    assert "A-09" not in codes
    _, activity, key = next(step for step in year(1) if step[0].endswith("/activities"))
    of_nobody = {**activity, "organisers": [{"society": "A-09", "role": "host"}]}
    told = platform.ask("POST", "/api/events/activities", of_nobody, f"{key}-nobody")
    assert told.status_code == 404
    assert "A-09" in told.text


def test_a_rebuild_where_nothing_changed_changes_nothing(platform: Platform) -> None:
    platform.start()
    live(platform)
    for path, body, key in year(2):
        platform.ask("POST", path, body, key)
    before = assert_nothing_lost_nothing_twice(platform)
    for listener in ("membership", *LISTENERS, "evaluation"):
        rebuild(platform, listener)
    assert assert_nothing_lost_nothing_twice(platform) == before

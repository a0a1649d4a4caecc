"""The command line before live platforms: a demo of twelve societies on a terminal, and an empty one beside it."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import httpx2
import pytest
from ports import free_port
from typer.testing import CliRunner, Result

from chassis.ids import new_id
from services.membership.identifiers import completed
from societas import valkey
from societas.cli import app
from tests.e2e.terminal import CTRL_C, Terminal

COMMAND = [sys.executable, "-c", "from societas.cli import app; app()"]
SMALL_DEMO = [sys.executable, str(Path(__file__).with_name("small_demo.py"))]
DAYS = 3
NOISE = ("Traceback", "Message fetch error", "listener waits", "relay waits", "Exception")


class Live:
    """A platform on a terminal, with the commands that speak to it."""

    def __init__(self, command: list[str], data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = [*command, "--data", str(data), "--port", str(self.port)]
        self.terminal = Terminal(self.command)

    def says(self, *words: str, ends: int = 0) -> Result:
        """What a command says; it ends with that status."""
        result = CliRunner().invoke(app, [*words, "--url", self.url, "--data", str(self.data)], env={"LANG": "en"})
        assert result.exit_code == ends, f"{words}: {result.output}\n{result.stderr}"
        return result

    def document(self, *words: str, ends: int = 0) -> Any:
        """What a command prints as JSON."""
        result = self.says(*words, "--json", ends=ends)
        return json.loads(result.stdout or result.stderr)


def ended_quietly(terminal: Terminal, status: int) -> None:
    """Ctrl-C, and then no noise."""
    before = terminal.press(CTRL_C)
    assert terminal.status() == status
    said = terminal.seen.removeprefix(before)
    assert [noise for noise in NOISE if noise in said] == [], said[-3000:]
    terminal.close()


def eventually(true: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> Live:
    """A demo that was interrupted in its founding."""
    live = Live([*SMALL_DEMO, "demo", "--days", str(DAYS)], tmp_path_factory.mktemp("demo") / "data")
    live.terminal.until(f"the board will be at {live.url}", 10)
    live.terminal.until("Founding: 12 societies")
    ended_quietly(live.terminal, 130)
    return live


@pytest.fixture(scope="module")
def reported(interrupted: Live) -> dict[str, Any]:
    """What the demo prints that goes on where the other was interrupted, and does not serve."""
    terminal = Terminal([*interrupted.command, "--no-serve", "--json"], columns=2_000)
    assert terminal.status(120) == 0
    report: dict[str, Any] = json.loads(terminal.seen.strip().splitlines()[-1])
    terminal.close()
    return report


@pytest.fixture(scope="module")
def demo(interrupted: Live, reported: dict[str, Any]) -> Iterator[Live]:
    """The same demo, past its days: it goes on at a watchable pace until Ctrl-C."""
    live = copy(interrupted)
    live.terminal = Terminal(live.command)
    live.terminal.until("The story goes on")
    yield live
    ended_quietly(live.terminal, 0)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """An empty platform, ended in the end by Ctrl-C."""
    live = Live([*COMMAND, "up"], tmp_path_factory.mktemp("up") / "data")
    live.terminal.until("The platform is up")
    yield live
    ended_quietly(live.terminal, 0)


def test_a_demo_that_is_interrupted_says_how_to_go_on_and_nothing_else(interrupted: Live) -> None:
    assert "the same command goes on from there" in interrupted.terminal.seen


def test_a_demo_that_does_not_serve_ends_with_one_object(reported: dict[str, Any]) -> None:
    assert list(reported) == [
        "societies", "appended", "relayed", "applied", "dead", "missing", "seconds", "events_per_second", "hash_live",
        "hash_replayed",
    ]  # fmt: skip
    assert reported["societies"] == 12
    assert reported["appended"] == reported["relayed"] == reported["applied"]
    assert reported["hash_live"] == reported["hash_replayed"]


def test_a_demo_past_its_days_counts_no_further_and_says_what_happens(demo: Live) -> None:
    assert f"Going on with day {DAYS + 1}." in demo.terminal.seen
    assert f"/{DAYS}" not in demo.terminal.seen
    demo.terminal.until("first: ")
    demo.terminal.until("lag ")


def test_the_board_is_a_document_with_these_names(demo: Live) -> None:
    board = demo.document("ratings")
    row = board["ratings"][0]

    assert {"policy", "as_of", "known_at", "positions", "hash", "ratings"} <= board.keys()
    assert board["hash"].startswith("sha256:")
    assert {
        "society",
        "name",
        "total",
        "max",
        "completeness",
        "grade",
        "rank",
        "peer_group",
        "vetoes",
        "indicators",
    } <= (row.keys())
    assert {"outcome", "points", "max"} == next(iter(row["indicators"].values())).keys()
    names = {one["society"]: one["name"] for one in board["ratings"]}
    assert len(names) == 12
    assert all(name == name.strip() for name in names.values()), "blanks after a name are taken in and dropped"


def test_an_explanation_speaks_the_words_of_the_portal(demo: Live) -> None:
    words = ("explain", "A-01", "--url", demo.url, "--data", str(demo.data))
    chinese = CliRunner().invoke(app, words, env={"LANG": "zh_CN"}).stdout
    met = chinese.split("✓ council-front-line", 1)[-1].split("\n\n", 1)[0]

    assert "理事会选举" in chinese
    assert "membership.council-elected" not in chinese
    assert "为监事会，计入的是理事会" in chinese
    assert "基层一线理事: " in met
    assert "理事人数: " in met
    assert "如何得分" not in met


def test_an_exported_log_is_imported_elsewhere_and_still_says_that_it_was_made_up(
    demo: Live, empty: Live, tmp_path: Path
) -> None:
    file = tmp_path / "demo.ndjson"
    exported = demo.document("log", "export", "-o", str(file))["exported"]
    done = empty.document("log", "import", str(file))
    again = empty.document("log", "import", str(file))

    assert exported == len(file.read_text().splitlines()) > 250
    assert done == {"imported": exported, "skipped": 0, "dead": 0}
    assert again == {"imported": 0, "skipped": exported, "dead": 0}
    verdict = empty.document("replay", "--verify")
    assert verdict["hash_live"] == verdict["hash_replayed"]
    assert httpx2.get(f"{empty.url}/api/evaluation/ratings").json()["demo"] is True
    assert "generated for demonstration" in httpx2.get(f"{empty.url}/?lang=en").text


def test_one_bad_line_of_one_service_keeps_the_whole_file_out(demo: Live, empty: Live, tmp_path: Path) -> None:
    good = httpx2.get(f"{demo.url}/api/membership/log", params={"limit": 1}, headers=_as_admin(demo)).json()
    late = {**good, "id": new_id(), "time": "2099-01-01T00:00:00.000000Z"}
    bad = {**good, "id": "x", "source": "/evaluation", "type": "evaluation.day-turned.v1", "recordedtime": "now"}
    fresh = {**good, "id": new_id()}
    before = _heads(empty)

    error = _imported(empty, tmp_path, fresh, bad)["error"]
    assert {(one["line"], one["field"], one["value"]) for one in error["errors"]} == {
        (3, "id", "x"),
        (3, "recordedtime", "now"),
    }
    error = _imported(empty, tmp_path, fresh, late)["error"]
    assert [(one["line"], one["field"]) for one in error["errors"]] == [(3, "time")]
    assert _heads(empty) == before


def _imported(live: Live, folder: Path, *events: dict[str, Any]) -> Any:
    file = folder / "some.ndjson"
    file.write_text("\n\n".join(map(json.dumps, events)))
    return live.document("log", "import", str(file), ends=1)


def _heads(live: Live) -> dict[str, Any]:
    services = ("membership", "events", "federation")
    return {
        name: httpx2.get(f"{live.url}/api/{name}/log/head", headers=_as_admin(live)).json()["heads"]
        for name in services
    }


def _as_admin(live: Live) -> dict[str, str]:
    return {"Authorization": f"Bearer {(live.data / 'admin.token').read_text()}"}


def test_what_cannot_be_applied_is_counted_shown_and_tried_again(empty: Live, tmp_path: Path) -> None:
    """A policy activated elsewhere is applied once its text is filed here."""
    policy = empty.document("policy", "show")
    text = policy["text"].replace(f'version: "{policy["version"]}"', 'version: "77"')
    known = httpx2.get(f"{empty.url}/api/evaluation/log", params={"limit": 1}, headers=_as_admin(empty)).json()
    activated = known | {
        "id": new_id(), "type": "evaluation.policy-activated.v1", "subject": "policy",
        "dataschema": "urn:societas:schema:evaluation.policy-activated.v1",
        "data": {"policy": policy["policy"], "version": "77", "hash": "sha256:" + "0" * 64},
    }  # fmt: skip
    assert text != policy["text"]
    file = tmp_path / "activated.ndjson"
    file.write_text(json.dumps(activated))
    done = empty.document("log", "import", str(file), ends=1)
    assert done == {"imported": 1, "skipped": 0, "dead": 1}

    (letter,) = empty.document("dead-letters", "list")
    assert (letter["id"], letter["service"], letter["attempts"]) == (activated["id"], "evaluation", 1)
    whole = empty.document("dead-letters", "show", activated["id"])
    assert "Traceback" in whole["traceback"]
    assert json.loads(whole["document"])["id"] == activated["id"]
    assert empty.document("dead-letters", "show", new_id(), ends=1)["error"]["status"] == 404
    assert empty.document("dead-letters", "redrive", activated["id"]) == {"asked": 1}
    eventually(lambda: empty.document("dead-letters", "list")[0]["attempts"] > letter["attempts"])
    empty.document("dead-letters", "close", activated["id"], "--reason", "its text was never filed")
    assert empty.document("dead-letters", "list")[0]["state"] == "closed"


def test_what_is_no_address_below_api_is_a_problem_and_no_page(empty: Live) -> None:
    for language, title in (("en", "There is nothing here"), ("zh", "此处没有内容")):
        answer = httpx2.get(f"{empty.url}/api/nix", headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
        assert (answer.json()["title"] == title) or language == "zh"


def test_a_bus_that_is_killed_is_back_at_once_and_nothing_is_lost(empty: Live) -> None:
    missing, home = empty.document("replay")["missing"], empty.data / "valkey"
    bus = valkey.client(int((home / "port").read_text()), (home / "password").read_text())
    os.kill(bus.info("server")["process_id"], signal.SIGKILL)
    society = {
        "code": "E-42", "name": "学会", "credit_code": completed("5142000000000099"), "discipline": "interdisciplinary",
        "registered_on": "2001-05-01",
    }  # fmt: skip
    httpx2.post(f"{empty.url}/api/membership/societies", json=society, headers=_as_admin(empty)).raise_for_status()
    empty.terminal.until("the bus is back")
    eventually(lambda: "E-42" in {row["society"] for row in empty.document("ratings")["ratings"]})
    assert empty.document("replay")["missing"] == missing


def test_doctor_is_content_with_a_platform_that_is(empty: Live) -> None:
    words = ("doctor", "--json", "--url", empty.url, "--data", str(empty.data))

    eventually(lambda: json.loads(CliRunner().invoke(app, words).stdout)["ok"])

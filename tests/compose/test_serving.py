"""One service in a process of its own: where its passwords come from, and what its health check says."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

import httpx2
import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from sqlalchemy import make_url

from chassis import bus
from chassis.listener import Reading
from societas import serving
from societas.ready import ready

Answering = Callable[[int, Any], int]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Starts a server that gives one answer to everybody; its port."""
    servers = []

    def start(status: int, document: Any) -> int:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(json.dumps(document).encode())

            def log_message(self, *arguments: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return server.server_port

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_url_is_completed_by_the_password_in_the_secret_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETAS_DATABASE_URL", "postgresql+asyncpg://membership@postgres:5432/membership")
    (tmp_path / "database_password").write_text("p@ss/word\n")

    assert make_url(serving.url("database", tmp_path).get_secret_value()).password == "p@ss/word"


def test_a_url_that_has_its_password_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETAS_REDIS_URL", "redis://default:known@redis:6379/0")

    assert serving.url("redis", tmp_path).get_secret_value() == "redis://default:known@redis:6379/0"


def test_a_replica_is_entered_by_the_password_of_its_primary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETAS_REPLICA_URL", "postgresql+asyncpg://membership@replica:5432/membership")
    (tmp_path / "database_password").write_text("p@ss/word\n")

    assert make_url(serving.url("replica", tmp_path).get_secret_value()).password == "p@ss/word"


@pytest.mark.parametrize("replica", ["", "postgresql+asyncpg://m:known@replica:5432/m"])
def test_a_service_has_a_replica_where_one_is_named(replica: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"DATABASE_URL": "postgresql+asyncpg://m:known@postgres:5432/m", "REDIS_URL": "redis://default:known@redis"}
    for name, value in {**given, "REPLICA_URL": replica, "SERVICE_TOKEN": "-", "ISSUER": "urn:societas:tests"}.items():
        monkeypatch.setenv(f"SOCIETAS_{name}", value)

    found = serving.settings_of("membership").replica_url
    assert (found.get_secret_value() if found else "") == replica


def test_the_url_of_a_cluster_is_completed_like_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETAS_REDIS_URL", "redis+cluster://default@one:6379,two:6380")
    (tmp_path / "redis_password").write_text("p@ss:word")

    url = serving.url("redis", tmp_path).get_secret_value()
    assert url == "redis+cluster://default:p%40ss%3Aword@one:6379,two:6380"
    assert bus.seeds(url) == bus.Seeds("redis://default:p%40ss%3Aword@one:6379", [("two", 6380)])


def test_a_url_that_names_no_user_is_of_the_services_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "redis_password").write_text("p@ss")
    for given, where in (("redis://redis:6379/0", "@redis:6379/0"), ("redis+cluster://one:1,two:2", "@one:1,two:2")):
        monkeypatch.setenv("SOCIETAS_REDIS_URL", given)

        url = serving.url("redis", tmp_path, user="events").get_secret_value()
        assert url == given.partition("//")[0] + "//events:p%40ss" + where


def test_a_secret_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETAS_REDIS_URL", "redis://default@redis:6379/0")

    with pytest.raises(SystemExit, match=r"redis_password.*secrets\.sh"):
        serving.url("redis", tmp_path)


def test_a_variable_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOCIETAS_DATABASE_URL", raising=False)

    with pytest.raises(SystemExit, match="SOCIETAS_DATABASE_URL"):
        serving.url("database")


@pytest.mark.parametrize(("until", "status"), [(0.0, 503), (float("inf"), 200)])
async def test_an_instance_answers_for_what_it_holds_only_while_its_lease_cannot_have_run_out(
    until: float, status: int
) -> None:
    app = FastAPI()
    app.state.service = SimpleNamespace(
        listener=SimpleNamespace(readings={0: Reading(cast("Any", None), until)}),
        settings=SimpleNamespace(partitions=1),
        metrics=SimpleNamespace(registry=CollectorRegistry()),
    )

    transport = httpx2.ASGITransport(app=serving.Seats(app))
    async with httpx2.AsyncClient(transport=transport, base_url="http://societas.test") as client:
        assert (await client.get("/seats")).status_code == status


def test_the_portal_is_given_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCIETAS_ISSUER", "urn:societas:tests")

    assert serving.settings_of("portal").database_url.get_secret_value() == ""


def test_a_service_nobody_knows_is_not_served() -> None:
    with pytest.raises(SystemExit, match="membership"):
        serving.main(["stranger"])


def test_the_health_check_says_in_words_what_is_missing(answering: Answering) -> None:
    checks = [
        {"name": "database", "ok": True, "detail": None},
        {"name": "bus", "ok": False, "detail": "消息总线没有应答"},
    ]

    assert ready(answering(503, {"status": "not-ready", "checks": checks})) == (False, "bus: 消息总线没有应答")
    assert ready(answering(200, {"status": "ready", "checks": checks[:1]})) == (True, "ready")


@pytest.mark.parametrize("document", [None, [], {}, {"checks": None}, "busy"])
def test_a_strange_answer_is_not_taken_for_a_good_one(answering: Answering, document: Any) -> None:
    assert not ready(answering(200, document))[0]


def test_nobody_answering_is_said_too() -> None:
    well, words = ready(port=1)

    assert not well
    assert "no answer" in words

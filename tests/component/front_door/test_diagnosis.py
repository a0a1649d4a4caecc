import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from societas import diagnosis


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of something that takes calls and never answers."""
    monkeypatch.setattr(diagnosis, "_SECONDS", 0.3)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        yield f"http://127.0.0.1:{silent.getsockname()[1]}"


class _Alive(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'{"status": "ready", "checks": []}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def alive() -> Iterator[str]:
    """The address of a platform that answers."""
    server = HTTPServer(("127.0.0.1", 0), _Alive)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def found(data: Path, url: str) -> dict[str, diagnosis.Finding]:
    return {one.link: one for one in diagnosis.examine(data, url)}


def test_who_never_answers_is_not_called_a_stranger_and_a_restart_is_advised(tmp_path: Path, stuck: str) -> None:
    port = found(tmp_path, stuck)["port"]

    assert not port.ok
    assert "does not answer within" in port.en
    assert "Restart the platform" in port.en
    assert "重新启动" in port.zh


def test_a_bus_that_is_gone_while_the_platform_is_there_takes_a_restart(tmp_path: Path, alive: str) -> None:
    assert "Restart the platform" in found(tmp_path, alive)["bus"].en


def test_a_bus_that_is_off_with_its_platform_takes_none(tmp_path: Path) -> None:
    assert "Restart" not in found(tmp_path, "http://127.0.0.1:9")["bus"].en


def test_a_bus_that_does_not_answer_is_waited_for_first(tmp_path: Path, alive: str) -> None:
    home = tmp_path / "valkey"
    home.mkdir()
    (home / "port").write_text("1")
    (home / "password").write_text("x")
    bus = found(tmp_path, alive)["bus"].en

    assert "started again within a second" in bus
    assert "(ConnectionError)" in bus


class _Ailing(BaseHTTPRequestHandler):
    """An instance of another version whose database is away, with a dead letter."""

    def do_GET(self) -> None:
        if self.path.endswith("/metrics"):
            body = b"# HELP societas_dead_letters x\nsocietas_dead_letters 2.0\n"
        else:
            body = (
                b'{"status": "not-ready", "version": "0.0.9",'
                b' "checks": [{"name": "database", "ok": false, "detail": "The database does not answer."}]}'
            )
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def ailing() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Ailing)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_instance_is_asked_for_its_troubles_dead_letters_and_version(
    tmp_path: Path, alive: str, ailing: str
) -> None:
    links = {one.link: one for one in diagnosis.examine(tmp_path, alive, [ailing])}

    assert "database does not answer" in links["localhost/database"].en
    assert "2 events could not be applied" in links["localhost/dead-letters"].en
    assert "version 0.0.9" in links["localhost/version"].en


def test_an_instance_that_is_gone_is_named(tmp_path: Path, alive: str) -> None:
    links = {one.link: one for one in diagnosis.examine(tmp_path, alive, ["http://localhost:9"])}

    assert "does not answer" in links["localhost"].en


def test_too_little_room_is_named(tmp_path: Path, alive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnosis, "_LEAST_SHARE", 1.1)

    assert "make room" in found(tmp_path, alive)["data"].en

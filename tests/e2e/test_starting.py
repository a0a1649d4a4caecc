"""What is in the way of a platform is told in one sentence."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody else listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def begun(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "societas"), *words, "--data", str(data)]
    env = {**os.environ, "LANG": "en_GB.UTF-8"}
    return subprocess.run(  # noqa: S603 - our own
        command, env=env, check=False, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_port_that_is_taken_is_told_in_one_sentence(command: str, taken: int, tmp_path: Path) -> None:
    done = begun(tmp_path, command, "--port", str(taken))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "The port is taken",
        f"Port {taken} cannot be opened (Address already in use). Choose another with --port.",
    ]


def test_as_json_it_is_one_document(taken: int, tmp_path: Path) -> None:
    done = begun(tmp_path, "demo", "--no-serve", "--json", "--port", str(taken))

    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads(done.stderr)["error"]["type"] == "urn:societas:problem:port-taken"


def test_a_directory_that_cannot_be_made_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = begun(tmp_path / "file" / "data", "up", "--port", "18099")

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "The data directory cannot be written"

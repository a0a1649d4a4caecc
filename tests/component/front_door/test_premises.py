import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from ports import free_port

from societas.directories import directory_at
from societas.platform import ADMIN_TOKEN
from societas.premises import DataInUse, DataNotWritable, PortTaken, Premises, works_at


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_port_that_is_taken_is_named_and_the_directory_is_free_again(tmp_path: Path, taken: int) -> None:
    with pytest.raises(PortTaken, match=str(taken)):
        Premises(tmp_path, taken)

    Premises(tmp_path, free_port()).close()


def test_two_platforms_do_not_work_on_one_directory(tmp_path: Path) -> None:
    with Premises(tmp_path, free_port()), pytest.raises(DataInUse):
        Premises(tmp_path, free_port())


def test_a_file_is_no_data_directory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(DataNotWritable, match="file"):
        Premises(tmp_path / "file", free_port())


def test_a_directory_tells_whose_platform_works_there_and_forgets_one_that_is_gone(tmp_path: Path) -> None:
    port = free_port()
    with Premises(tmp_path, port) as premises:
        assert works_at(tmp_path, premises.url)
        assert works_at(tmp_path, f"http://localhost:{port}/")
        assert not works_at(tmp_path, f"http://127.0.0.1:{port + 1}")

    assert not works_at(tmp_path, premises.url)


def test_a_command_finds_the_directory_of_the_platform_it_speaks_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Premises(Path(".societas"), free_port()) as own, Premises(Path(".societas-demo"), free_port()) as demo:
        assert directory_at(own.url) == Path(".societas")
        assert directory_at(demo.url) == Path(".societas-demo")

    (tmp_path / ".societas-demo" / ADMIN_TOKEN).touch()
    assert directory_at(own.url) == Path(".societas-demo"), "the only one with credentials"


def test_the_port_takes_calls_before_anything_serves_it(tmp_path: Path) -> None:
    with Premises(tmp_path, free_port()) as premises:
        socket.create_connection(("127.0.0.1", premises.port)).close()


def test_nothing_of_the_premises_is_handed_to_child_processes(tmp_path: Path) -> None:
    with Premises(tmp_path, free_port()) as premises:
        assert not os.get_inheritable(premises.socket.fileno())

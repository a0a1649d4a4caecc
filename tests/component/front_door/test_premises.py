import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from ports import free_port

from societas.directories import NotRunning, address_at, directory_at, vouches
from societas.platform import ADMIN_TOKEN
from societas.premises import DataInUse, DataNotWritable, PortTaken, Premises, opened, works_at


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


def _open_to_others(directory: Path) -> list[str]:
    return [path.name for path in (directory, *directory.rglob("*")) if path.stat().st_mode & 0o077]


def test_nobody_else_reads_a_data_directory_and_one_of_an_earlier_version_is_closed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    (data / "valkey" / "appendonlydir").mkdir(parents=True)
    for name in ("membership.db", "membership.db-wal", "jwks.json", "valkey/valkey.log", "valkey/appendonlydir/a.aof"):
        (data / name).touch(mode=0o644)
    data.chmod(0o755)
    with opened(data, free_port()):
        assert _open_to_others(data) == []

    with opened(tmp_path / "new", free_port()):
        assert _open_to_others(tmp_path / "new") == []


def test_what_else_lies_in_a_data_directory_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch(mode=0o644)
    with opened(tmp_path, free_port()):
        assert (tmp_path / "notes.txt").stat().st_mode & 0o777 == 0o644


def test_a_usual_port_that_is_taken_gives_way_and_one_that_was_asked_for_does_not(
    tmp_path: Path, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("societas.premises.DEFAULT_PORT", taken)
    with opened(tmp_path, None) as premises:
        assert premises.port > taken
    with pytest.raises(PortTaken):
        opened(tmp_path, taken)


def test_a_data_directory_tells_where_its_platform_is_or_that_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Premises(Path("mine"), free_port()) as mine, Premises(Path(".societas-demo"), free_port()) as demo:
        assert address_at(Path("mine")) == mine.url
        assert address_at(None) == demo.url
    with pytest.raises(NotRunning, match="mine"):
        address_at(Path("mine"))
    assert address_at(None) is None


def test_credentials_are_for_their_own_platform_or_for_what_the_environment_names_with_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Premises(tmp_path, free_port()) as premises:
        assert vouches(tmp_path, premises.url)
        assert not vouches(tmp_path, "http://elsewhere.example")
    assert not vouches(tmp_path, premises.url)

    monkeypatch.setenv("SOCIETAS_URL", "http://gateway:8081")
    monkeypatch.setenv("SOCIETAS_DATA", str(tmp_path))
    assert vouches(tmp_path, "http://gateway:8081")
    assert not vouches(tmp_path, "http://elsewhere.example")

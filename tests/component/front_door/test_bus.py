import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from waiting import wait_until

from societas.valkey import BusDoesNotStart, EmbeddedBus

ROOT = Path(__file__).parents[3]
KILLED = """
import os, signal, sys
from pathlib import Path
from societas.valkey import EmbeddedBus
bus = EmbeddedBus(Path(sys.argv[1]))
bus.start()
print(bus.url, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[EmbeddedBus]:
    bus = EmbeddedBus(tmp_path)
    bus.start()
    yield bus
    bus.stop()


def pid_of(url: str) -> int:
    with redis.Redis.from_url(url) as client:
        return int(client.info("server")["process_id"])


def answers(url: str) -> bool:
    with contextlib.suppress(redis.RedisError), redis.Redis.from_url(url) as client:
        return bool(client.ping())
    return False


def test_an_interrupt_from_the_terminal_is_not_the_buss(bus: EmbeddedBus) -> None:
    assert os.getsid(pid_of(bus.url)) != os.getsid(0)


def test_what_was_written_is_there_after_a_stop_and_a_start(bus: EmbeddedBus) -> None:
    with redis.Redis.from_url(bus.url) as client:
        client.set("kept", "yes")
    bus.stop()
    bus.start()

    with redis.Redis.from_url(bus.url) as client:
        assert client.get("kept") == b"yes"


def test_its_password_is_in_no_file_that_others_read(bus: EmbeddedBus, tmp_path: Path) -> None:
    password = (tmp_path / "valkey" / "password").read_text()
    open_files = [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_mode & 0o044]

    assert password in bus.url
    assert not [path for path in open_files if password in path.read_text(errors="replace")]


def killed_with_its_platform(data: Path) -> str:
    """The address of the bus of a platform that was killed."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'shared'}"}
    command = [sys.executable, "-c", KILLED, str(data)]
    killed = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 - ours
    assert killed.returncode == -signal.SIGKILL
    return killed.stdout.strip()


async def test_it_ends_with_a_platform_that_is_killed(tmp_path: Path) -> None:
    url = killed_with_its_platform(tmp_path)

    await wait_until(lambda: not answers(url))


async def test_a_bus_that_ends_is_started_again_where_it_was(bus: EmbeddedBus) -> None:
    before, looking_after = bus.url, asyncio.create_task(bus.look_after())
    os.kill(pid_of(before), signal.SIGKILL)
    await wait_until(lambda: not answers(before))
    await wait_until(lambda: answers(before))

    assert bus.url == before
    looking_after.cancel()


def test_a_bus_that_does_not_start_says_where_its_log_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing: Callable[[], str] = lambda: "/bin/false"  # noqa: E731 - a binary that ends at once
    monkeypatch.setattr("societas.valkey.get_binary_path", refusing)

    with pytest.raises(BusDoesNotStart, match=r"valkey\.log"):
        EmbeddedBus(tmp_path).start()

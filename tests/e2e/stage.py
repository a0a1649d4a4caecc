"""A platform on a thread of its own whose clock the test moves, and a shell beside it."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
from ports import free_port

from chassis.clock import SteppedClock
from contracts.calendar import CST
from societas.embedded import Embedded
from societas.premises import Premises

SEATED = 50


class Stage:
    """A platform on a thread of its own whose clock the test moves, and a shell beside it."""

    def __init__(self, data: Path) -> None:
        self.clock = SteppedClock(datetime(2025, 12, 1, 9, 0, tzinfo=CST))
        self.platform = Embedded(Premises(data, free_port()), self.clock)
        self._data = data
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def open(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.platform.start(), self._loop).result(60)
        headers = {"Authorization": f"Bearer {self.platform.admin_token}"}
        self.http = httpx2.Client(base_url=self.platform.url, headers=headers, timeout=30)

    def close(self) -> None:
        self.http.close()
        asyncio.run_coroutine_threadsafe(self.platform.stop(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)
        self._loop.close()

    def tell(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self.http.post(f"/api/membership/{path}", json=body).raise_for_status()
        told: dict[str, Any] = answer.json()
        return told

    def shell(self, commands: str, **more: str) -> str:
        """What the commands print; one that fails fails the test."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        known = {"SOCIETAS_URL": self.platform.url, "SOCIETAS_DATA": str(self._data), "LANG": "en_GB.UTF-8"}
        done = subprocess.run(  # noqa: S603 - the test's own commands
            ["/bin/sh", "-eu", "-c", commands], env={**os.environ, "PATH": path, **known, **more}, check=False,
            capture_output=True, text=True, cwd=self._data, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def eventually(self, true: Callable[[], bool]) -> None:
        """Waits for what the services hear of in their own time; fails if they do not."""
        for _ in range(SEATED):
            if true():
                return
            threading.Event().wait(0.1)
        raise AssertionError("waited in vain")

    def read(self, path: str) -> dict[str, Any]:
        document: dict[str, Any] = self.http.get(path).raise_for_status().json()
        return document

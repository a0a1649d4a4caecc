"""A platform in a process of its own, and a client that goes on asking until it is answered."""

import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import forks
import httpx2
import programs
import redis
from ports import free_port

from societas import valkey

PATIENCE = 60.0
SPEAKERS = ("membership", "events", "federation", "evaluation")


class Platform:
    """Starts, dies and is started again on the same data; requests are repeated until one is answered."""

    def __init__(self, data: Path, database_url: str | None = None, **environment: str) -> None:
        """`environment` are variables that it has beside ours."""
        self.data = data
        self.environment = environment
        self.port = free_port()
        self.deaths = 0
        self._database_url = database_url
        self._process: BaseProcess | None = None
        self.http = httpx2.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=30)

    def start(self, die_at: str | None = None) -> None:
        (self.data / "started").unlink(missing_ok=True)
        arguments = [str(self.data), str(self.port), *([self._database_url] if self._database_url else [])]
        fate = {"SOCIETAS_DIE_AT": die_at} if die_at else {}
        log = self.data / "process.log"
        self._process = forks.start(programs.platform, log, *arguments, **self.environment, **fate)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.is_alive()

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.join()

    def stop_process(self) -> None:
        if self.alive:
            assert self._process is not None
            self._process.terminate()
            self._process.join(30)
            assert not self.alive, "the platform does not stop"

    def stop(self) -> None:
        self.stop_process()
        self.http.close()

    def database_of(self, service: str) -> str:
        return (self._database_url or f"sqlite+aiosqlite:///{self.data}/{{service}}.db").format(service=service)

    def revive(self) -> None:
        """Starts it again if it died, this time to live."""
        if not self.alive:
            self.deaths += 1
            self.start()

    def ask(self, method: str, path: str, body: Any = None, key: str | None = None, **more: Any) -> httpx2.Response:
        """Repeats a request over deaths and restarts until it is answered; the key makes repeating harmless."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                headers = {"Authorization": f"Bearer {self.token}", **({"Idempotency-Key": key} if key else {})}
                answer = self.http.request(method, path, json=body, headers=headers, **more)
                if answer.status_code < 500:
                    return answer
            except (httpx2.TransportError, FileNotFoundError):
                self.revive()
            time.sleep(0.02)
        raise AssertionError(f"{method} {path} was never answered\n{(self.data / 'process.log').read_text()[-4000:]}")

    @property
    def token(self) -> str:
        (self.data / "started").stat()
        return (self.data / "admin.token").read_text().strip()

    @property
    def bus(self) -> redis.Redis:
        home = self.data / "valkey"
        return valkey.client(int((home / "port").read_text()), (home / "password").read_text())

    def standings(self) -> dict[str, dict[str, Any]]:
        """Where each service's log ends, and how far it has applied the others'."""
        return {service: self.ask("GET", f"/api/{service}/log/head").json() for service in SPEAKERS}

    def heads(self) -> dict[str, int]:
        """Where each log ends."""
        return _ends(self.standings())

    def settle(self) -> dict[str, int]:
        """Waits until a day has begun and evaluation has applied every log to its end; returns the ends."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            standings = self.standings()
            ends, heard = _ends(standings), standings["evaluation"]["heard"]
            waiting = sum(one["waiting"] for one in standings.values())
            if ends["evaluation/0"] and not waiting and all(heard.get(log, 0) == end for log, end in ends.items()):
                return ends
            time.sleep(0.05)
        raise AssertionError(f"never caught up: {standings}\n{(self.data / 'process.log').read_text()[-4000:]}")


def _ends(standings: dict[str, dict[str, Any]]) -> dict[str, int]:
    return {
        f"{service}/{head['partition']}": head["position"]
        for service, standing in standings.items()
        for head in standing["heads"]
    }

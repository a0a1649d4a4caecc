"""A deployment as its operators have it before them: through the gateway, by docker, and by its secrets."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx2

from societas.logs import behind
from societas.platform import RECORD_KEEPERS

INSTANCES = ("evaluation", "evaluation-2")
KEEPERS = ("membership", "events", "federation", *INSTANCES)
PARTITIONS = 4

ASK = """
import sys, urllib.request
request = urllib.request.Request(sys.argv[1], headers={"Authorization": "Bearer " + sys.stdin.read()})
print(urllib.request.urlopen(request, timeout=30).read().decode())
"""


@dataclass(frozen=True)
class Deployment:
    """What tests/compose/run brought up."""

    directory: Path
    project: str
    gateway: str
    prometheus: str
    secrets: Path
    generation: str

    @classmethod
    def of_environment(cls) -> Self:
        """The one that the variables tell of."""
        told = os.environ
        return cls(
            directory=Path(told["DEPLOYMENT"]),
            project=told["COMPOSE_PROJECT_NAME"],
            gateway=f"http://{told['GATEWAY_ADDRESS']}",
            prometheus=f"http://{told['PROMETHEUS_ADDRESS']}",
            secrets=Path(told["SECRETS"]),
            generation=told["GENERATION"],
        )

    def secret(self, name: str) -> str:
        """The content of a secret file."""
        return (self.secrets / name).read_text().strip()

    def compose(self, *arguments: str) -> str:
        """What a compose command prints."""
        command = ["docker-compose"] if self.generation == "1" else ["docker", "compose"]
        return run(*command, *arguments, cwd=self.directory)

    def containers(self) -> dict[str, dict[str, Any]]:
        """What docker knows of every container, by the name of its service; one-shot jobs included."""
        ids = run("docker", "ps", "--all", "--quiet", "--filter", f"label=com.docker.compose.project={self.project}")
        found = json.loads(run("docker", "inspect", *ids.split()))
        return {one["Config"]["Labels"]["com.docker.compose.service"]: one for one in found}

    def container(self, service: str) -> dict[str, Any]:
        """What docker knows of one service's container."""
        return self.containers()[service]

    def healthy(self, *services: str) -> bool:
        """Whether docker says of all of them that they are."""
        known = self.containers()
        return all(known[one]["State"].get("Health", {}).get("Status") == "healthy" for one in services)

    def ready(self, *services: str) -> bool:
        """Whether each says so itself, asked in its own container: a gateway answers with whichever is."""
        ids = {name: one["Id"] for name, one in self.containers().items() if name in services}
        ask = "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/readyz', timeout=5)"
        return all(attempt("docker", "exec", ids[one], "python", "-c", ask).returncode == 0 for one in services)

    def complaint(self, service: str) -> str:
        """What the last health check of a service printed."""
        checks = self.container(service)["State"]["Health"]["Log"] or [{"Output": ""}]
        return str(checks[-1]["Output"])

    def crash(self, service: str) -> None:
        """Ends a service's process as a fault would: the engine does not know that it was meant."""
        os.kill(int(self.container(service)["State"]["Pid"]), signal.SIGKILL)

    def kill(self, service: str) -> None:
        """Ends a service for good: the engine does not start it again by itself."""
        run("docker", "kill", self.container(service)["Id"])

    @contextmanager
    def stopped(self, service: str) -> Iterator[None]:
        """Ends a service in order for a while, as its operator does."""
        container = self.container(service)["Id"]
        run("docker", "stop", container)
        try:
            yield
        finally:
            run("docker", "start", container)

    @contextmanager
    def paused(self, service: str) -> Iterator[None]:
        """Stops a service in its tracks for a while; it does not know."""
        container = self.container(service)["Id"]
        run("docker", "pause", container)
        try:
            yield
        finally:
            run("docker", "unpause", container)

    def start(self, service: str) -> None:
        """Starts one that was killed."""
        run("docker", "start", self.container(service)["Id"])

    def redis(self, *command: str) -> str:
        """What the bus answers to a command, given in its own container."""
        known = f"REDISCLI_AUTH={self.secret('administrator_redis_password')}"
        cli = ("redis-cli", "--user", "administrator", "-e")
        return run("docker", "exec", "-e", known, self.container("redis")["Id"], *cli, *command).strip()

    def ends_of_streams(self, service: str) -> list[int]:
        """The positions where the bus' copies of a service's log end, by partition; 0 where there is none."""
        lasts = [
            self.redis("XREVRANGE", f"societas.{{{service}.{partition}}}", "+", "-", "COUNT", "1")
            for partition in range(PARTITIONS)
        ]
        return [int(last.partition("-")[0] or 0) for last in lasts]

    def inside(self, url: str) -> str:
        """What an address answers that is not open to the outside."""
        portal = self.container("portal")["Id"]
        return run("docker", "exec", "-i", portal, "python", "-c", ASK, url, told=self.secret("admin_token"))

    def standings(self) -> dict[str, Any]:
        """Where each log ends, and how far everybody has come."""
        urls = {name: f"http://gateway:8081/api/{name}/log/head" for name in RECORD_KEEPERS}
        return {name: json.loads(self.inside(url)) for name, url in urls.items()}

    def settled(self) -> bool:
        """Whether everybody has applied everything."""
        return not behind(self.standings())

    def held(self, service: str) -> list[int]:
        """The partitions that an instance of evaluation holds, if it answers for all of them."""
        ask = "import urllib.request as r; print(r.urlopen('http://127.0.0.1:8000/seats').read().decode())"
        done = attempt("docker", "exec", self.container(service)["Id"], "python", "-c", ask)
        return [int(number) for number in done.stdout.split()]

    def shared_out(self) -> bool:
        """Whether the instances of evaluation hold two partitions each."""
        return sorted(map(len, (self.held(instance) for instance in INSTANCES))) == [2, 2]

    def operator(self) -> httpx2.Client:
        """A client at the gateway with the administrator's token."""
        headers = {"Authorization": f"Bearer {self.secret('admin_token')}", "Accept-Language": "en"}
        return httpx2.Client(base_url=self.gateway, headers=headers, timeout=60)


def attempt(*command: str, cwd: Path | None = None, told: str | None = None) -> subprocess.CompletedProcess[str]:
    """What comes of a command that is told something on its standard input."""
    return subprocess.run(command, check=False, cwd=cwd, input=told, capture_output=True, text=True)  # noqa: S603


def run(*command: str, cwd: Path | None = None, told: str | None = None) -> str:
    """What a command prints on its standard output; it must succeed."""
    done = attempt(*command, cwd=cwd, told=told)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
    return done.stdout


def wait_until(true: Callable[[], bool], seconds: float = 120.0) -> None:
    """Waits for a condition; fails when it does not come true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.2)

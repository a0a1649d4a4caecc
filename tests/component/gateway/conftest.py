"""The gateway's own file on a real Caddy, in front of real services, on ports of the loopback."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx2
import pytest
from ports import free_port
from serving import served
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from waiting import wait_until

from chassis.clock import SteppedClock
from chassis.migrations import migrate
from services.evaluation.app import build as build_evaluation
from services.membership.app import build as build_membership
from societas.serving import Seats

SPEAKERS = ("membership", "events", "federation", "evaluation")
FILE = Path(__file__).parents[3] / "infra" / "gateway" / "Caddyfile"
collect_ignore = [] if shutil.which("caddy") else ["test_gateway.py", "test_forwarding.py"]


@pytest.fixture
async def services(
    settings_for: Callable[..., Any], clock: SteppedClock, tmp_path: Path
) -> AsyncIterator[dict[str, int]]:
    """The ports of membership and evaluation, each with its seats, as in their containers."""
    ports = {}
    async with AsyncExitStack() as stack:
        for name, build in {"membership": build_membership, "evaluation": build_evaluation}.items():
            url = f"sqlite+aiosqlite:///{tmp_path / name}.db"
            await migrate(url, name)
            ports[name] = free_port()
            app = build(settings_for(name, url, peers=dict.fromkeys(SPEAKERS, "http://127.0.0.1:9")), clock)
            await stack.enter_async_context(served(Seats(app), ports[name], root_path=f"/api/{name}"))
        ports["portal"] = free_port()
        await stack.enter_async_context(served(_reading, ports["portal"]))
        yield ports


async def _reading(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands where the portal is: reads all that it is sent, says how much that was, and for whom it is asked."""
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    request = Request(scope, receive)
    asked_for = {"X-Asked-For": request.headers.get("X-Forwarded-For", "")}
    answer = PlainTextResponse(str(len(await request.body())), 404, asked_for)
    await answer(scope, receive, send)


@pytest.fixture
def doors() -> tuple[int, int]:
    """The ports of the public door and of the one inside."""
    return free_port(), free_port()


@pytest.fixture
async def gateway(services: dict[str, int], doors: tuple[int, int], tmp_path: Path) -> AsyncIterator[str]:
    """The address of the public door."""
    file = tmp_path / "Caddyfile"
    file.write_text(_at_home(FILE.read_text(encoding="utf-8"), services, doors))
    command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    with (tmp_path / "caddy.log").open("wb") as log:
        caddy = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log, env=_home(tmp_path))
    public, inside = (f"http://127.0.0.1:{port}" for port in doors)
    try:
        await wait_until(lambda: _answers(f"{inside}/gateway", caddy, tmp_path))
        yield public
    finally:
        caddy.terminate()
        await caddy.wait()


def _home(directory: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(directory)}


def _at_home(file: str, services: dict[str, int], doors: tuple[int, int]) -> str:
    """The same file with every host on the loopback."""
    for host in ("membership", "events", "federation", "portal", "evaluation-2", "evaluation"):
        port = services.get(host.removesuffix("-2"), services["membership"])
        file = re.sub(rf"\b{host}:8000\b", f"127.0.0.1:{port}", file)
    for before, port in zip(("8080", "8081"), doors, strict=True):
        file = file.replace(f"servers :{before}", f"servers 127.0.0.1:{port}")
        file = file.replace(f"\n:{before} {{", f"\n:{port} {{\n\tbind 127.0.0.1")
    return re.sub(r"\b(read_header|read_body|idle) \d+s", r"\1 1s", file)


async def _answers(url: str, caddy: asyncio.subprocess.Process, directory: Path) -> bool:
    assert caddy.returncode is None, (directory / "caddy.log").read_text()
    async with httpx2.AsyncClient() as http:
        try:
            return (await http.get(url)).is_success
        except httpx2.TransportError:
            return False

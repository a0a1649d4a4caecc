"""The whole platform in one process: five services under one root, an embedded bus, a database file each."""

import asyncio
import contextlib
import fcntl
import json
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.routing import Mount, Route, Router

from chassis.clock import Clock
from chassis.collector import settle_down
from chassis.issuer import Issuer
from chassis.migrations import migrate
from chassis.settings import Settings
from chassis.signing import SigningKey
from services.evaluation.app import build as build_evaluation
from services.events.app import build as build_events
from services.federation.app import build as build_federation
from services.membership.app import build as build_membership
from services.portal.app import build as build_portal
from societas.valkey import EmbeddedBus

RECORD_KEEPERS = {
    "membership": build_membership,
    "events": build_events,
    "federation": build_federation,
    "evaluation": build_evaluation,
}
ISSUER = "urn:societas:embedded"
_SEAL = "signing-key.pem"
_FOR_EVER = timedelta(days=3650)


class AlreadyRunning(Exception):  # noqa: N818 - a state of affairs
    """Another platform works on this data directory."""


class PortClosed(Exception):  # noqa: N818 - a state of affairs
    """The port cannot be opened: another program listens there, or it takes more rights; says why."""


class Embedded:
    """A platform on one data directory; `start` brings it up, `stop` takes it down, and nothing is lost in between."""

    def __init__(
        self,
        data: Path,
        port: int,
        clock: Clock,
        *,
        host: str = "127.0.0.1",
        database_url: str | None = None,
        demo: bool = False,
    ) -> None:
        """`database_url`, with `{service}` in it, puts the databases elsewhere than into files under `data`."""
        self.data = data
        self.database_url = database_url or f"sqlite+aiosqlite:///{data.resolve()}/{{service}}.db"
        self.demo = demo
        self.port = port
        self.host = host
        self.clock = clock
        self.url = f"http://127.0.0.1:{port}"
        self.apps: dict[str, FastAPI] = {}
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Starts bus, databases, HTTP and then the services, each waiting for what it needs.

        Raises:
            AlreadyRunning: the data directory is in use.
            PortClosed: the port cannot be opened.
            OSError: the data directory cannot be written.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise

    async def _start(self) -> None:
        self._stack.callback(self._lock().close)
        # Before anything is started: what is in the way is told at once.
        port = self._opened()
        self._stack.callback(port.close)
        generated = self.data / "generated"
        if self.demo:
            generated.touch()
        # Records that were generated stay so, whoever starts the platform on them the next time.
        self.demo = generated.exists()
        self.issuer = Issuer.open(self.data, url=ISSUER)
        (self.data / "jwks.json").write_text(json.dumps(self.issuer.jwks()))
        SigningKey.open(self.data / _SEAL)
        self.bus = EmbeddedBus(self.data)
        await asyncio.to_thread(self.bus.start)
        self._stack.callback(self.bus.stop)
        for name, build in RECORD_KEEPERS.items():
            settings = self.settings(name)
            await migrate(settings.database_url.get_secret_value(), name)
            self.apps[name] = build(settings, self.clock)
        self.apps["portal"] = build_portal(self.settings("portal"), self.clock)
        await self._serve(self._root(), port)
        for app in self.apps.values():
            await self._stack.enter_async_context(app.router.lifespan_context(app))
        settle_down()

    async def stop(self) -> None:
        """Stops in the opposite order."""
        await self._stack.aclose()

    @property
    def admin_token(self) -> str:
        """A token of the association, made once for the data directory and kept in a file only its owner reads."""
        path = self.data / "admin.token"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(self.issuer.mint("admin", ["association", "evaluator", "auditor"], _FOR_EVER))
        return path.read_text().strip()

    def service_token(self, name: str) -> str:
        """The credentials of one service."""
        return self.issuer.mint(name, [f"service:{name}"], _FOR_EVER)

    def settings(self, name: str) -> Settings:
        """The settings of one service on this footing."""
        return Settings(
            database_url=SecretStr(self.database_url.format(service=name)),
            redis_url=SecretStr(self.bus.url),
            peers={peer: f"{self.url}/api/{peer}" for peer in RECORD_KEEPERS},
            service_token=SecretStr(self.service_token(name)),
            issuer=ISSUER,
            jwks_file=self.data / "jwks.json",
            signing_key_file=self.data / _SEAL,
            demo=self.demo,
        )

    def _root(self) -> Router:
        services = [Mount(f"/api/{name}", self.apps[name]) for name in RECORD_KEEPERS]
        issuer = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
        issuer.include_router(self.issuer.router())
        keys = Route("/.well-known/{document}", issuer)
        return Router([*services, keys, Mount("/", self.apps["portal"])])

    async def _serve(self, root: Router, port: socket.socket) -> None:
        config = uvicorn.Config(
            root,
            lifespan="off",
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=5,
        )
        server = _Server(config)
        serving = asyncio.create_task(server.serve([port]), name="http")
        while not server.started:
            if serving.done():
                await serving
            await asyncio.sleep(0.01)

        async def end() -> None:
            server.should_exit = True
            await serving

        self._stack.push_async_callback(end)

    def _opened(self) -> socket.socket:
        opened = socket.socket()
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((self.host, self.port))
            # Bound alone, two could hold it: who listens has it to themselves.
            opened.listen(2048)
        except OSError as error:
            opened.close()
            raise PortClosed(error.strerror) from error
        return opened

    def _lock(self) -> IO[str]:
        lock = (self.data / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise AlreadyRunning(str(self.data)) from error
        return lock


class _Server(uvicorn.Server):
    """An HTTP server that leaves signals to whoever started the platform."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        with contextlib.nullcontext():
            yield

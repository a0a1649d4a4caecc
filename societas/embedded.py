"""The whole platform in one process: five services under one root, an embedded bus, a database file each."""

import asyncio
import contextlib
import json
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.routing import Mount, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.clock import Clock
from chassis.collector import settle_down
from chassis.http_refusals import NotFound
from chassis.issuer import Issuer
from chassis.migrations import migrate
from chassis.nosniff import NoSniff
from chassis.problems import send_refusal
from chassis.settings import Settings
from chassis.signing import SigningKey
from services.evaluation.app import build as build_evaluation
from services.events.app import build as build_events
from services.federation.app import build as build_federation
from services.membership.app import build as build_membership
from services.portal.app import build as build_portal
from societas import admin_token, http_server
from societas.minting import EMBEDDED
from societas.premises import Premises
from societas.valkey import EmbeddedBus

RECORD_KEEPERS = {
    "membership": build_membership,
    "events": build_events,
    "federation": build_federation,
    "evaluation": build_evaluation,
}
_SEAL = "signing-key.pem"
_RENEWED_EVERY_SECONDS = 3_600.0


class Embedded:
    """A platform on its premises; `start` brings it up, `stop` takes it down, and nothing is lost in between."""

    def __init__(
        self,
        premises: Premises,
        clock: Clock,
        *,
        database_url: str | None = None,
        waits: http_server.Waits | None = None,
    ) -> None:
        """`database_url`, with `{service}` in it, puts the databases elsewhere than into files of the data directory.

        `waits` is how long slow callers are waited for, where not as long as everywhere.
        From `start` on the premises are the platform's, and closed with it.
        """
        self.premises = premises
        self.data = premises.data
        self.database_url = database_url or f"sqlite+aiosqlite:///{self.data}/{{service}}.db"
        self.clock = clock
        self.url = premises.url
        self._waits = waits
        self.apps: dict[str, FastAPI] = {}
        # Nobody has to know them but the services, and these end with the platform.
        self._keys = {service: SigningKey.new() for service in RECORD_KEEPERS}
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Starts bus, databases, HTTP and then the services, each waiting for what it needs.

        Raises:
            BusDoesNotStart: so it is.
            OSError, sqlalchemy.exc.DBAPIError: something in the data directory cannot be read or written.
        """
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise

    async def _start(self) -> None:
        self._stack.callback(self.premises.close)
        self.issuer = Issuer.open(self.data, url=EMBEDDED)
        own = [key.jwk_of(service) for service, key in self._keys.items()]
        (self.data / "jwks.json").write_text(json.dumps({"keys": [*self.issuer.jwks()["keys"], *own]}))
        SigningKey.open(self.data / _SEAL)
        admin_token.renew(self.data, self.issuer)
        self._in_the_background(self._renew_for_ever(), name="the administrator's token is renewed")
        await self._start_bus()
        for name, build in RECORD_KEEPERS.items():
            settings = self.settings(name)
            await migrate(settings.database_url.get_secret_value(), name)
            self.apps[name] = build(settings, self.clock)
        self.apps["portal"] = build_portal(self.settings("portal"), self.clock)
        await self._serve(self._root())
        for app in self.apps.values():
            await self._stack.enter_async_context(app.router.lifespan_context(app))
        settle_down()

    async def _start_bus(self) -> None:
        self.bus = EmbeddedBus(self.data)
        self._stack.callback(self.bus.stop)
        await asyncio.to_thread(self.bus.start)
        self._in_the_background(self.bus.look_after(), name="the bus is looked after")

    def _in_the_background(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)

        async def end() -> None:
            task.cancel()
            await asyncio.wait([task])

        self._stack.push_async_callback(end)

    async def stop(self) -> None:
        """Stops in the opposite order."""
        await self._stack.aclose()

    @property
    def admin_token(self) -> str:
        """A token of the association, in a file only its owner reads; it lasts some weeks, and is renewed in time."""
        return admin_token.read(self.data)

    async def _renew_for_ever(self) -> None:
        while True:
            await asyncio.sleep(_RENEWED_EVERY_SECONDS)
            admin_token.renew(self.data, self.issuer)

    def settings(self, name: str) -> Settings:
        """The settings of one service on this footing."""
        return Settings(
            database_url=SecretStr(self.database_url.format(service=name)),
            redis_url=SecretStr(self.bus.url_of(name) if name in RECORD_KEEPERS else ""),
            peers={peer: f"{self.url}/api/{peer}" for peer in RECORD_KEEPERS},
            service_key=SecretStr(self._keys[name].pem().decode()) if name in self._keys else None,
            issuer=EMBEDDED,
            jwks_file=self.data / "jwks.json",
            signing_key_file=self.data / _SEAL,
            demo=self.premises.generated,
        )

    def _root(self) -> ASGIApp:
        services = [Mount(f"/api/{name}", self.apps[name]) for name in RECORD_KEEPERS]
        issuer = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
        issuer.include_router(self.issuer.router())
        keys = Route("/.well-known/{document}", issuer)
        places = [*services, Mount("/api", _nothing_here), keys, Mount("/", self.apps["portal"])]
        # A path with a line feed is below no mount.
        return NoSniff(Router(places, redirect_slashes=False, default=_nothing_here))

    async def _serve(self, root: ASGIApp) -> None:
        config = http_server.configured(root, self._waits, lifespan="off")
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[self.premises.socket]), name="http")
        while not server.started:
            if serving.done():
                raise RuntimeError("the server ended before it served") from serving.exception()
            await asyncio.sleep(0.01)

        async def end() -> None:
            server.should_exit = True
            await serving

        self._stack.push_async_callback(end)


async def _nothing_here(scope: Scope, receive: Receive, send: Send) -> None:
    """Refuses what is below /api and no service's: there are no pages."""
    await send_refusal(NotFound(), scope, receive, send)


class _Server(uvicorn.Server):
    """An HTTP server that leaves signals to whoever started the platform."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        with contextlib.nullcontext():
            yield

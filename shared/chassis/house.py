"""A service at work: its database, relay, listener and door-keeper, put together the same way everywhere."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from fastapi import APIRouter, FastAPI
from sqlalchemy.exc import SQLAlchemyError

from chassis import bus, idempotency, log_routes, quotas, readiness, rebuild_routes
from chassis.clock import Clock
from chassis.database import Database
from chassis.hearing import Ear
from chassis.importing import ImportRule
from chassis.listener import Listener
from chassis.migrations import migrate
from chassis.openapi import Describe
from chassis.rebuilding import Rebuilding
from chassis.relay import Relay
from chassis.serving import Check
from chassis.settings import Settings
from chassis.telemetry import Metrics
from chassis.tokens import Access, Caller
from chassis.waypoints import passing
from chassis.web import MIB, assemble
from chassis.work import Work
from contracts.calendar import day_of

_LONGEST_IMPORT = 512 * MIB
_TIDIED_EVERY_SECONDS = 3_600.0


class House:
    """Everything a service stands on. Usable for reading and writing at once; `start` brings the bus in."""

    def __init__(self, name: str, settings: Settings, clock: Clock, hears: Ear | None = None) -> None:
        self.name = name
        self.settings = settings
        self.clock = clock
        self.db = Database(
            settings.database_url.get_secret_value(),
            settings.replica_url.get_secret_value() if settings.replica_url else None,
            statement_seconds=settings.statement_seconds,
        )
        self.reserved = self.db.reserve()
        self.metrics = Metrics()
        self.access = Access.of(settings)
        self.redis = bus.connect(settings.redis_url.get_secret_value())
        self.relay = Relay(name, settings, db=self.reserved, clock=clock, metrics=self.metrics)
        self.listener = (
            Listener(name, hears, settings, db=self.reserved, clock=clock, metrics=self.metrics)
            if hears is not None
            else None
        )
        self.rebuilding = (
            Rebuilding(name, hears, settings, db=self.reserved, clock=clock) if hears is not None else None
        )
        self.import_rule: ImportRule | None = None
        self.starting: list[Callable[[], Awaitable[None]]] = []
        self.stopping: list[Callable[[], Awaitable[None]]] = []
        self._nudge: asyncio.Task[None] | None = None
        self._tidying: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    @property
    def checks(self) -> dict[str, Check]:
        """What makes this service ready, by name."""
        return readiness.checks(self.reserved, self.redis, self.relay, self.listener)

    def app(
        self,
        *routers: APIRouter,
        title: str,
        description: str,
        body_limits: Mapping[str, int] | None = None,
        describe: Describe | None = None,
    ) -> FastAPI:
        """The service's HTTP app: its own routes, and those of its log and its dead letters."""
        limits = {"/log": _LONGEST_IMPORT, **(body_limits or {})}
        return assemble(
            self,
            *routers,
            log_routes.routes,
            *([rebuild_routes.routes(self.rebuilding)] if self.rebuilding else []),
            title=title,
            description=description,
            body_limits=limits,
            describe=describe,
        )

    @asynccontextmanager
    async def work(self, caller: Caller | None = None, *, db: Database | None = None) -> AsyncIterator[Work]:
        """One transaction: what is kept and what is said, together; the relay is woken once it is durable.

        `db` is `reserved` where it is not a request's.
        """
        work: Work | None = None
        try:
            async with (db or self.db).writing() as conn:
                work = Work(self.name, conn, self.clock, self.settings.partitions, caller=caller)
                yield work
                await work.flush()
        except BaseException:
            if work is not None:
                work.rolled_back()
            raise
        passing("after-append")
        if work.committed():
            self.relay.wake()

    async def start(self) -> None:
        """Opens: migrates if told to, copies the log, listens. The bus may be away; it is waited for."""
        if self.settings.migrate_on_start:
            await migrate(self.settings.database_url.get_secret_value(), self.name)
        for act in self.starting:
            await act()
        await self.relay.start()
        self._closing.clear()
        self._tidying = asyncio.create_task(self._tidy(), name=f"{self.name} tidies up")
        if self.listener is not None:
            await self.listener.start()
            self._nudge = asyncio.create_task(self._pass_on(self.listener))

    async def stop(self) -> None:
        """Closes in the opposite order; nothing is lost that was committed."""
        if self.listener is not None:
            await self.listener.stop()
        self._closing.set()
        for task in (self._nudge, self._tidying):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        await self.relay.stop()
        for act in self.stopping:
            await act()
        await bus.hang_up(self.redis)
        await self.db.close()

    async def _tidy(self) -> None:
        """Forgets idempotency keys that nobody repeats a request with any more, and what was counted of past days."""
        while not self._closing.is_set():
            before = self.clock.now() - timedelta(days=self.settings.idempotency_days)
            try:
                async with self.reserved.writing() as conn:
                    await idempotency.forget(conn, before)
                    await quotas.forget(conn, day_of(self.clock.now()) - timedelta(days=1))
            except (SQLAlchemyError, OSError) as error:
                structlog.get_logger().warning("idempotency keys stay", error=repr(error))
            # Not a sleep: a driver that swallows the cancellation must not have the house wait an hour for its end.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TIDIED_EVERY_SECONDS):
                    await self._closing.wait()

    async def _pass_on(self, listener: Listener) -> None:
        """What a handler says wakes the relay as what an endpoint says does."""
        while True:
            await listener.said.wait()
            listener.said.clear()
            self.relay.wake()

"""Two services on a real bus: one that speaks, one that listens."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import redis.asyncio
from ports import free_port
from serving import served

from chassis import log_routes
from chassis.clock import SteppedClock
from chassis.hearing import Handlers
from chassis.house import House
from chassis.ids import new_id
from chassis.web import assemble
from chassis.work import Work
from contracts.membership import MemberAdmitted
from contracts.vocabulary import MemberKind


@dataclass
class Ledger:
    """What the listener made of what it heard, kept in its own database as dead letters and positions are."""

    subjects: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)


@dataclass
class Pair:
    speaker: House
    listener: House
    ledger: Ledger
    bus: redis.asyncio.Redis

    async def says(self, *subjects: str) -> None:
        async with self.speaker.work() as work:
            for subject in subjects:
                work.say(admission(subject))


def admission(subject: str) -> MemberAdmitted:
    when = datetime(2025, 3, 1, tzinfo=UTC)
    return MemberAdmitted(
        subject=subject, happened_at=when, member=new_id(), kind=MemberKind.INDIVIDUAL, admitted_on=when.date()
    )


@pytest.fixture
async def pair(make_database: Any, settings_for: Any, clock: SteppedClock, redis_url: str) -> AsyncIterator[Pair]:
    """`membership` speaks and `hearer` listens; the speaker's log is served over HTTP on a real socket."""
    port = free_port()
    peers = {"membership": f"http://127.0.0.1:{port}"}
    ledger = Ledger()
    handlers = Handlers()

    @handlers.hears(MemberAdmitted)
    async def note(event: MemberAdmitted, work: Work) -> None:
        if event.subject in ledger.refused:
            raise RuntimeError(f"cannot take {event.subject}")
        work.after_commit(lambda: ledger.subjects.append(event.subject))

    speaker = House("membership", settings_for("membership", await make_database("speaker")), clock)
    listener = House(
        "hearer", settings_for("hearer", await make_database("hearer"), peers=peers), clock, hears=handlers
    )
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(served(assemble(speaker, log_routes.routes), port))
        await stack.enter_async_context(served(assemble(listener, log_routes.routes), free_port()))
        bus = redis.asyncio.Redis.from_url(redis_url)
        stack.push_async_callback(bus.aclose)
        yield Pair(speaker, listener, ledger, bus)

"""A speaker and whoever listens to it, each a house of its own, on one bus; and what each of them keeps."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ports import free_port
from redis.asyncio import RedisCluster
from serving import served
from sqlalchemy import Column, Integer, MetaData, String, Table

from chassis import bus, log_routes
from chassis.clock import SteppedClock
from chassis.hearing import Handlers
from chassis.house import House
from chassis.ids import new_id
from chassis.web import assemble
from chassis.work import Work
from contracts.event import Event
from contracts.membership import MemberAdmitted, SocietyRegistered
from contracts.vocabulary import MemberKind

# No key but the order of keeping: what is applied twice is kept twice, and seen.
kept = Table(
    "kept",
    MetaData(),
    Column("ordinal", Integer, primary_key=True, autoincrement=True),
    Column("event", String(36), nullable=False),
    Column("subject", String(80), nullable=False),
)


class Refusing(set[str]):
    """Subjects whose events cannot be applied, for now."""


def ear_that_keeps(refused: Refusing) -> Handlers:
    """Keeps each event that it hears in the listener's own database."""
    handlers = Handlers()

    async def keep(event: Event, work: Work) -> None:
        if event.subject in refused:
            raise RuntimeError(f"cannot take {event.subject} \x00")
        assert work.hearing is not None
        await work.conn.execute(kept.insert().values(event=work.hearing.id, subject=event.subject))

    for told in (MemberAdmitted, SocietyRegistered):
        handlers.hears(told)(keep)
    return handlers


def admission(subject: str) -> MemberAdmitted:
    when = datetime(2025, 3, 1, tzinfo=UTC)
    return MemberAdmitted(
        subject=subject, happened_at=when, member=new_id(), kind=MemberKind.INDIVIDUAL, admitted_on=when.date()
    )


@dataclass
class Hall:
    """Makes speakers and listeners; all that are made with one name share one database."""

    make_database: Any
    settings_for: Any
    clock: SteppedClock
    bus: bus.Client
    stack: AsyncExitStack
    partitions: int = 1
    refused: Refusing = field(default_factory=Refusing)
    speaker_port: int = field(default_factory=free_port)
    databases: dict[str, str] = field(default_factory=dict)
    peers: dict[str, str] = field(default_factory=dict)

    async def settings(self, name: str, **more: Any) -> Any:
        if name not in self.databases:
            self.databases[name] = await self.make_database(name)
        peers = {"membership": f"http://127.0.0.1:{self.speaker_port}", **self.peers}
        return self.settings_for(name, self.databases[name], peers=peers, partitions=self.partitions, **more)

    async def calls(self, command: str) -> int:
        """How often the bus was given a command, by its name in `INFO commandstats`; all primaries of a cluster."""
        if isinstance(self.bus, RedisCluster):
            nodes = (await self.bus.info("commandstats", target_nodes=RedisCluster.PRIMARIES)).values()
        else:
            nodes = [await self.bus.info("commandstats")]
        return sum(node.get(f"cmdstat_{command}", {}).get("calls", 0) for node in nodes)

    async def speaker(self, stack: AsyncExitStack | None = None, **more: Any) -> House:
        """A speaker whose log is served on a socket, until its stack or the test ends."""
        house = House("membership", await self.settings("membership", **more), self.clock)
        await (stack or self.stack).enter_async_context(served(assemble(house, log_routes.routes), self.speaker_port))
        return house

    async def relay(self, **more: Any) -> House:
        """A second instance of the speaker: it relays, and is asked nothing."""
        return await self._open(House("membership", await self.settings("membership", **more), self.clock))

    async def listener(
        self, stack: AsyncExitStack | None = None, name: str = "hearer", *, started: bool = True, **more: Any
    ) -> House:
        """One more instance of a listener, until its stack or the test ends; or one that the test starts and ends."""
        settings = await self.settings(name, **more)
        house = House(name, settings, self.clock, hears=ear_that_keeps(self.refused))
        async with house.db.writing() as conn:
            await conn.run_sync(lambda sync: kept.create(sync, checkfirst=True))
        return await self._open(house, stack) if started else house

    async def _open(self, house: House, stack: AsyncExitStack | None = None) -> House:
        await house.start()
        (stack or self.stack).push_async_callback(house.stop)
        return house


async def says(house: House, *subjects: str) -> None:
    """Says one event about each subject, in one transaction."""
    async with house.work() as work:
        for subject in subjects:
            work.say(admission(subject))


def societies(count: int, begin: int = 0) -> list[str]:
    """Subjects, each of which comes again after forty."""
    return [f"A-{n % 40 + 1:02d}" for n in range(begin, begin + count)]

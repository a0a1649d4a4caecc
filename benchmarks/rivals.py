"""The others, each given the same events: the obvious way, a task queue, a stream processor, and mere reading."""

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec
import redis
import redis.asyncio
from faststream.redis import RedisBroker, StreamSub
from sqlalchemy import Integer, String
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from benchmarks import ground
from benchmarks.history import documents
from chassis import wire

STREAM = "benchmark"


def fill(bus: str, many: int) -> None:
    """Puts a history on one stream of an empty bus."""
    ground.flush(bus)
    client = redis.Redis.from_url(bus)
    told = documents(many)
    for _ in range(0, many, 1_000):
        pipe = client.pipeline(transaction=False)
        for _, (_, _, document) in zip(range(1_000), told, strict=False):
            pipe.xadd(STREAM, {wire.FIELD: document})
        pipe.execute()
    client.close()


async def reading(many: int, bus: str) -> float:
    """XREAD and decode, nothing else: the limit of one process."""
    fill(bus, many)
    client = redis.asyncio.Redis.from_url(bus)
    last, seen, started = "0", 0, time.perf_counter()
    while seen < many:
        for _, entries in await client.xread({STREAM: last}, count=500):
            for _, fields in entries:
                wire.decode(fields[b"event"])
            seen += len(entries)
            last = entries[-1][0]
    seconds = time.perf_counter() - started
    await client.aclose()
    return many / seconds


class _Record(DeclarativeBase):
    pass


class _Fact(_Record):
    __tablename__ = "facts"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    document: Mapped[str]


class _Total(_Record):
    __tablename__ = "totals"
    society: Mapped[str] = mapped_column(String(80), primary_key=True)
    events: Mapped[int] = mapped_column(Integer)


async def naive(many: int, bus: str) -> float:
    """A FastStream subscriber, and for each event one transaction of the ORM: the event kept, one number added to."""
    fill(bus, many)
    with tempfile.TemporaryDirectory(prefix="societas-bench-") as directory:
        engine = create_async_engine(f"sqlite+aiosqlite:///{directory}/naive.db")
        async with engine.begin() as conn:
            await conn.exec_driver_sql("PRAGMA journal_mode=WAL")
            await conn.run_sync(_Record.metadata.create_all)
        session = async_sessionmaker(engine)
        broker, seen, done = RedisBroker(bus, logger=None), 0, asyncio.Event()

        @broker.subscriber(stream=StreamSub(STREAM, last_id="0"), decoder=_text)
        async def keep(document: Any) -> None:
            nonlocal seen
            async with session() as work:
                await _add(work, wire.decode(document), document)
            seen += 1
            if seen == many:
                done.set()

        started = time.perf_counter()
        await broker.start()
        await done.wait()
        seconds = time.perf_counter() - started
        await broker.stop()
        await engine.dispose()
    return many / seconds


async def _text(message: Any) -> Any:
    return message.raw_message["data"][b"event"].decode()


async def _add(work: AsyncSession, heard: wire.Heard, document: str) -> None:
    work.add(_Fact(id=heard.id, document=document))
    total = await work.get(_Total, heard.subject)
    if total is None:
        work.add(_Total(society=heard.subject, events=1))
    else:
        total.events += 1
    await work.commit()


async def tasks(many: int, bus: str) -> float:
    """TaskIQ on Redis, a task for each event, which adds one number in memory: nothing is stored."""
    from taskiq.api import run_receiver_task  # noqa: PLC0415 - only where the rivals are installed
    from taskiq_redis import ListQueueBroker  # noqa: PLC0415

    ground.flush(bus)
    broker, seen, done = ListQueueBroker(bus), 0, asyncio.Event()
    totals: dict[str, int] = {}

    @broker.task
    async def count(document: str) -> None:
        nonlocal seen
        heard = wire.decode(document)
        totals[heard.subject] = totals.get(heard.subject, 0) + 1
        seen += 1
        if seen == many:
            done.set()

    await broker.startup()
    for _, _, document in documents(many):
        await count.kiq(document)
    started = time.perf_counter()
    worker = asyncio.create_task(run_receiver_task(broker))
    await done.wait()
    seconds = time.perf_counter() - started
    worker.cancel()
    await asyncio.wait([worker])
    await broker.shutdown()
    return many / seconds


async def dataflow(many: int, bus: str) -> float:
    """Bytewax: Redis to SQLite, one added number per event, and nothing that makes it exactly once."""
    fill(bus, many)
    return await asyncio.to_thread(_flow, many, bus)


def _flow(many: int, bus: str) -> float:
    import bytewax.operators as op  # noqa: PLC0415 - only where the rivals are installed
    from bytewax.dataflow import Dataflow  # noqa: PLC0415
    from bytewax.inputs import DynamicSource, StatelessSourcePartition  # noqa: PLC0415
    from bytewax.outputs import DynamicSink, StatelessSinkPartition  # noqa: PLC0415
    from bytewax.testing import run_main  # noqa: PLC0415

    decode = msgspec.json.Decoder(wire.Heard).decode

    class Entries(StatelessSourcePartition[bytes]):
        def __init__(self) -> None:
            self._client, self._last, self._left = redis.Redis.from_url(bus), "0", many

        def next_batch(self) -> list[bytes]:
            if not self._left:
                raise StopIteration
            entries = self._client.xread({STREAM: self._last}, count=500)[0][1]
            self._last, self._left = entries[-1][0], self._left - len(entries)
            return [fields[b"event"] for _, fields in entries]

    class Stream(DynamicSource[bytes]):
        def build(self, step_id: str, worker_index: int, worker_count: int) -> Entries:  # noqa: ARG002
            return Entries()

    class Totals(StatelessSinkPartition[tuple[str, int]]):
        def __init__(self, path: str) -> None:
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("CREATE TABLE totals (society TEXT PRIMARY KEY, events INTEGER) WITHOUT ROWID")

        def write_batch(self, items: list[tuple[str, int]]) -> None:
            self._db.execute("BEGIN")
            self._db.executemany(
                "INSERT INTO totals VALUES (?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events", items
            )
            self._db.execute("COMMIT")

        def close(self) -> None:
            self._db.close()

    class Sink(DynamicSink[tuple[str, int]]):
        def __init__(self, path: Path) -> None:
            self._path = path

        def build(self, step_id: str, worker_index: int, worker_count: int) -> Totals:  # noqa: ARG002
            return Totals(str(self._path))

    with tempfile.TemporaryDirectory(prefix="societas-bench-") as directory:
        flow = Dataflow("totals")
        told = op.map("one", op.input("in", flow, Stream()), lambda raw: (decode(raw).subject, 1))
        op.output("out", told, Sink(Path(directory) / "totals.db"))
        started = time.perf_counter()
        run_main(flow)
        return many / (time.perf_counter() - started)

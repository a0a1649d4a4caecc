"""The bus: one stream per service and partition, a copy of the log."""

from typing import Any

from redis.asyncio import Redis

from chassis.wire import FIELD


def stream(speaker: str, partition: int) -> str:
    """The stream's name. The braces are its hash tag: on a cluster, all of it is on one node."""
    return f"societas.{{{speaker}.{partition}}}"


def connect(url: str) -> Redis:
    """A client of the bus that answers or fails within seconds."""
    return Redis.from_url(url, socket_connect_timeout=2, socket_timeout=10, health_check_interval=30)


def position_of(entry_id: bytes | str) -> int:
    """The position an entry id stands for: `N-0` is N."""
    text = entry_id.decode() if isinstance(entry_id, bytes) else entry_id
    return int(text.partition("-")[0])


async def last_position(redis: Redis, speaker: str, partition: int) -> int:
    """Where the copy ends; 0 when the stream is empty or gone."""
    found = await last_entry(redis, speaker, partition)
    return found[0] if found else 0


async def last_entry(redis: Redis, speaker: str, partition: int) -> tuple[int, bytes] | None:
    """The last entry of the copy: its position and what is in its field."""
    found: Any = await redis.xrevrange(stream(speaker, partition), count=1)
    return (position_of(found[0][0]), found[0][1].get(FIELD.encode(), b"")) if found else None

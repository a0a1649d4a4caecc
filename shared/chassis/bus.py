"""The bus: one stream per service and partition, a copy of the log."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from redis.asyncio import Redis
from redis.exceptions import ResponseError

from chassis import wire


def stream(speaker: str, partition: int) -> str:
    """The stream's name. The braces are its hash tag: on a cluster, all of it is on one node."""
    return f"societas.{{{speaker}.{partition}}}"


def connect(url: str) -> Redis:
    """A client of the bus that answers or fails within seconds."""
    return Redis.from_url(url, socket_connect_timeout=2, socket_timeout=10, health_check_interval=30)


def position_of(entry_id: bytes) -> int:
    """The position an entry id stands for: `N-0` is N."""
    return int(entry_id[:-2] if entry_id.endswith(b"-0") else entry_id.partition(b"-")[0])


@dataclass(frozen=True, slots=True)
class End:
    """The last position a stream was given; and position and event id of its last entry, unless all were trimmed."""

    position: int = 0
    at: int = 0
    event: str = ""


async def end(redis: Redis, speaker: str, partition: int) -> End:
    """Where the copy ends; all zero when the stream is gone, and no event id where the last entry is damaged."""
    try:
        found: Any = await redis.xinfo_stream(stream(speaker, partition))
    except ResponseError as error:
        if "no such key" not in str(error):
            raise
        return End()
    position, last = position_of(found["last-generated-id"]), found["last-entry"]
    return End(position, position_of(last[0]), _event_of(last[1])) if last else End(position)


def _event_of(fields: Mapping[bytes, bytes]) -> str:
    with contextlib.suppress(msgspec.DecodeError, ValueError):
        return wire.decode(fields.get(wire.FIELD.encode(), b"")).id
    return ""

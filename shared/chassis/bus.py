"""The bus: one stream per service and partition, a copy of the log; on one server, or on a cluster of them."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import msgspec
from redis._parsers import AsyncCommandsParser
from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisClusterException, RedisError, ResponseError

from chassis import wire

Client = Redis | RedisCluster

AWAY = (RedisError, RedisClusterException, OSError)
"""What a bus, or a node of it, raises that is away; the exception of clusters is no RedisError."""

CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 10.0
# Longer than a read waits for entries. Whoever asks a node that is silent waits so long before asking another one.
NODE_SECONDS = 3.0


def stream(speaker: str, partition: int) -> str:
    """The stream's name. The braces are its hash tag: on a cluster, all of it is on one node."""
    return f"societas.{{{speaker}.{partition}}}"


class Seeds(NamedTuple):
    """Where a cluster is entered: the URL of one node, with the credentials for all, and the others' addresses."""

    url: str
    others: list[tuple[str, int]]


def seeds(url: str) -> Seeds | None:
    """The nodes named by `redis+cluster://user:password@host:port,host:port`; None for the URL of a single server."""
    parts = urlsplit(url)
    scheme, _, kind = parts.scheme.partition("+")
    if kind != "cluster":
        return None
    who, at, hosts = parts.netloc.rpartition("@")
    first, *rest = hosts.split(",")
    others = [(node.hostname or "", node.port or 6379) for node in (urlsplit(f"//{host}") for host in rest)]
    return Seeds(urlunsplit(parts._replace(scheme=scheme, netloc=f"{who}{at}{first}")), others)


def connect(url: str) -> Client:
    """A client of the bus that answers or fails within seconds."""
    cluster = seeds(url)
    if cluster is None:
        return Redis.from_url(
            url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            health_check_interval=30,
            retry=once_more(),
        )
    client = RedisCluster.from_url(
        cluster.url,
        startup_nodes=[ClusterNode(host, port) for host, port in cluster.others],
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=NODE_SECONDS,
        retry=once_more(),
    )
    return independent(client)


def once_more() -> Retry:
    """One more try, in a cluster at the node that has the stream by then; how long to wait, whoever asks decides."""
    return Retry(NoBackoff(), 1)


async def hang_up(client: Client) -> None:
    """Closes a client's connections; one that is not let go of in time keeps nobody from ending."""
    with contextlib.suppress(*AWAY):
        await client.aclose()


def independent(client: Client) -> Client:
    """Has a cluster's client read from a stream without asking anybody but the node that has it.

    redis-py asks one node, always the same, for the key of every XREAD before it reads from another. Once that node is
    lost, it reads from none.
    """
    if isinstance(client, RedisCluster):
        client.commands_parser = _OneKey()
    return client


def aim(client: Client, name: str) -> None:
    """Has a cluster's client, which has been at the stream, ask that stream's node where any would do: for a PING."""
    if isinstance(client, RedisCluster) and (node := client.get_node_from_key(name)):
        client.set_default_node(node)


class _OneKey(AsyncCommandsParser):
    """Knows where the one key of each of our commands is, without asking a node."""

    async def initialize(self, node: ClusterNode | None = None) -> None:
        """There is nothing to learn from a node."""

    async def get_keys(self, *args: Any) -> tuple[str, ...]:
        """The key: it comes first, and in XREAD after the word that announces it."""
        return (args[args.index(b"STREAMS") + 1 if args[0] == "XREAD" else 1],)


def position_of(entry_id: bytes) -> int:
    """The position an entry id stands for: `N-0` is N."""
    return int(entry_id[:-2] if entry_id.endswith(b"-0") else entry_id.partition(b"-")[0])


@dataclass(frozen=True, slots=True)
class End:
    """The last position a stream was given; and of its entries, unless all were trimmed: positions, event, number."""

    position: int = 0
    first: int = 0
    at: int = 0
    event: str = ""
    entries: int = 0


async def end(client: Client, speaker: str, partition: int) -> End:
    """Where the copy ends; all zero when the stream is gone, and no event id where the last entry is damaged."""
    try:
        found: Any = await client.xinfo_stream(stream(speaker, partition))
    except ResponseError as error:
        if "no such key" not in str(error):
            raise
        return End()
    position, first, last = position_of(found["last-generated-id"]), found["first-entry"], found["last-entry"]
    if not last:
        return End(position)
    return End(position, position_of(first[0]), position_of(last[0]), _event_of(last[1]), found["length"])


def _event_of(fields: Mapping[bytes, bytes]) -> str:
    with contextlib.suppress(msgspec.DecodeError, ValueError):
        return wire.decode(fields.get(wire.FIELD.encode(), b"")).id
    return ""

"""A client of the bus that waits for a bus, or for a node of it, that is away for a moment."""

import asyncio
from typing import Any

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff
from redis.exceptions import ClusterDownError, ConnectionError, RedisClusterException, TimeoutError  # noqa: A004

from chassis import bus

_TRIES, _PAUSE_SECONDS = 100, 0.05
_PASSING = (ConnectionError, TimeoutError, ClusterDownError, RedisClusterException)


class _Cluster(RedisCluster):
    """A client of a cluster, which by itself does not pause between its tries."""

    async def execute_command(self, *words: Any, **options: Any) -> Any:
        for _ in range(_TRIES):
            try:
                return await super().execute_command(*words, **options)
            except _PASSING:
                await asyncio.sleep(_PAUSE_SECONDS)
        return await super().execute_command(*words, **options)


def patient(url: str) -> bus.Client:
    """A client of one server or of a cluster."""
    cluster = bus.seeds(url)
    if cluster is None:
        return Redis.from_url(url, retry=Retry(ConstantBackoff(_PAUSE_SECONDS), _TRIES))
    nodes = [ClusterNode(host, port) for host, port in cluster.others]
    return _Cluster.from_url(cluster.url, startup_nodes=nodes, retry=bus.once_more(), socket_timeout=bus.NODE_SECONDS)

"""A Redis Cluster of the tests' own: three primaries, to be lost one by one or all together."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import redis
from bus_server import BusServer
from ports import free_port
from redis.crc import key_slot

PRIMARIES, SLOTS = 3, 16_384


class Node(BusServer):
    """One server of a cluster."""

    def __init__(self, directory: Path, **options: Any) -> None:
        self.gossip_port = free_port()
        super().__init__("valkey", directory, cluster_enabled="yes", cluster_port=self.gossip_port, **options)

    def says(self, *command: Any) -> Any:
        """The answer to a CLUSTER command."""
        answer = self.client.execute_command(f"CLUSTER {command[0]}", *command[1:])
        return answer.decode() if isinstance(answer, bytes) else answer

    def finds_in_order(self, nodes: int) -> bool:
        """Whether every node is known, every slot served, and a replica's copy complete."""
        try:
            known = self.says("INFO")
            link = self.client.info("replication").get("master_link_status", "up")
        except redis.RedisError:
            return False
        assert isinstance(known, dict)
        whole = known["cluster_state"] == "ok" and int(known["cluster_slots_ok"]) == SLOTS
        return whole and int(known["cluster_known_nodes"]) == nodes and link == "up"


class BusCluster:
    """Valkey as it ships with us, as a cluster; with `replicas`, of each primary one, that takes over when it is lost.

    What can be done to a single server can be done to it, and befalls every node.
    """

    def __init__(self, directory: Path, *, replicas: bool = False) -> None:
        options = {
            # Where nobody can take over, a node that is slow today need not be called lost.
            "cluster_node_timeout": 1_000 if replicas else 15_000,
            "cluster_require_full_coverage": "no",
            "cluster_replica_validity_factor": 0,
            "repl_diskless_sync_delay": 0,
        }
        count = PRIMARIES * (2 if replicas else 1)
        self.nodes = [Node(directory / f"node-{number}", **options) for number in range(count)]
        self.url = "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        self.harmed = False
        self._formed = False

    def start(self) -> None:
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.await_answer()
        if not self._formed:
            self._form()
        self.await_order()

    def _form(self) -> None:
        first, *others = self.nodes
        for number, node in enumerate(self.nodes[:PRIMARIES]):
            node.says("ADDSLOTSRANGE", SLOTS * number // PRIMARIES, SLOTS * (number + 1) // PRIMARIES - 1)
        for node in others:
            first.says("MEET", "127.0.0.1", node.port, node.gossip_port)
        for primary, replica in zip(self.nodes, self.nodes[PRIMARIES:], strict=False):
            name = primary.says("MYID")
            _await(lambda replica=replica, name=name: name in str(replica.says("NODES")))  # type: ignore[misc]
            replica.says("REPLICATE", name)
        self._formed = True

    def await_order(self) -> None:
        """Waits until every node finds everything in order."""
        _await(lambda: all(node.finds_in_order(len(self.nodes)) for node in self.nodes))

    def primary_of(self, stream: str) -> Node:
        """The node that has a stream."""
        slot = key_slot(stream.encode())
        for node in self.nodes:
            try:
                served = node.says("SLOTS")
            except redis.RedisError:
                continue
            (port,) = (primary[1] for low, high, primary, *_ in served if low <= slot <= high)
            return next(node for node in self.nodes if node.port == port)
        raise AssertionError("no node answers")

    def move(self, stream: str, target: Node) -> None:
        """Moves a stream, with its slot, to another node, as a cluster that is given one more node does."""
        source, slot = self.primary_of(stream), key_slot(stream.encode())
        target.says("SETSLOT", slot, "IMPORTING", source.says("MYID"))
        source.says("SETSLOT", slot, "MIGRATING", target.says("MYID"))
        source.client.execute_command("MIGRATE", "127.0.0.1", target.port, stream, 0, 5_000)
        for node in (target, source, *self.nodes):
            node.says("SETSLOT", slot, "NODE", target.says("MYID"))

    def kill(self) -> None:
        self._befalls("kill")

    def stall(self) -> None:
        self._befalls("stall")

    def resume(self) -> None:
        self._befalls("resume")

    def cut(self, share: float) -> None:
        self._befalls("cut", share)

    def empty(self) -> None:
        self._befalls("empty")

    def _befalls(self, fate: str, *details: Any) -> None:
        self.harmed = True
        for node in self.nodes:
            getattr(node, fate)(*details)


def _await(true: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "the cluster does not come to order"
        time.sleep(0.02)

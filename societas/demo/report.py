"""What the demo proves at its end: everything told was logged, copied, applied, and folds to the same ratings again."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import httpx2
from redis.asyncio import Redis

from societas.logs import ListenersBehind, behind
from societas.platform import LONGEST_PAGE, RECORD_KEEPERS, checked

LONGEST_WAIT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Report:
    """The object that `demo --json` prints last.

    `appended` counts the events in the logs of all services, all of which evaluation hears; `relayed` those that the
    bus has taken; `applied` the distinct events whose effect evaluation stored; `dead` all dead letters;
    `missing` what was appended and neither applied nor dead. `seconds` and the rate are of this run.
    """

    societies: int
    appended: int
    relayed: int
    applied: int
    dead: int
    missing: int
    seconds: float
    events_per_second: float
    hash_live: str
    hash_replayed: str

    @property
    def good(self) -> bool:
        """Whether nothing is missing or dead, and the ratings folded anew are the live ones."""
        return not self.missing and not self.dead and self.hash_live == self.hash_replayed

    def as_json(self) -> dict[str, Any]:
        """In the order of the design's document."""
        return asdict(self)


async def settle(http: httpx2.AsyncClient) -> Mapping[str, Any]:
    """Waits until every listener has applied what is logged; returns where each service stands.

    Raises:
        ListenersBehind: some have not in two minutes.
    """
    deadline = asyncio.get_running_loop().time() + LONGEST_WAIT_SECONDS
    while True:
        standings = {name: await _get(http, f"/api/{name}/log/head") for name in RECORD_KEEPERS}
        late = behind(standings)
        if not late:
            return standings
        if asyncio.get_running_loop().time() > deadline:
            raise ListenersBehind(seconds=LONGEST_WAIT_SECONDS, behind=late)
        await asyncio.sleep(0.05)


def logged(standings: Mapping[str, Any]) -> int:
    """How many events the logs of all services hold."""
    return sum(
        standing["waiting"] + sum(head["position"] for head in standing["heads"]) for standing in standings.values()
    )


async def report(http: httpx2.AsyncClient, bus_url: str, seconds: float, logged_before: int) -> Report:
    """Looks at logs, bus, dead letters and ratings. `logged_before` is what was there when the clock was started."""
    standings = await settle(http)
    appended = logged(standings)
    verdict = checked(await http.post("/api/evaluation/verification")).json()
    dead = [letter for name in RECORD_KEEPERS for letter in await _dead(http, name)]
    lost = sum(letter["listener"] == "evaluation" for letter in dead)
    return Report(
        societies=len((await _get(http, "/api/evaluation/ratings"))["ratings"]),
        appended=appended,
        relayed=await _relayed(bus_url, standings),
        applied=verdict["applied"],
        dead=len(dead),
        missing=max(verdict["missing"], appended - verdict["applied"] - lost),
        seconds=round(seconds, 3),
        events_per_second=round((appended - logged_before) / seconds, 1) if seconds else 0.0,
        hash_live=verdict["hash_live"],
        hash_replayed=verdict["hash_replayed"],
    )


async def _relayed(bus_url: str, standings: Mapping[str, Any]) -> int:
    """How far the streams go: the number before the dash of each stream's last id is a position."""
    async with Redis.from_url(bus_url) as bus:
        streams = [
            f"societas.{{{name}.{head['partition']}}}"
            for name, standing in standings.items()
            for head in standing["heads"]
            if head["position"]
        ]
        last = [(await bus.xinfo_stream(stream))["last-generated-id"] for stream in streams]
    return sum(int(bytes(id_).split(b"-")[0]) for id_ in last)


async def _dead(http: httpx2.AsyncClient, service: str) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    after = ""
    while after is not None:
        page = await _get(http, f"/api/{service}/dead-letters?limit={LONGEST_PAGE}{after and f'&after={after}'}")
        found += page["items"]
        after = page["next"]
    return found


async def _get(http: httpx2.AsyncClient, path: str) -> Any:
    return checked(await http.get(path)).json()

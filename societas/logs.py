"""The logs of a running platform: paged out, taken in, followed."""

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import day_of, parse_instant
from societas.platform import RECORD_KEEPERS, Platform

PAGE = 2_000
POLL_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 300.0


class ListenersBehind(Refusal):
    """Events are in the logs, and some service has not applied them in time."""

    slug = "listeners-behind"
    title = N_("Not everything is applied yet")
    detail = N_("After {seconds} seconds these are behind: {behind}. Ask `societas doctor` why.")


def everything(platform: Platform, service: str | None) -> Iterator[str]:
    """Every event of one service, or of all, in the order of their logs, as JSON lines."""
    for name in _services(service):
        for head in platform.get(f"/api/{name}/log/head")["heads"]:
            yield from _after(platform, name, head["partition"], 0)


def follow(platform: Platform, service: str | None, *, from_start: bool) -> Iterator[str]:
    """Events as they are logged, for ever; those of one service in their order."""
    places = {
        (name, head["partition"]): 0 if from_start else head["position"]
        for name in _services(service)
        for head in platform.get(f"/api/{name}/log/head")["heads"]
    }
    while True:
        for (name, partition), after in places.items():
            for line in _after(platform, name, partition, after):
                places[name, partition] += 1
                yield line
        time.sleep(POLL_SECONDS)


def take_in(platform: Platform, by_speaker: Mapping[str, bytes]) -> dict[str, int]:
    """Posts to each speaker its lines, and returns how many were new when every listener has applied them."""
    imported = skipped = 0
    for speaker, lines in by_speaker.items():
        headers = {"Content-Type": "application/x-ndjson"}
        answer = platform.ask("POST", f"/api/{speaker}/log", content=lines, headers=headers).json()
        imported += answer["imported"]
        skipped += answer["skipped"]
    wait_until_applied(platform)
    return {"imported": imported, "skipped": skipped}


def wait_until_applied(platform: Platform, seconds: float = LONGEST_WAIT_SECONDS) -> None:
    """Returns when every listener has applied what is logged now; raises ListenersBehind."""
    deadline = time.monotonic() + seconds
    while late := behind({name: platform.get(f"/api/{name}/log/head") for name in RECORD_KEEPERS}):
        if time.monotonic() > deadline:
            raise ListenersBehind(seconds=round(seconds), behind=late)
        time.sleep(0.1)


def lags(standings: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """How many events wait where, by what /log/head says of each service; whoever waits for none is left out.

    Evaluation hears everybody. What the others hear is told by the positions they have.
    """
    late = {name: standing["waiting"] for name, standing in standings.items()}
    for listener, standing in standings.items():
        heard = standing["heard"]
        for speaker, other in standings.items():
            for head in other["heads"]:
                place = f"{speaker}/{head['partition']}"
                if place in heard or listener == "evaluation":
                    late[f"{listener} ← {place}"] = head["position"] - heard.get(place, 0)
    return {where: events for where, events in late.items() if events > 0}


def behind(standings: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The same, to be read."""
    return [f"{where}: {events}" for where, events in lags(standings).items()]


def shown(line: str) -> str:
    """An event in one line for people: the day it happened, what, of whom, and its data."""
    event = json.loads(line)
    data = json.dumps(event.get("data"), ensure_ascii=False, separators=(",", ":"))
    return f"{day_of(parse_instant(event['time']))}  {event['type']}  {event['subject']}  {data}"


def _after(platform: Platform, service: str, partition: int, after: int) -> Iterator[str]:
    while True:
        query = {"partition": partition, "after": after, "limit": PAGE}
        lines = [line for line in platform.ask("GET", f"/api/{service}/log", query=query).text.split("\n") if line]
        yield from lines
        after += len(lines)
        if len(lines) < PAGE:
            return


def _services(service: str | None) -> tuple[str, ...]:
    return (service,) if service else RECORD_KEEPERS

"""The logs of a running platform: paged out, taken in, followed."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from chassis.language import N_, Language, translate
from chassis.refusals import Refusal
from contracts.calendar import day_of, parse_instant
from societas.counting import Counting
from societas.platform import RECORD_KEEPERS, Platform, PlatformSilent, Refused
from societas.reading import Batch

PAGE = 2_000
POLL_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 300.0
EXPORTING, CHECKING = N_("Exporting"), N_("Checking")
IMPORTING, APPLYING = N_("Importing"), N_("Applying")


class ListenersBehind(Refusal):
    """Events are in the logs, and some service has not applied them in time."""

    slug = "listeners-behind"
    title = N_("Not everything is applied yet")
    detail = N_("After {seconds} seconds these are behind: {behind}. Ask `societas doctor` why.")


class PartlyImported(Refusal):
    """A service went away after others had taken their part of a file that all of them would have taken."""

    slug = "partly-imported"
    title = N_("The file was imported in part")
    detail = N_(
        "{taken} have taken their events, {value} has not ({reason}). "
        "Run the same command again: what is known is skipped."
    )


def everything(platform: Platform, service: str | None, counting: Counting) -> Iterator[str]:
    """Every event of one service, or of all, in the order of their logs, as JSON lines."""
    heads = [(name, head) for name in _services(service) for head in platform.get(f"/api/{name}/log/head")["heads"]]
    counting.part(translate(EXPORTING, platform.language), total=sum(head["position"] for _, head in heads))
    for name, head in heads:
        for line in _after(platform, name, head["partition"], 0):
            counting.step()
            yield line


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


def take_in(platform: Platform, batches: Mapping[str, Batch], counting: Counting) -> dict[str, int]:
    """Takes a file into the logs, whole or not at all, and returns when every listener has applied it.

    How many events were new, how many known, and how many of the file some listener could not apply.

    Raises:
        Refused: a service does not take some of its lines; nothing was imported, and every fault is named.
        PartlyImported: a service went away meanwhile.
    """
    lines = sum(len(batch.lines) for batch in batches.values())
    counting.part(translate(CHECKING, platform.language), total=lines)
    refused = [one for speaker, batch in batches.items() if (one := _refused(platform, speaker, batch, counting))]
    if refused:
        raise _all_of(refused, platform.language)
    counting.part(translate(IMPORTING, platform.language), total=lines)
    done = _write(platform, batches, counting)
    wait_until_applied(platform, counting)
    return {
        "imported": sum(one["imported"] for one in done.values()),
        "skipped": sum(one["skipped"] for one in done.values()),
        "dead": _dead(platform, {id_ for batch in batches.values() for id_ in batch.ids}),
    }


def _write(platform: Platform, batches: Mapping[str, Batch], counting: Counting) -> dict[str, dict[str, int]]:
    done: dict[str, dict[str, int]] = {}
    for speaker, batch in batches.items():
        try:
            done[speaker] = _send(platform, speaker, batch, counting)
        except (Refused, PlatformSilent) as error:
            if not done:
                raise
            raise PartlyImported(value=speaker, taken=list(done), reason=str(error)) from error
    return done


def _refused(platform: Platform, speaker: str, batch: Batch, counting: Counting) -> Refused | None:
    """Why a service would not take its lines, by their numbers in the file."""
    try:
        _send(platform, speaker, batch, counting, dry_run="true")
    except Refused as refused:
        for fault in refused.problem.get("errors", ()):
            if "line" in fault:
                fault["line"] = batch.numbers[fault["line"] - 1]
        return refused
    return None


def _all_of(refused: Sequence[Refused], language: Language) -> Refused:
    """What several services refuse of one file, as one problem."""
    first, *others = refused
    if not others:
        return first
    faults = [fault for one in refused for fault in one.problem.get("errors", ())]
    detail = " ".join(str(one.problem.get("detail")) for one in refused)
    problem = {**first.problem, "detail": detail, "errors": sorted(faults, key=lambda one: one.get("line", 0))}
    return Refused(problem, translate(CHECKING, language))


def _send(platform: Platform, speaker: str, batch: Batch, counting: Counting, **query: str) -> dict[str, int]:
    headers = {"Content-Type": "application/x-ndjson"}
    path = f"/api/{speaker}/log"
    done: dict[str, int] = platform.ask("POST", path, query=query, content=batch.body(counting), headers=headers).json()
    return done


def _dead(platform: Platform, ids: AbstractSet[str]) -> int:
    """How many of these events are dead letters somewhere."""
    letters = (letter["id"] for name in RECORD_KEEPERS for letter in platform.every(f"/api/{name}/dead-letters"))
    return len({id_ for id_ in letters if id_ in ids})


def wait_until_applied(platform: Platform, counting: Counting, seconds: float = LONGEST_WAIT_SECONDS) -> None:
    """Returns when every listener has applied what is logged now, or put it aside; raises ListenersBehind."""
    deadline, most = time.monotonic() + seconds, 0
    while late := lags({name: platform.get(f"/api/{name}/log/head") for name in RECORD_KEEPERS}):
        waiting = sum(late.values())
        if waiting > most:
            most = waiting
            counting.part(translate(APPLYING, platform.language), total=most)
        counting.reach(most - waiting)
        if time.monotonic() > deadline:
            raise ListenersBehind(seconds=round(seconds), behind=behind_of(late))
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
    return behind_of(lags(standings))


def behind_of(late: Mapping[str, int]) -> list[str]:
    """Who is how far behind whom, to be read."""
    return [f"{where}: {events}" for where, events in late.items()]


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

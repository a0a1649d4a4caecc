"""Proof that the live ratings are what the logs say: everything is read again from the speakers and folded anew."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chassis import data_check, positions
from chassis.foreign import own
from chassis.serving import Service
from chassis.speakers import Speakers
from chassis.wire import Heard
from contracts.evaluation import PolicyActivated
from services.evaluation import store
from services.evaluation.board import Board
from services.evaluation.domain import Fact, rank, rate_everyone, ratings_hash
from services.evaluation.domain.outlook import Outlook, outlooks
from services.evaluation.filed import chosen, shelf
from services.evaluation.following import Following
from services.evaluation.handlers import SPEAKERS


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the replay found. `missing` counts events that are in a log and were not applied.

    `foreign` names those that are not the speaker's in whose log they stand, `refused` those that their own class
    refuses; neither are folded, and the latter are dead letters.
    """

    hash_live: str
    hash_replayed: str
    events: int
    applied: int
    missing: int
    foreign: list[str]
    refused: list[str]
    stored_equal: bool
    classes_equal: bool

    @property
    def equal(self) -> bool:
        """Whether nothing is missing and memory, live table and logs say the same."""
        equal = self.hash_live == self.hash_replayed and self.stored_equal and self.classes_equal
        return equal and not self.missing and not self.foreign


@dataclass(slots=True)
class Reread:
    """How far a replay has read the logs again: so many events of so many; of none while nobody replays."""

    events: int = 0
    of: int = 0


async def verify(
    service: Service, following: Following, ranked: Callable[[], Board], reread: Reread | None = None
) -> Verdict:
    """Folds all logs up to the positions that were applied, and compares with the live board and its table.

    Which policy is in use is found again, too: by what the logs say was activated, and what has succeeded it since.

    `ranked` gives the board, ranked after everything that was committed; `reread` is told how far it is.
    """
    reread = reread or Reread()
    async with following.level() as conn:
        filed = await shelf(conn)
        heard = await positions.everything(conn)
        applied = {fact.id for fact in await store.facts_of(conn)}
        stored = await store.kept_ratings(conn)
        board = ranked()
        live, day, begun, held = board.hash(), board.day, board.begun, board.outlooks
        in_memory = {one.society: store.document(one) for one in board.rate()}
    reread.events, reread.of = 0, sum(heard.values())
    logs = await _everything(service, heard, reread)
    facts = logs.facts
    activated = [fact for fact in facts if fact.type == PolicyActivated.type and fact.id in applied]
    policy = chosen(activated, filed, begun)
    standings = await asyncio.to_thread(lambda: rank(rate_everyone(facts, policy, day), policy))
    return Verdict(
        hash_live=live,
        hash_replayed=ratings_hash(standings),
        events=len(facts),
        applied=len(applied),
        missing=sum(fact.id not in applied for fact in facts),
        foreign=logs.foreign,
        refused=logs.refused,
        stored_equal=stored == in_memory,
        classes_equal=_same_classes(held, facts),
    )


def _same_classes(held: Mapping[str, Outlook], facts: Sequence[Fact]) -> bool:
    """Whether the classes held are those last told; what was just told and not yet heard again is left out."""
    heard, told = {fact.id for fact in facts}, outlooks(facts)
    return (
        all(told.get(society) == one for society, one in held.items() if one.event in heard)
        and told.keys() <= held.keys()
    )


@dataclass(frozen=True, slots=True)
class _Logs:
    """What the logs tell: the events, and in words those that are not the speaker's, or that their class refuses."""

    facts: list[Fact] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def take(self, one: Heard, speaker: str, partition: int) -> None:
        """Puts an event of a speaker's log where it belongs."""
        place = f"{speaker}/{partition} {one.position}"
        if not own(speaker)(one):
            self.foreign.append(f"{place}: {one.source} {one.type}")
        elif data_check.refused([one]):
            self.refused.append(f"{place}: {one.type}")
        else:
            self.facts.append(Fact.of(one))


async def _everything(service: Service, heard: dict[str, int], reread: Reread) -> _Logs:
    """The events of all logs up to where they were applied."""
    settings = service.settings
    speakers = Speakers.of(service.name, settings)
    logs = _Logs()
    try:
        for speaker in sorted(SPEAKERS):
            for partition in range(settings.partitions):
                upto = heard.get(f"{speaker}/{partition}", 0)
                async for one in _log(speakers, speaker, partition, upto):
                    reread.events += 1
                    logs.take(one, speaker, partition)
    finally:
        await speakers.close()
    return logs


async def _log(speakers: Speakers, speaker: str, partition: int, upto: int) -> AsyncIterator[Heard]:
    read = 0
    while read < upto:
        page = await speakers.unchecked_page(speaker, partition, read)
        if not page:
            return
        for one in page[: upto - read]:
            yield one
        read += len(page)


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the API tells it."""
    return {name: getattr(verdict, name) for name in Verdict.__slots__} | {"equal": verdict.equal}

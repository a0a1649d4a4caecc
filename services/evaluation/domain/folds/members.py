"""The fold that counts what is still there."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD, Need
from services.evaluation.domain.folds.fold import Entries, Events, ListedFold, Outdone, Reader, Value, beaten

Place = tuple[int, str, str, str]
"""Where a record stands in the order: (day, time, recorded, id)."""

Entry = tuple[Place, int | str, bool]
"""A record by its place, the thing it is about, and whether it says that it is there."""


class Present(ListedFold, kind="present", frozen=True):
    """How many things are there (现存数): those whose latest record is one of ``events`` and not one of ``gone``.

    Told twice that a thing is there, it is there once; told again after it was gone, it is there again.
    """

    gone: Events
    key: str

    def events_at(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """What says that a thing is there, then what says that it is gone."""
        yield from super().events_at()
        for index, event_type in enumerate(self.gone):
            yield ("gone", index), event_type

    def fields(self, event_type: str) -> Iterator[Need]:
        """The field that names the thing."""
        yield Need(("key",), event_type, self.key, frozenset({DAY, FLAG, NUMBER, TEXT, WORD}))

    def take(self, event_type: str) -> Reader:
        """The thing, and whether it is there."""
        field, there = self.key, event_type in self.events

        def entry(fact: Fact) -> Entry | None:
            key = fact.data.get(field)
            return ((fact.day, fact.time, fact.recorded, fact.id), key, there) if isinstance(key, int | str) else None

        return entry

    def cells(self) -> "Whereabouts":
        """The records of each thing."""
        return Whereabouts()

    def shown(self, entry: Any) -> int | str:
        """One if it is there, else none."""
        return int(entry[2])

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """All but the latest of each thing."""
        return beaten(entries, "superseded", rank=lambda _, entry: entry[0], rival=lambda entry: entry[1])


class Whereabouts:
    """The records of each thing."""

    __slots__ = ("_things",)

    def __init__(self) -> None:
        self._things: dict[int | str, list[Entry]] = {}

    def put(self, day: int, entry: Entry) -> None:  # noqa: ARG002 — the entry has it
        """Adds a record to its thing."""
        self._things.setdefault(entry[1], []).append(entry)

    def read(self, first: int, last: int) -> Value:
        """How many things are there by their latest record in the days."""
        latest = [
            max((entry for entry in entries if first <= entry[0][0] <= last), default=None)
            for entries in self._things.values()
        ]
        told = [entry for entry in latest if entry is not None]
        return sum(entry[2] for entry in told) if told else None

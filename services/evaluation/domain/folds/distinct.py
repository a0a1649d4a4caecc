"""The fold that counts different things."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD, Need
from services.evaluation.domain.folds.fold import Entries, ListedFold, Outdone, Reader, Value
from services.evaluation.domain.folds.sliding import Sliding

Key = int | str | tuple[int | str | None, ...]


class KeysByDay(Sliding[set[Key]]):
    """The keys of each day, and on how many days of the window each is found."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[Key, int] = {}

    def put(self, day: int, entry: Key) -> None:
        """Adds a key to its day."""
        keys = self.setdefault(day, set())
        if entry not in keys:
            keys.add(entry)
            if self.first <= day <= self.last:
                self._held[entry] = self._held.get(entry, 0) + 1

    def enter(self, cell: set[Key]) -> None:
        """Its keys are found on one day more."""
        for key in cell:
            self._held[key] = self._held.get(key, 0) + 1

    def leave(self, cell: set[Key]) -> None:
        """Its keys are found on one day fewer."""
        for key in cell:
            self._held[key] -= 1
            if not self._held[key]:
                del self._held[key]

    def clear_window(self) -> None:
        """No key is found."""
        self._held = {}

    def read(self, first: int, last: int) -> Value:
        """How many different keys the days have."""
        self.look(first, last)
        return len(self._held) or None


class Distinct(ListedFold, kind="distinct", frozen=True):
    """How many different values a field has, or several together (去重计数): told twice of one thing counts once."""

    key: str | Annotated[tuple[str, ...], Field(min_length=1, strict=False)]

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields whose values are told apart."""
        return (self.key,) if isinstance(self.key, str) else self.key

    def fields(self, event_type: str) -> Iterator[Need]:
        """The fields whose values are told apart."""
        for field in self.keys:
            yield Need(("key",), event_type, field, frozenset({DAY, FLAG, NUMBER, TEXT, WORD}))

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — every type has the field
        """The key; a record without any part of it is passed over."""
        if len(self.keys) == 1:
            (field,) = self.keys
            return lambda fact: _plain(fact.data.get(field))
        fields = self.keys

        def together(fact: Fact) -> Key | None:
            told = tuple(_plain(fact.data.get(field)) for field in fields)
            return None if set(told) == {None} else told

        return together

    def cells(self) -> KeysByDay:
        """The keys of each day."""
        return KeysByDay()

    def shown(self, entry: Any) -> int | str:
        """The key, its parts side by side."""
        return " · ".join(str(part) for part in entry if part is not None) if isinstance(entry, tuple) else entry

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """Of the records of one key all but the first."""
        counted: dict[Key, str] = {}
        in_order = sorted(entries, key=lambda pair: (pair[0].day, pair[0].time, pair[0].recorded, pair[0].id))
        firsts = [(fact.id, counted.setdefault(key, fact.id)) for fact, key in in_order]
        return {id_: Outdone("repeated", first) for id_, first in firsts if id_ != first}


def _plain(told: object) -> int | str | None:
    return told if isinstance(told, int | str) else None

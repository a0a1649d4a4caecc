"""Folds that make one number of many: mean, trimmed mean, median, minimum, and the total of the latest."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, StrictInt

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD, Need
from services.evaluation.domain.folds.fold import Entries, ListedFold, Outdone, Reader, Value, beaten
from services.evaluation.domain.folds.worth import Source, numbered, source_needs
from services.evaluation.domain.points import Number, whole_or_exact

Place = tuple[int, str, str, str]
"""Where a record stands in the order: (day, time, recorded, id)."""

Entry = tuple[Place, str | None, Number]
"""A record by its place, the key it has if the fold looks at the latest of each, and its number."""


def latest_of_each(entries: list[Entry]) -> list[Entry]:
    """Of the entries with the same key only the latest; all of those without."""
    kept = [entry for entry in entries if entry[1] is None]
    latest: dict[str, Entry] = {}
    for entry in entries:
        key = entry[1]
        if key is not None and (key not in latest or latest[key][0] < entry[0]):
            latest[key] = entry
    return kept + list(latest.values())


class Reduction(ListedFold, frozen=True):
    """A number of all records in the window; with ``by``, of the latest record of each value of that field.

    The judgements of several assessors are ``by: assessor``: each assessor's latest counts. Unknown without a record.
    """

    field: Source
    by: str | None = None

    def fields(self, event_type: str) -> Iterator[Need]:
        """The fields it reads."""
        yield from source_needs(self.field, event_type, ("field",))
        if self.by is not None:
            yield Need(("by",), event_type, self.by, frozenset({DAY, FLAG, NUMBER, TEXT, WORD}))

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — every type has the field
        """The record with its key and its number; one without a number is passed over."""
        number_of, by = numbered(self.field), self.by

        def entry(fact: Fact) -> Entry | None:
            number = number_of(fact)
            if number is None:
                return None
            key = None if by is None else str(fact.data.get(by))
            return (fact.day, fact.time, fact.recorded, fact.id), key, number

        return entry

    def cells(self) -> "Records":
        """All records, by day."""
        return Records(self)

    def reduce(self, numbers: list[Number]) -> Number:
        """One number of at least one, given in ascending order."""
        raise NotImplementedError

    def shown(self, entry: Any) -> int | str:
        """The record's number."""
        return super().shown(entry[2])

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """All but the latest of each key."""
        if self.by is None:
            return {}
        return beaten(entries, "superseded", rank=lambda _, entry: entry[0], rival=lambda entry: entry[1])


class Records:
    """The records of each day, and the fold that makes a number of them."""

    __slots__ = ("_days", "_fold")

    def __init__(self, fold: Reduction) -> None:
        self._days: dict[int, list[Entry]] = {}
        self._fold = fold

    def put(self, day: int, entry: Entry) -> None:
        """Adds a record to its day."""
        self._days.setdefault(day, []).append(entry)

    def read(self, first: int, last: int) -> Value:
        """The number made of the records of the days."""
        inside = [entry for day, entries in self._days.items() if first <= day <= last for entry in entries]
        numbers = sorted(number for _, _, number in latest_of_each(inside))
        return whole_or_exact(self._fold.reduce(numbers)) if numbers else None


class Mean(Reduction, kind="mean", frozen=True):
    """The mean (平均值), exact; unknown without a record."""

    absent: Literal["zero", "unknown"] = "unknown"

    def reduce(self, numbers: list[Number]) -> Number:
        """Their sum by their number."""
        return Fraction(sum(numbers)) / len(numbers)


class TrimmedMean(Mean, kind="trimmed-mean", frozen=True):
    """The mean without ``drop`` highest and lowest each (去掉最高最低后的平均), if there are more than ``above``."""

    above: Annotated[StrictInt, Field(ge=0)] = 3
    drop: Annotated[StrictInt, Field(ge=1)] = 1

    def reduce(self, numbers: list[Number]) -> Number:
        """The mean of those that stay; when dropping would leave none, of all."""
        trimmed = numbers[self.drop : -self.drop] if len(numbers) > self.above else numbers
        return super().reduce(trimmed or numbers)

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """Beside what later records decide, the highest and the lowest that are dropped."""
        later = super().outdone(entries)
        left = sorted((entry[2], entry[0], fact.id) for fact, entry in entries if fact.id not in later)
        if not self.above < len(left) > 2 * self.drop:
            return later
        dropped = (*left[: self.drop], *left[-self.drop :])
        return {**later, **{id_: Outdone("trimmed") for _, _, id_ in dropped}}


class Median(Mean, kind="median", frozen=True):
    """The number in the middle (中位数), or the mean of the two there."""

    def reduce(self, numbers: list[Number]) -> Number:
        """The middle."""
        middle = len(numbers) // 2
        return numbers[middle] if len(numbers) % 2 else super().reduce(numbers[middle - 1 : middle + 1])


class Minimum(Mean, kind="minimum", frozen=True):
    """The least (最小值)."""

    def reduce(self, numbers: list[Number]) -> Number:
        """The first in order."""
        return numbers[0]


class Total(Reduction, kind="total", frozen=True):
    """The sum of the latest number of each thing (各项最新值之和): of every journal, branch or base."""

    by: str

    def reduce(self, numbers: list[Number]) -> Number:
        """Their sum."""
        return sum(numbers)

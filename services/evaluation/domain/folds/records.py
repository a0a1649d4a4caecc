"""Folds that look at single records: the latest, and how long ago or how long until."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, FLAG, NUMBER, TEXT, WORD, Need
from services.evaluation.domain.folds.fold import Entries, ListedFold, Outdone, Reader, Value, beaten
from services.evaluation.domain.points import Number, exact
from services.evaluation.domain.windows import day_named

Record = tuple[str, str, str, Number | str]
"""A record by its place in the order (time, recorded, id), and what it says."""


class LatestByDay:
    """The latest record of each day; the latest of a window is that of its last day with one."""

    __slots__ = ("_days", "_newest")

    def __init__(self) -> None:
        self._days: dict[int, Record] = {}
        self._newest = 0

    def put(self, day: int, entry: Record) -> None:
        """Keeps the record unless the day has a later one."""
        held = self._days.get(day)
        if held is None or held < entry:
            self._days[day] = entry
            self._newest = max(day, self._newest)

    def read(self, first: int, last: int) -> Value:
        """What the latest record says."""
        if self._days and first <= self._newest <= last:
            return self._days[self._newest][3]
        day = max((day for day in self._days if first <= day <= last), default=None)
        return None if day is None else self._days[day][3]


class Latest(ListedFold, kind="latest", frozen=True):
    """What the latest record says in a field (最新记录), by (day, time, recorded, id); unknown if there is none."""

    absent: Literal["zero", "unknown"] = "unknown"
    field: str

    def fields(self, event_type: str) -> Iterator[Need]:
        """The field it reads."""
        yield Need(("field",), event_type, self.field, frozenset({FLAG, NUMBER, TEXT, WORD}))

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — every type has the field
        """The record with its place in the order; yes is 1, no is 0."""
        field = self.field

        def record(fact: Fact) -> Record | None:
            told = fact.data.get(field)
            number = exact(told)
            if number is not None:
                return fact.time, fact.recorded, fact.id, number
            return (fact.time, fact.recorded, fact.id, told) if isinstance(told, str) else None

        return record

    def cells(self) -> LatestByDay:
        """The latest record of each day."""
        return LatestByDay()

    def shown(self, entry: Any) -> int | str:
        """What the record says."""
        return super().shown(entry[3])

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """All but the latest."""
        return beaten(entries, "superseded", rank=lambda fact, entry: (fact.day, *entry[:3]))


class DaysLeft(LatestByDay):
    """As the latest record, which says a day: how many days are left until it."""

    __slots__ = ()

    def read(self, first: int, last: int) -> Value:
        """Days from the day asked about to the day said; negative when that is past."""
        until = super().read(first, last)
        return until - last if isinstance(until, int) else None


class DaysUntil(Latest, kind="days-until", frozen=True):
    """How many days are left until the date that the latest record says (距到期天数); negative when it is past."""

    def fields(self, event_type: str) -> Iterator[Need]:
        """The field that says the date."""
        yield Need(("field",), event_type, self.field, frozenset({DAY}))

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — every type has the field
        """The record, its date as an ordinal."""
        field = self.field

        def record(fact: Fact) -> Record | None:
            day = day_named(fact.data.get(field))
            return None if day is None else (fact.time, fact.recorded, fact.id, day)

        return record

    def cells(self) -> DaysLeft:
        """The latest record of each day."""
        return DaysLeft()

    def shown(self, entry: Any) -> int | str:
        """The date that the record says."""
        return date.fromordinal(entry[3]).isoformat()


class Elapsed:
    """The days that have records."""

    __slots__ = ("_days", "_pick")

    def __init__(self, pick: Any) -> None:
        self._days: set[int] = set()
        self._pick = pick

    def put(self, day: int, entry: int) -> None:  # noqa: ARG002 — that there is one is enough
        """Keeps the day."""
        self._days.add(day)

    def read(self, first: int, last: int) -> Value:
        """Days from the picked record to the day asked about."""
        day = self._pick((day for day in self._days if first <= day <= last), default=None)
        return None if day is None else last - day


class DaysSince(ListedFold, kind="days-since", frozen=True):
    """How many days ago the first, or the last, record is (距今天数); unknown if there is none."""

    absent: Literal["zero", "unknown"] = "unknown"
    which: Literal["first", "last"] = "first"

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — its day is all it says
        """That there is one."""
        return lambda _: 1

    def cells(self) -> Elapsed:
        """The days that have records."""
        return Elapsed(min if self.which == "first" else max)

    def outdone(self, entries: Entries) -> Mapping[str, Outdone]:
        """All but those of the first, or of the last, day with any."""
        if self.which == "first":
            return beaten(entries, "preceded", rank=lambda fact, _: -fact.day)
        return beaten(entries, "superseded", rank=lambda fact, _: fact.day)

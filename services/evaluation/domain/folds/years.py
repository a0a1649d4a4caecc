"""The fold that asks whether something held year after year."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StrictInt, model_validator

from chassis.language import N_
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import DAY, NUMBER, TEXT, Need, Quorum, Where
from services.evaluation.domain.folds.fold import Cells, Fold, Reader, Value
from services.evaluation.domain.limits import Limits
from services.evaluation.domain.points import Said
from services.evaluation.domain.windows import BEGINNING, year_named, year_of, year_on

if TYPE_CHECKING:
    AnyFold = Fold

_BACK = {"this-year": 0, "last-year": 1, "year-before-last": 2}

Entry = tuple[int | None, Any]
"""The year a record is about, if a field says it, and what it contributes."""


class YearsRunning(Limits, Fold, kind="years-running", frozen=True):
    """How many calendar years in a row something held (连续年数), counted back from ``ending``, at most ``up_to``.

    ``each`` is a measure without a window, read year by year; a year counts if its value is as asked. A record belongs
    to the year in which it happened, or to the one that the field ``year`` names, such as the year that an annual check
    was of. ``latest`` is the latest year, up to the one asked about, of which there is a record.
    """

    each: "AnyFold"
    equals: Said | None = None
    ending: Literal["this-year", "last-year", "year-before-last", "latest"] = "last-year"
    up_to: Annotated[StrictInt, Field(ge=1, le=50)]
    year: str | None = None

    @model_validator(mode="after")
    def _asks_of_each(self) -> "YearsRunning":
        if not self.by_order and self.equals is None:
            raise ValueError(N_("a comparison needs at_least, at_most, more_than, less_than, equals or one_of"))
        if self.compared or self.each.compared:
            raise ValueError(N_("years-running compares no record with another measure"))
        if self.where or self.quorum or self.window is not None or self.each.window is not None:
            raise ValueError(N_("years-running takes no window, and its where and quorum inside each"))
        return self

    def events_at(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Those of the measure it reads year by year."""
        for path, event_type in self.each.events_at():
            yield ("each", *path), event_type

    def fields(self, event_type: str) -> Iterator[Need]:
        """Those of the measure, and the field that names the year."""
        for need in self.each.needs():
            if need.type == event_type:
                yield need._replace(path=("each", *need.path))
        if self.year is not None:
            yield Need(("year",), event_type, self.year, frozenset({DAY, NUMBER, TEXT}))

    def take(self, event_type: str) -> Reader:
        """What the measure takes, with the year it is about; a record that names no year is passed over."""
        inner, field = self.each.reader(event_type), self.year
        if field is None:
            return lambda fact: _with_year(None, inner(fact))

        def of_year(fact: Fact) -> Entry | None:
            year = year_named(fact.data.get(field))
            return None if year is None else _with_year(year, inner(fact))

        return of_year

    def cells(self) -> "Years":
        """The measure's memory, once for the records by day, and once for each year named."""
        return Years(self)

    def holds(self, value: Value) -> bool:
        """Whether a year with this value counts."""
        found = 0 if value is None and self.each.absent == "zero" else value
        if found is None or (isinstance(found, str) and self.equals is None):
            return False
        if isinstance(found, str):
            return found == self.equals
        return self.within(found) and (self.equals is None or found == self.equals)

    def shown(self, entry: Any) -> int | str:
        """What it contributes to its year."""
        return self.each.shown(entry[1])

    @property
    def filters(self) -> tuple[Where, Quorum | None]:
        """Those of the measure it reads year by year."""
        return self.each.filters


class Years:
    """What the measure remembers, year by year."""

    __slots__ = ("_by_day", "_by_year", "_days", "_fold")

    def __init__(self, fold: YearsRunning) -> None:
        self._fold = fold
        self._by_day: Cells = fold.each.cells()
        self._by_year: dict[int, Cells] = {}
        self._days: set[int] = set()

    def put(self, day: int, entry: Entry) -> None:
        """Hands the contribution on to the measure, in the year it is about."""
        year, inner = entry
        self._days.add(day)
        cells = self._by_day if year is None else self._by_year.setdefault(year, self._fold.each.cells())
        cells.put(day, inner)

    def read(self, first: int, last: int) -> Value:  # noqa: ARG002 — it has no window
        """How many years in a row, looking back from the last."""
        ending = self._fold.ending
        year = self._latest(last) if ending == "latest" else year_on(last) - _BACK[ending]
        running = 0
        while running < self._fold.up_to and year - running >= 1 and self._fold.holds(self._of(year - running, last)):
            running += 1
        return running

    def _latest(self, last: int) -> int:
        """The latest year, up to that of a day, of which there is a record by that day; 0 if there is none."""
        if self._fold.year is None:
            return max((year_on(day) for day in self._days if day <= last), default=0)
        years = sorted((year for year in self._by_year if year <= year_on(last)), reverse=True)
        return next((year for year in years if self._of(year, last) is not None), 0)

    def _of(self, year: int, last: int) -> Value:
        if self._fold.year is None:
            begins, ends = year_of(year)
            return self._by_day.read(begins, min(ends, last))
        cells = self._by_year.get(year)
        return None if cells is None else cells.read(BEGINNING, last)


def _with_year(year: int | None, entry: Any) -> Entry | None:
    return None if entry is None else (year, entry)


def complete(any_fold: Any) -> None:
    """Tells the class here what any fold is, once all kinds are known."""
    YearsRunning.model_rebuild(force=True, _types_namespace={"AnyFold": any_fold})

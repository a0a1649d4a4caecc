"""Folds that add up: how many, how much."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Discriminator, Field, StrictStr, Tag, model_validator

from chassis.language import N_
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.filters import Need
from services.evaluation.domain.folds.fold import Fold, ListedFold, Reader, Value
from services.evaluation.domain.folds.sliding import Sliding
from services.evaluation.domain.folds.worth import Worth, numbered, source_needs
from services.evaluation.domain.points import Exact, Number, exact, whole_or_exact


def _form(data: Any) -> str:
    if isinstance(data, dict | Worth):
        return "<worth>"
    return "<field>" if isinstance(data, str) and exact(data) is None else "<constant>"


Amount = Annotated[
    Annotated[Exact, Tag("<constant>")] | Annotated[StrictStr, Tag("<field>")] | Annotated[Worth, Tag("<worth>")],
    Discriminator(_form),
]
"""What one event adds: a constant, the name of the field that says it, or its worth by cases."""


class Tally(Sliding[Number]):
    """Numbers added up by day, and their total in the window."""

    __slots__ = ("_held", "_total")

    def __init__(self) -> None:
        super().__init__()
        self._total: Number = 0
        self._held = 0

    def put(self, day: int, entry: Number) -> None:
        """Adds an amount to its day."""
        before = self.get(day)
        self[day] = entry if before is None else before + entry
        if self.first <= day <= self.last:
            self._total += entry
            self._held += before is None

    def enter(self, cell: Number) -> None:
        """Adds a day."""
        self._total += cell
        self._held += 1

    def leave(self, cell: Number) -> None:
        """Takes a day away."""
        self._total -= cell
        self._held -= 1

    def clear_window(self) -> None:
        """Back to nothing."""
        self._total, self._held = 0, 0

    def read(self, first: int, last: int) -> Value:
        """The sum over the days."""
        self.look(first, last)
        return whole_or_exact(self._total) if self._held else None


class Count(ListedFold, kind="count", frozen=True):
    """How many records there are (计数)."""

    def take(self, event_type: str) -> Reader:  # noqa: ARG002 — one is one
        """One for each."""
        return lambda _: 1

    def cells(self) -> Tally:
        """A tally."""
        return Tally()


class Sum(Fold, kind="sum", frozen=True):
    """What comes in less what goes out (求和、余额): a constant or a field of each type of event."""

    plus: Mapping[str, Amount] = Field(default_factory=dict)
    minus: Mapping[str, Amount] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _something_to_add(self) -> "Sum":
        if not self.plus and not self.minus:
            raise ValueError(N_("a sum needs something in plus or minus"))
        if self.plus.keys() & self.minus.keys():
            raise ValueError(N_("an event cannot be both in plus and in minus"))
        return self

    def events_at(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The types added, then those taken away."""
        yield from ((("plus", event_type), event_type) for event_type in self.plus)
        yield from ((("minus", event_type), event_type) for event_type in self.minus)

    def fields(self, event_type: str) -> Iterator[Need]:
        """The field that says how much, unless a constant does."""
        for side, terms in (("plus", self.plus), ("minus", self.minus)):
            amount = terms.get(event_type)
            if isinstance(amount, str | Worth):
                yield from source_needs(amount, event_type, (side, event_type))

    def take(self, event_type: str) -> Reader:
        """The amount with its sign."""
        sign = 1 if event_type in self.plus else -1
        amount = self.plus[event_type] if event_type in self.plus else self.minus[event_type]
        if isinstance(amount, int | Fraction):
            constant = sign * amount
            return lambda _: constant
        if isinstance(amount, str):
            return _counted(amount, sign)
        worth = numbered(amount)

        def signed(fact: Fact) -> Number | None:
            told = worth(fact)
            return None if told is None else sign * told

        return signed

    def cells(self) -> Tally:
        """A tally."""
        return Tally()


def _counted(field: str, sign: int) -> Reader:
    def signed(fact: Fact) -> Number | None:
        told = fact.data.get(field)
        number = told if isinstance(told, int) else exact(told)
        return None if number is None else sign * number

    return signed

"""Folds that add up: how many, how much."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field, StrictInt, StrictStr, model_validator

from chassis.language import N_
from services.evaluation.domain.filters import NUMBER, Need
from services.evaluation.domain.folds.fold import Fold, ListedFold, Reader, Value
from services.evaluation.domain.folds.sliding import Sliding

Amount = Annotated[StrictInt, Field(ge=1)] | StrictStr
"""What one event adds: a constant, or the name of the field that says it."""


class Tally(Sliding[int]):
    """Integers added up by day, and their total in the window."""

    __slots__ = ("_held", "_total")

    def __init__(self) -> None:
        super().__init__()
        self._total = self._held = 0

    def put(self, day: int, entry: int) -> None:
        """Adds an amount to its day."""
        before = self.get(day)
        self[day] = entry if before is None else before + entry
        if self.first <= day <= self.last:
            self._total += entry
            self._held += before is None

    def enter(self, cell: int) -> None:
        """Adds a day."""
        self._total += cell
        self._held += 1

    def leave(self, cell: int) -> None:
        """Takes a day away."""
        self._total -= cell
        self._held -= 1

    def clear_window(self) -> None:
        """Back to nothing."""
        self._total = self._held = 0

    def read(self, first: int, last: int) -> Value:
        """The sum over the days."""
        self.look(first, last)
        return self._total if self._held else None


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
            if isinstance(amount, str):
                yield Need((side, event_type), event_type, amount, frozenset({NUMBER}))

    def take(self, event_type: str) -> Reader:
        """The amount with its sign."""
        sign = 1 if event_type in self.plus else -1
        amount = self.plus.get(event_type) or self.minus[event_type]
        if isinstance(amount, int):
            constant = sign * amount
            return lambda _: constant
        field = amount

        def signed(fact: Any) -> int | None:
            told = fact.data.get(field)
            return sign * told if isinstance(told, int) else None

        return signed

    def cells(self) -> Tally:
        """A tally."""
        return Tally()

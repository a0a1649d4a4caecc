"""Figures worked out of measures: by a formula, by the band another lies in, by a table, by cases."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, candidates, mentions
from services.evaluation.domain.folds.fold import Value
from services.evaluation.domain.formulas import Calculation
from services.evaluation.domain.points import Exact, Number, Said
from services.evaluation.domain.scores.score import Flaw
from services.evaluation.domain.scores.tiers import end_flaws
from services.evaluation.domain.sheet import Values, looked_up, numbers
from services.evaluation.domain.texts import Sentence, Text

figures: dict[str, type["Figure"]] = {}
"""Every kind of figure by its name in a policy."""


class Figure(BaseModel, frozen=True, extra="forbid"):
    """A figure worked out of measures and other figures; a subclass registers itself under its name in policies."""

    kind: ClassVar[str]

    figure: str
    title: Text

    def __init_subclass__(cls, *, kind: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if kind is not None:
            cls.kind = kind
            figures[kind] = cls

    def mentions(self) -> Iterator[Mention]:
        """The measures and figures it looks at."""
        raise NotImplementedError

    def value(self, values: Values) -> Value:
        """What it comes to; None while something it needs cannot be told."""
        raise NotImplementedError

    def said(self) -> tuple[Number | str, ...]:
        """All that it can say, words and numbers; none if that has no end."""
        return ()

    def flaws(self) -> Iterator[Flaw]:
        """What is wrong with it."""
        yield from ()


class ByFormula(Figure, kind="formula", frozen=True):
    """A number by a formula (公式): a sum, a difference, a product, a ratio. A division by nothing cannot be told."""

    formula: Calculation

    def mentions(self) -> Iterator[Mention]:
        """The names in the formula."""
        for name in self.formula.names:
            yield Mention(("formula",), name, number=True)

    def value(self, values: Values) -> Value:
        """What the formula comes to."""
        known = numbers(values, *self.formula.names)
        return None if known is None else self.formula.value(dict(zip(self.formula.names, known, strict=True)))


class Band(BaseModel, frozen=True, extra="forbid"):
    """From this number on, below the next band's, this value."""

    at_least: Exact
    below: Exact | None = None
    value: Said


class ByBands(Figure, kind="bands", frozen=True):
    """A value by the band in which a measure lies (分段取值); half-open, the lowest band reaches down without end.

    A ``below`` may be written for the reader; it must be where the next band begins.
    """

    of: str
    bands: Annotated[tuple[Band, ...], Field(min_length=1)]

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("of",), self.of, number=True)

    def value(self, values: Values) -> Value:
        """The value of the highest band reached."""
        known = numbers(values, self.of)
        if known is None:
            return None
        lowest = min(self.bands, key=lambda band: band.at_least)
        reached = [band for band in self.bands if band.at_least <= known[0]]
        said: Number | str = max(reached, key=lambda band: band.at_least, default=lowest).value
        return said

    def said(self) -> tuple[Number | str, ...]:
        """The bands' values."""
        return tuple(band.value for band in self.bands)

    def flaws(self) -> Iterator[Flaw]:
        """Bands that overlap, leave a gap, or say now words, now numbers."""
        floors = sorted(band.at_least for band in self.bands)
        seen: set[Number] = set()
        for index, band in enumerate(self.bands):
            if band.at_least in seen:
                sentence = Sentence.of(N_("Two tiers overlap: both begin at {floor}"), floor=str(band.at_least))
                yield Flaw(("bands", index, "at_least"), sentence)
            seen.add(band.at_least)
            yield from end_flaws(("bands", index, "below"), band.at_least, band.below, floors)
        yield from _mixed(("bands",), [band.value for band in self.bands])


class ByTable(Figure, kind="table", frozen=True):
    """A value by the word that a measure says (按表取值); ``otherwise`` for a word that is not in the table."""

    of: str
    table: Annotated[Mapping[str, Said], Field(min_length=1)]
    otherwise: Said = 0

    def mentions(self) -> Iterator[Mention]:
        """The measure, and the words it is expected to say."""
        yield Mention(("of",), self.of, words=tuple(self.table))

    def value(self, values: Values) -> Value:
        """What the table says."""
        found = values[self.of]
        return None if found is None else looked_up(self.table, found, self.otherwise)

    def said(self) -> tuple[Number | str, ...]:
        """The table's values."""
        return (*self.table.values(), self.otherwise)


class Case(BaseModel, frozen=True, extra="forbid"):
    """A condition and the value it gives."""

    when: Condition
    value: Said


class ByCases(Figure, kind="cases", frozen=True):
    """The value of the first case that holds (按情形取值), else ``otherwise``; unknown while that may be several."""

    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    otherwise: Said = 0

    def mentions(self) -> Iterator[Mention]:
        """The measures that the conditions look at."""
        for index, case in enumerate(self.cases):
            yield from mentions(case.when, ("cases", index, "when"))

    def value(self, values: Values) -> Value:
        """The first case's."""
        cases, perhaps_none = candidates(self.cases, values)
        possible = {*(case.value for case in cases), *((self.otherwise,) if perhaps_none else ())}
        return possible.pop() if len(possible) == 1 else None

    def said(self) -> tuple[Number | str, ...]:
        """The cases' values."""
        return (*(case.value for case in self.cases), self.otherwise)


def in_order(declared: Mapping[str, Figure]) -> tuple[str, ...]:
    """The names of the figures, each after those it looks at.

    Raises:
        CycleError: figures look at one another in a circle; the circle is its second argument.
    """
    graph = {
        name: [mention.measure for mention in figure.mentions() if mention.measure in declared]
        for name, figure in declared.items()
    }
    return tuple(TopologicalSorter(graph).static_order())


def circle_in(declared: Mapping[str, Figure]) -> list[str]:
    """The figures that look at one another in a circle; none if there is no circle."""
    try:
        in_order(declared)
    except CycleError as circle:
        return [str(name) for name in circle.args[1]]
    return []


def _mixed(path: tuple[str | int, ...], values: list[Number | str]) -> Iterator[Flaw]:
    if len({isinstance(value, str) for value in values}) > 1:
        yield Flaw(path, Sentence.of(N_("Either all of these are words or all are numbers")))

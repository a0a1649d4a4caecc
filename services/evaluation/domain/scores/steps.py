"""Scores that grow by steps or along a broken line."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, Field

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Exact, Number, Pay, decimal_text, number_text, paid, rounded, share_of
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, instead, not_full, too_much, unknown
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence


class FirstThen(Score, kind="first-then", frozen=True):
    """So many points for the first, so many for each further one (首个、每增加): up to the indicator's points.

    From ``begins`` on the measure earns ``first``, and ``then`` more for every whole ``every`` above it.
    """

    measure: str
    begins: Exact = 1
    first: Pay
    every: Exact = 1
    then: Pay

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("measure",), self.measure, number=True)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """A step of nothing, or a first that is more than all."""
        if self.every <= 0:
            yield Flaw(("every",), Sentence.of(N_("A step must be greater than nothing")))
        if paid(self.first, full) > full:
            yield Flaw(("first",), too_much(paid(self.first, full), full))
        if paid(self.first, full) < full and not self.then:
            yield Flaw(("then",), not_full(paid(self.first, full), full))

    def award(self, values: Values, full: Number) -> Award:
        """The first and what the whole steps above it add."""
        known = numbers(values, self.measure)
        if known is None:
            return unknown(full)
        if known[0] < self.begins:
            return awarded(0, full)
        steps = (known[0] - self.begins) // self.every
        return awarded(paid(self.first, full) + steps * paid(self.then, full), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """How many, and what the first and the others earn."""
        return self.told(
            N_("{title}: {value}; {first} from {begins} on, {then} per further {every}: {points} of {full} points"),
            sheet,
            full,
            title=sheet.titles[self.measure],
            value=sheet.shown(self.measure),
            begins=number_text(self.begins),
            first=decimal_text(paid(self.first, full)),
            every=number_text(self.every),
            then=decimal_text(paid(self.then, full)),
        )

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """How many earn all; None if none do, because further ones earn nothing."""
        first, then = paid(self.first, full), paid(self.then, full)
        steps = 0 if first >= full or then == 0 else -(-(full - first) // then)
        gain = self.lacks(sheet, full, min(first + steps * then, full))
        return instead(sheet, self.measure, self.begins + steps * self.every, gain) if gain > 0 else None


class Corner(BaseModel, frozen=True, extra="forbid"):
    """A point of a broken line: at this value, these points."""

    at: Exact
    points: Pay


class Piecewise(Score, kind="piecewise", frozen=True):
    """Points along a broken line (分段线性): in proportion between two corners, level outside the outermost."""

    measure: str
    corners: Annotated[tuple[Corner, ...], Field(min_length=2)]

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("measure",), self.measure, number=True)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Corners that are not in order, or whose best is not the indicator's maximum."""
        for index, (one, other) in enumerate(pairwise(self.corners), start=1):
            if other.at <= one.at:
                yield Flaw(("corners", index, "at"), Sentence.of(N_("The corners must follow one another upwards")))
        best = max(paid(corner.points, full) for corner in self.corners)
        if best != full:
            yield Flaw(("corners",), not_full(best, full))

    def award(self, values: Values, full: Number) -> Award:
        """The height of the line."""
        known = numbers(values, self.measure)
        return unknown(full) if known is None else awarded(self._height(known[0], full), full)

    def _height(self, value: Number, full: Number) -> Number:
        first, last = self.corners[0], self.corners[-1]
        if value <= first.at:
            return paid(first.points, full)
        for one, other in pairwise(self.corners):
            if value < other.at:
                low, high, way = paid(one.points, full), paid(other.points, full), other.at - one.at
                return low + (high - low) * share_of(value - one.at, way)
        return paid(last.points, full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The value and the corners of the line."""
        corners = [f"{number_text(one.at)} → {decimal_text(paid(one.points, full))}" for one in self.corners]
        template = N_("{title}: {value}, in proportion between {corners}: {points} of {full} points")
        title, value = sheet.titles[self.measure], sheet.shown(self.measure)
        return self.told(template, sheet, full, title=title, value=value, corners=corners)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The nearest corner that earns more."""
        now, value = self.award(sheet.values, full).points, sheet.number(self.measure)
        better = [corner for corner in self.corners if rounded(paid(corner.points, full)) > now]
        if not better:
            return None
        nearest = min(better, key=lambda corner: (abs(corner.at - value), corner.at))
        return instead(sheet, self.measure, nearest.at, self.lacks(sheet, full, paid(nearest.points, full)))

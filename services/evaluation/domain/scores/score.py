"""What every kind of score is: a declared way to award an indicator's points for measures."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel

from chassis.language import N_, Phrase
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Number, decimal_text, rounded
from services.evaluation.domain.sheet import Sheet, Values
from services.evaluation.domain.texts import Sentence


class Outcome(StrEnum):
    """How an indicator came out (评价结果): 达到, 部分达到, 未达到, 无法判断, 不适用."""

    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class Award(NamedTuple):
    """Between which points an indicator lies, exactly, in units of 1/10000; the two are one once all is known.

    What counts is what is certain: the points of the two that are nearer to nothing, none if these lie on both sides.
    They are rounded here, half up, and nowhere else.
    """

    least: Number
    most: Number
    full: Number

    @property
    def points(self) -> int:
        """The points that are certain, whatever the unknown turns out to be."""
        return rounded(max(self.least, min(self.most, 0)))

    @property
    def open(self) -> int:
        """How many of the points to be earned cannot be told yet."""
        return rounded(max(self.most, 0)) - rounded(max(self.least, 0))

    @property
    def outcome(self) -> Outcome:
        """How it came out; unknown as long as the unknown can change it."""
        least = self._outcome(self.least)
        return least if self.least == self.most or least is self._outcome(self.most) else Outcome.UNKNOWN

    def _outcome(self, points: Number) -> Outcome:
        units = rounded(points)
        if units >= rounded(self.full):
            return Outcome.MET
        return Outcome.PARTLY if units > 0 else Outcome.UNMET

    def scaled(self, full: Number) -> "Award":
        """The same for other full marks, everything in proportion."""
        by = Fraction(full) / self.full if self.full else 0
        return Award(self.least * by, self.most * by, full)


def awarded(points: Number, full: Number) -> Award:
    """The award of so many units, all known; never more than full."""
    return between(points, points, full)


def between(least: Number, most: Number, full: Number) -> Award:
    """The award of at least and at most so many units; never more than full."""
    return Award(min(least, full), min(most, full), full)


def unknown(full: Number) -> Award:
    """The award of which nothing can be told."""
    return Award(0, full, full)


def one_of(awards: Iterable[Award], full: Number) -> Award:
    """The award that is one of several, nobody knows yet which."""
    possible = list(awards)
    return between(min(one.least for one in possible), max(one.most for one in possible), full)


class Flaw(NamedTuple):
    """Something wrong with a declaration: where in it, and what."""

    path: tuple[str | int, ...]
    sentence: Sentence


scores: dict[str, type["Score"]] = {}
"""Every kind of score by its name in a policy."""


class Score(BaseModel, frozen=True, extra="forbid"):
    """How an indicator's points come of the measures; a subclass registers itself under its name in policies.

    ``full`` is always the indicator's maximum in units. A value that is unknown is never zero: what it decides stays
    open, and what is decided without it counts.
    """

    name: ClassVar[str]

    kind: str

    def __init_subclass__(cls, *, kind: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if kind is not None:
            cls.name = kind
            scores[kind] = cls

    def mentions(self) -> Iterator[Mention]:
        """The measures it looks at, each with its place in the declaration."""
        raise NotImplementedError

    def flaws(self, full: Number) -> Iterator[Flaw]:  # noqa: ARG002 — a kind may have nothing to go wrong
        """What is wrong with the declaration for an indicator of so many units."""
        yield from ()

    def award(self, values: Values, full: Number) -> Award:
        """Between which points it lies."""
        raise NotImplementedError

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The arithmetic of what is decided."""
        raise NotImplementedError

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """What would earn the next points, where something is decided; None if there are none to earn."""
        raise NotImplementedError

    def told(self, template: Phrase, sheet: Sheet, full: Number, **values: object) -> Sentence:
        """A sentence about this award, with {points} and {full} filled in."""
        points = decimal_text(self.award(sheet.values, full).points)
        return Sentence.of(template, points=points, full=decimal_text(full), **values)

    def lacks(self, sheet: Sheet, full: Number, points: Number | None = None) -> int:
        """How many units all points, or so many, are more than what is certain."""
        return rounded(full if points is None else points) - self.award(sheet.values, full).points


def instead(sheet: Sheet, measure: str, needed: Number, gain: int) -> Sentence:
    """What another value of the measure would earn."""
    return Sentence.of(
        N_("{title}: {needed} instead of {value} would earn {points} more points"),
        title=sheet.titles[measure],
        needed=sheet.said(measure, needed),
        value=sheet.shown(measure),
        points=decimal_text(gain),
    )


def not_full(best: Number, full: Number) -> Sentence:
    """That the best there is to earn is not what the indicator has."""
    template = N_("The best to be earned here is {best} points, but the indicator has {full}")
    return Sentence.of(template, best=decimal_text(best), full=decimal_text(full))


def too_much(points: Number, full: Number) -> Sentence:
    """That one part pays more than the whole."""
    template = N_("{points} points are more than the {full} of the whole")
    return Sentence.of(template, points=decimal_text(points), full=decimal_text(full))

"""What every kind of score is: a declared way to award an indicator's points for measures."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel

from chassis.language import N_, Phrase
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Number, decimal_text, number_text
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
    """An outcome and its points, in units of 1/10000."""

    outcome: Outcome
    points: int


UNKNOWN = Award(Outcome.UNKNOWN, 0)
NOT_APPLICABLE = Award(Outcome.NOT_APPLICABLE, 0)


def awarded(points: int, full: int) -> Award:
    """The award of so many units out of full: all is met, none or less is unmet, anything between is partly."""
    if points >= full:
        return Award(Outcome.MET, full)
    return Award(Outcome.PARTLY if points > 0 else Outcome.UNMET, points)


class Flaw(NamedTuple):
    """Something wrong with a declaration: where in it, and what."""

    path: tuple[str | int, ...]
    sentence: Sentence


scores: dict[str, type["Score"]] = {}
"""Every kind of score by its name in a policy."""


class Score(BaseModel, frozen=True, extra="forbid"):
    """How an indicator's points come of the measures; a subclass registers itself under its name in policies.

    ``full`` is always the indicator's maximum in units. A value that is needed and unknown makes the award unknown,
    never zero.
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

    def flaws(self, full: int) -> Iterator[Flaw]:  # noqa: ARG002 — a kind may have nothing to go wrong
        """What is wrong with the declaration for an indicator of so many units."""
        yield from ()

    def award(self, values: Values, full: int) -> Award:
        """The outcome and the points."""
        raise NotImplementedError

    def words(self, sheet: Sheet, full: int) -> Sentence:
        """The arithmetic, when nothing it needs is unknown."""
        raise NotImplementedError

    def missing(self, sheet: Sheet, full: int) -> Sentence | None:
        """What would earn the next points, when nothing it needs is unknown; None if there are none to earn."""
        raise NotImplementedError

    def told(self, template: Phrase, sheet: Sheet, full: int, **values: object) -> Sentence:
        """A sentence about this award, with {points} and {full} filled in."""
        points = decimal_text(self.award(sheet.values, full).points)
        return Sentence.of(template, points=points, full=decimal_text(full), **values)


def instead(sheet: Sheet, measure: str, needed: Number, gain: int) -> Sentence:
    """What another value of the measure would earn."""
    return Sentence.of(
        N_("{title}: {needed} instead of {value} would earn {points} more points"),
        title=sheet.titles[measure],
        needed=number_text(needed),
        value=sheet.shown(measure),
        points=decimal_text(gain),
    )


def not_full(best: int, full: int) -> Sentence:
    """That the best there is to earn is not what the indicator has."""
    template = N_("The best to be earned here is {best} points, but the indicator has {full}")
    return Sentence.of(template, best=decimal_text(best), full=decimal_text(full))


def too_much(points: int, full: int) -> Sentence:
    """That one part pays more than the whole."""
    template = N_("{points} points are more than the {full} of the whole")
    return Sentence.of(template, points=decimal_text(points), full=decimal_text(full))

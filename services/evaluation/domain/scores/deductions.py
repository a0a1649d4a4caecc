"""Full marks, less so much for each occurrence, or for a condition that holds."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.points import Number, Pay, decimal_text, paid
from services.evaluation.domain.scores.score import Award, Flaw, Score, between, instead, too_much
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence


class Deduction(BaseModel, frozen=True, extra="forbid"):
    """What one kind of occurrence takes off: so much for each, at most so much in all; once, if it is a condition."""

    when: Condition | None = None
    each: Pay
    at_most: Pay | None = None

    @model_validator(mode="after")
    def _is_bounded_once(self) -> "Deduction":
        if self.when is not None and self.at_most is not None:
            raise ValueError(N_("a condition takes off each once: at_most is for what can happen more than once"))
        return self

    def times(self, name: str, values: Values) -> Number | None:
        """How often it happened; None if that cannot be told."""
        if self.when is not None:
            truth = self.when.holds(values)
            return None if truth is None else int(truth)
        known = numbers(values, name)
        return None if known is None else known[0]

    def taken(self, times: Number, full: Number) -> Number:
        """The units it takes off for so many."""
        taken = max(times, 0) * paid(self.each, full)
        return taken if self.at_most is None else min(taken, paid(self.at_most, full))

    def most(self, full: Number) -> Number:
        """The units it can take off, as far as there are any to take."""
        if self.when is not None:
            return paid(self.each, full)
        return full if self.at_most is None else paid(self.at_most, full)


class Deductions(Score, kind="deductions", frozen=True):
    """Full marks, less so much for each occurrence of each kind (扣分制), down to ``floor``.

    A kind is a measure by its name; with ``when`` it is a condition under any name, which takes off its points once.
    """

    deduct: Annotated[Mapping[str, Deduction], Field(min_length=1)]
    floor: Pay = 0

    def mentions(self) -> Iterator[Mention]:
        """The measures that count the occurrences, and those that conditions look at."""
        for name, each in self.deduct.items():
            if each.when is None:
                yield Mention(("deduct", name), name, number=True)
            else:
                yield from mentions(each.when, ("deduct", name, "when"))

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """A floor above all points."""
        if paid(self.floor, full) > full:
            yield Flaw(("floor",), too_much(paid(self.floor, full), full))

    def award(self, values: Values, full: Number) -> Award:
        """What is left; of kinds not known, between all that they can take and nothing."""
        return self._left(values, full, without=None)

    def _left(self, values: Values, full: Number, *, without: str | None) -> Award:
        left, open_ = full, Fraction(0)
        for name, each in self.deduct.items():
            times = each.times(name, values)
            if times is None:
                open_ += each.most(full)
            elif name != without:
                left -= each.taken(times, full)
        floor = paid(self.floor, full)
        return between(max(left - open_, floor), max(left, floor), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """What each kind takes off."""
        parts = [self._part(name, times, sheet, full) for name, times in self._known(sheet)]
        return self.told(N_("from {full} taken off: {parts}: {points} of {full} points"), sheet, full, parts=parts)

    def _part(self, name: str, times: Number, sheet: Sheet, full: Number) -> Sentence:
        each = self.deduct[name]
        points = decimal_text(each.taken(times, full))
        if each.when is not None:
            return Sentence.of(N_("{condition}: -{points}"), condition=each.when.words(sheet), points=points)
        title, value = sheet.titles[name], sheet.shown(name)
        return Sentence.of(N_("{title} {value}: -{points}"), title=title, value=value, points=points)

    def _known(self, sheet: Sheet) -> list[tuple[str, Number]]:
        found = [(name, each.times(name, sheet.values)) for name, each in self.deduct.items()]
        return [(name, times) for name, times in found if times is not None and (times or not self.deduct[name].when)]

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The known kind without which most more would be left; none if that is nothing."""
        now = self.award(sheet.values, full).points
        gains = {name: self._left(sheet.values, full, without=name).points - now for name, _ in self._known(sheet)}
        worst = max(gains, key=lambda name: gains[name], default=None)
        if worst is None or gains[worst] <= 0:
            return None
        when = self.deduct[worst].when
        if when is None:
            return instead(sheet, worst, 0, gains[worst])
        opposite = Sentence.of(N_("not ({condition})"), condition=when.words(sheet))
        template = N_("{condition} would earn {points} more points")
        return Sentence.of(template, condition=opposite, points=decimal_text(gains[worst]))

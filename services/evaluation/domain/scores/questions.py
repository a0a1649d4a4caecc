"""Scores by conditions: how many of them hold."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StrictInt

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.points import Number, decimal_text, share_of
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, between, unknown
from services.evaluation.domain.scores.special import (
    SETTLED,
    Special,
    once_it_ends,
    settled,
    settles,
    special_flaws,
    special_mentions,
)
from services.evaluation.domain.sheet import Sheet, Values
from services.evaluation.domain.texts import Sentence


class Questions(Score, frozen=True):
    """A score of named conditions."""

    conditions: Annotated[Mapping[str, Condition], Field(min_length=1)]

    @property
    def asked(self) -> int:
        """How many of the conditions must hold for all points."""
        return len(self.conditions)

    def mentions(self) -> Iterator[Mention]:
        """The measures the conditions look at."""
        for name, condition in self.conditions.items():
            yield from mentions(condition, ("conditions", name))

    def points(self, held: int, full: Number) -> Number:
        """The units for so many conditions that hold."""
        return full * share_of(min(held, self.asked), self.asked)

    def award(self, values: Values, full: Number) -> Award:
        """Between the points for the conditions that hold, and those for them and the unknown ones."""
        truths = [condition.holds(values) for condition in self.conditions.values()]
        held, unknown = truths.count(True), truths.count(None)
        return between(self.points(held, full), self.points(held + unknown, full), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """How many hold of how many asked."""
        held = sum(condition.holds(sheet.values) is True for condition in self.conditions.values())
        template = N_("conditions that hold: {held}, asked for: {asked}; {points} of {full} points")
        return self.told(template, sheet, full, held=held, asked=self.asked)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The conditions that do not hold, and how many of them are needed."""
        gain = self.lacks(sheet, full)
        if gain <= 0:
            return None
        lacking = [each for each in self.conditions.values() if each.holds(sheet.values) is not True]
        return Sentence.of(
            N_("{count} more of these would earn {points} more points: {conditions}"),
            count=self.asked - (len(self.conditions) - len(lacking)),
            points=decimal_text(gain),
            conditions=[each.words(sheet) for each in lacking],
        )


class KOfN(Questions, kind="k-of-n", frozen=True):
    """All points when so many of the conditions hold, fewer in proportion (多项满足); a special case settles them."""

    need: Annotated[StrictInt, Field(ge=1)]
    special: tuple[Special, ...] = ()

    @property
    def asked(self) -> int:
        """How many must hold."""
        return self.need

    def mentions(self) -> Iterator[Mention]:
        """The measures that conditions and special cases look at."""
        yield from super().mentions()
        yield from special_mentions(self.special)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """More asked than there are, or a special case that pays more than all."""
        if self.need > len(self.conditions):
            there = len(self.conditions)
            sentence = Sentence.of(
                N_("{need} conditions are needed, but there are {there}"), need=self.need, there=there
            )
            yield Flaw(("need",), sentence)
        yield from special_flaws(self.special, full)

    def award(self, values: Values, full: Number) -> Award:
        """The special case's points, or those for the conditions that hold."""
        return settled(self.special, values, full, lambda: super(KOfN, self).award(values, full))

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """How many hold of how many asked, or the special case."""
        condition = settles(self.special, sheet)
        return super().words(sheet, full) if condition is None else self.told(SETTLED, sheet, full, condition=condition)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The conditions that do not hold; or that the special case stands in the way."""
        condition = settles(self.special, sheet)
        if condition is None or self.lacks(sheet, full) <= 0:
            return super().missing(sheet, full)
        return once_it_ends(condition)


class AllOf(Questions, kind="all-of", frozen=True):
    """All points when all conditions hold, else none (全部满足)."""

    def points(self, held: int, full: Number) -> Number:
        """All or none."""
        return full if held >= self.asked else 0


class Yes(Score, kind="yes", frozen=True):
    """All points when the condition holds, else none (是否满足)."""

    when: Condition

    def mentions(self) -> Iterator[Mention]:
        """The measures the condition looks at."""
        yield from mentions(self.when, ("when",))

    def award(self, values: Values, full: Number) -> Award:
        """All or nothing."""
        truth = self.when.holds(values)
        return unknown(full) if truth is None else awarded(full if truth else 0, full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The condition, and whether it holds."""
        condition = self.when.words(sheet)
        if self.when.holds(sheet.values):
            return self.told(N_("{condition}: holds: {points} of {full} points"), sheet, full, condition=condition)
        return self.told(N_("{condition}: does not hold: {points} of {full} points"), sheet, full, condition=condition)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The condition."""
        if self.lacks(sheet, full) <= 0:
            return None
        template = N_("{condition} would earn {points} more points")
        return Sentence.of(template, condition=self.when.words(sheet), points=decimal_text(full))

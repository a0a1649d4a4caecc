"""Scores by conditions: how many of them hold."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StrictInt, model_validator

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.points import Number, Pay, decimal_text, paid, share_of
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, between, not_full, unknown
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

    def next_step(self, held: int, full: Number) -> int:  # noqa: ARG002 — a table of steps looks at the points
        """How many must hold to earn more than so many that hold do."""
        return self.asked

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
        lacking = [each for each in self.conditions.values() if each.holds(sheet.values) is not True]
        held = len(self.conditions) - len(lacking)
        step = self.next_step(held, full)
        gain = self.lacks(sheet, full, self.points(step, full))
        if gain <= 0:
            return None
        return Sentence.of(
            N_("{count} more of these would earn {points} more points: {conditions}"),
            count=step - held,
            points=decimal_text(gain),
            conditions=[each.words(sheet) for each in lacking],
        )


def _counted(key: object) -> int:
    if isinstance(key, int):
        return key
    if not str(key).isdecimal():
        raise ValueError(N_("a table of points begins each line with how many conditions hold: {3: 5, 2: 4}"))
    return int(str(key))


def _not_none(many: int) -> int:
    if many < 1:
        raise ValueError(N_("a table of points begins with one condition; none earns no points"))
    return many


Counted = Annotated[int, BeforeValidator(_counted), AfterValidator(_not_none)]


class KOfN(Questions, kind="k-of-n", frozen=True):
    """Points by how many of the conditions hold (多项满足): all for ``need``, fewer in proportion, or by a table.

    The table gives the ``points`` of so many conditions; fewer than the least in it earn none. A special case settles
    them.
    """

    need: Annotated[StrictInt, Field(ge=1)] | None = None
    table: Annotated[Mapping[Counted, Pay] | None, Field(alias="points", min_length=1)] = None
    special: tuple[Special, ...] = ()

    @model_validator(mode="after")
    def _counts_one_way(self) -> "KOfN":
        if (self.need is None) == (self.table is None):
            raise ValueError(N_("k-of-n has either need or a table of points"))
        return self

    @property
    def asked(self) -> int:
        """How many must hold."""
        return self.need or max(self.table or {1: 0})

    def points(self, held: int, full: Number) -> Number:
        """In proportion to what is needed, or what the table says."""
        if self.table is None:
            return super().points(held, full)
        return paid(self.table[step], full) if (step := self._step(held)) else 0

    def next_step(self, held: int, full: Number) -> int:
        """All that are needed, or the next line of the table that pays more."""
        now = self.points(held, full)
        higher = (step for step in sorted(self.table or ()) if step > held and self.points(step, full) > now)
        return next(higher, self.asked)

    def _step(self, held: int) -> int:
        return max((step for step in self.table or () if step <= held), default=0)

    def mentions(self) -> Iterator[Mention]:
        """The measures that conditions and special cases look at."""
        yield from super().mentions()
        yield from special_mentions(self.special)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """More asked than there are, a table that falls or does not reach all, a special case that pays more."""
        where = "points" if self.need is None else "need"
        if self.asked > len(self.conditions):
            template = N_("{need} conditions are needed, but there are {there}")
            yield Flaw((where,), Sentence.of(template, need=self.asked, there=len(self.conditions)))
        for fewer, more in pairwise(sorted(self.table or ())):
            if self.points(more, full) < self.points(fewer, full):
                template = N_("{more} conditions earn less than {fewer}")
                yield Flaw((where, str(more)), Sentence.of(template, more=more, fewer=fewer))
        best = self.points(self.asked, full)
        if self.table is not None and best != full:
            yield Flaw((where,), not_full(best, full))
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

"""Scores by lists of conditions: the best case, points for each."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel, Field, StrictBool

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.points import Number, Pay, decimal_text, paid, rounded
from services.evaluation.domain.scores.score import Award, Flaw, Score, between, not_full
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
from services.evaluation.domain.texts import Sentence, Text


class Case(BaseModel, frozen=True, extra="forbid"):
    """A condition and what it pays; one for consolation is paid, but not advised (``advise: false``)."""

    when: Condition
    points: Pay
    advise: StrictBool = True


class Cases(Score, kind="cases", frozen=True):
    """The points of the best-paid case that holds (多条件分档、就高计分); ``otherwise`` when none does.

    A case may look at several measures: a tier met by any of several conditions is a case with ``any``.
    """

    cases: Annotated[tuple[Case, ...], Field(min_length=1)]
    otherwise: Pay = 0

    def mentions(self) -> Iterator[Mention]:
        """The measures the cases look at."""
        for index, case in enumerate(self.cases):
            yield from mentions(case.when, ("cases", index, "when"))

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Cases of which none pays the indicator's maximum."""
        best = max(paid(pay, full) for pay in (*(case.points for case in self.cases), self.otherwise))
        if best != full:
            yield Flaw(("cases",), not_full(best, full))

    def award(self, values: Values, full: Number) -> Award:
        """The best case; with unknown ones, between what they may leave of it and what they may make of it."""
        truths = [(case.when.holds(values), paid(case.points, full)) for case in self.cases]
        open_ = [points for truth, points in truths if truth is None]
        held = max((points for truth, points in truths if truth), default=None)
        if held is None:
            otherwise = paid(self.otherwise, full)
            return between(min([otherwise, *open_]), max([otherwise, *open_]), full)
        return between(held, max([held, *open_]), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The case that decides."""
        held = [case for case in self.cases if case.when.holds(sheet.values)]
        if not held:
            return self.told(N_("none of the cases holds: {points} of {full} points"), sheet, full)
        best = max(held, key=lambda case: paid(case.points, full))
        template = N_("{condition}: holds: {points} of {full} points")
        return self.told(template, sheet, full, condition=best.when.words(sheet))

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The next better case."""
        now = self.award(sheet.values, full).points
        better = [case for case in self.cases if case.advise and rounded(paid(case.points, full)) > now]
        if not better:
            return None
        next_best = min(better, key=lambda case: paid(case.points, full))
        template = N_("{condition} would earn {points} more points")
        gain = decimal_text(self.lacks(sheet, full, paid(next_best.points, full)))
        return Sentence.of(template, condition=next_best.when.words(sheet), points=gain)


class Entry(BaseModel, frozen=True, extra="forbid"):
    """One entry of a list: what it asks, what it pays, and what people call it."""

    title: Text | None = None
    when: Condition
    points: Pay
    advise: StrictBool = True

    def words(self, sheet: Sheet) -> Text | Sentence:
        """Its title, or the condition in words."""
        return self.title or self.when.words(sheet)


class Checklist(Score, kind="checklist", frozen=True):
    """Each entry that holds pays its own points (分项计分), up to the indicator's; a special case settles them at once.

    The first special case that holds decides. The entries may add up to more than the indicator has: then some of them
    are enough.
    """

    entries: Annotated[Mapping[str, Entry], Field(min_length=1)]
    special: tuple[Special, ...] = ()

    def mentions(self) -> Iterator[Mention]:
        """The measures that entries and special cases look at."""
        for name, entry in self.entries.items():
            yield from mentions(entry.when, ("entries", name, "when"))
        yield from special_mentions(self.special)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Entries that together pay less than the indicator has, or a special case that pays more."""
        whole = sum(paid(entry.points, full) for entry in self.entries.values())
        if whole < full:
            yield Flaw(("entries",), not_full(whole, full))
        yield from special_flaws(self.special, full)

    def award(self, values: Values, full: Number) -> Award:
        """The special case's points; else between the sum of what holds, and that with the unknown entries."""
        return settled(self.special, values, full, lambda: self._sum(values, full))

    def _sum(self, values: Values, full: Number) -> Award:
        truths = [(entry.when.holds(values), paid(entry.points, full)) for entry in self.entries.values()]
        held = sum(points for truth, points in truths if truth)
        return between(held, held + sum(points for truth, points in truths if truth is None), full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The entries that hold, each with its points, or the special case."""
        condition = settles(self.special, sheet)
        if condition is not None:
            return self.told(SETTLED, sheet, full, condition=condition)
        held = [each for each in self.entries.values() if each.when.holds(sheet.values)]
        if not held:
            return self.told(N_("none of the entries holds: {points} of {full} points"), sheet, full)
        parts = [_priced(each.words(sheet), paid(each.points, full)) for each in held]
        return self.told(N_("{parts}: {points} of {full} points"), sheet, full, parts=parts)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The entries that do not hold, each with its points; or that the special case stands in the way."""
        if self.lacks(sheet, full) <= 0:
            return None
        condition = settles(self.special, sheet)
        if condition is not None:
            return once_it_ends(condition)
        lacking = [each for each in self.entries.values() if each.advise and not each.when.holds(sheet.values)]
        if not any(paid(each.points, full) for each in lacking):
            return None
        parts = [_priced(each.words(sheet), paid(each.points, full)) for each in lacking]
        return Sentence.of(N_("Still to be earned: {parts}"), parts=parts)


def _priced(words: Text | Sentence, points: Number) -> Sentence:
    return Sentence.of(N_("{condition} ({points})"), condition=words, points=decimal_text(points))

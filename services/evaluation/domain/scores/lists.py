"""Scores by lists of conditions: the best case, points for each, points off for each occurrence."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel, Field

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, mentions
from services.evaluation.domain.points import Number, Pay, decimal_text, half_up, paid
from services.evaluation.domain.scores.score import (
    UNKNOWN,
    Award,
    Flaw,
    Score,
    awarded,
    instead,
    not_full,
    too_much,
)
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence, Text


class Case(BaseModel, frozen=True, extra="forbid"):
    """A condition and what it pays."""

    when: Condition
    points: Pay


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

    def flaws(self, full: int) -> Iterator[Flaw]:
        """Cases of which none pays the indicator's maximum."""
        best = max(paid(pay, full) for pay in (*(case.points for case in self.cases), self.otherwise))
        if best != full:
            yield Flaw(("cases",), not_full(best, full))

    def award(self, values: Values, full: int) -> Award:
        """The best case; unknown while a better-paid one may yet hold."""
        truths = [(case.when.holds(values), paid(case.points, full)) for case in self.cases]
        earned = max([points for truth, points in truths if truth], default=paid(self.otherwise, full))
        if any(truth is None and points > earned for truth, points in truths):
            return UNKNOWN
        return awarded(earned, full)

    def words(self, sheet: Sheet, full: int) -> Sentence:
        """The case that decides."""
        held = [case for case in self.cases if case.when.holds(sheet.values)]
        if not held:
            return self.told(N_("none of the cases holds: {points} of {full} points"), sheet, full)
        best = max(held, key=lambda case: paid(case.points, full))
        template = N_("{condition}: holds: {points} of {full} points")
        return self.told(template, sheet, full, condition=best.when.words(sheet))

    def missing(self, sheet: Sheet, full: int) -> Sentence | None:
        """The next better case."""
        now = self.award(sheet.values, full).points
        better = [case for case in self.cases if paid(case.points, full) > now]
        if not better:
            return None
        next_best = min(better, key=lambda case: paid(case.points, full))
        template = N_("{condition} would earn {points} more points")
        gain = decimal_text(paid(next_best.points, full) - now)
        return Sentence.of(template, condition=next_best.when.words(sheet), points=gain)


class Entry(BaseModel, frozen=True, extra="forbid"):
    """One entry of a list: what it asks, what it pays, and what people call it."""

    title: Text | None = None
    when: Condition
    points: Pay

    def words(self, sheet: Sheet) -> Text | Sentence:
        """Its title, or the condition in words."""
        return self.title or self.when.words(sheet)


class Special(BaseModel, frozen=True, extra="forbid"):
    """A condition that settles the points, whatever else holds."""

    when: Condition
    points: Pay


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
        for index, case in enumerate(self.special):
            yield from mentions(case.when, ("special", index, "when"))

    def flaws(self, full: int) -> Iterator[Flaw]:
        """Entries that together pay less than the indicator has, or a special case that pays more."""
        whole = sum(paid(entry.points, full) for entry in self.entries.values())
        if whole < full:
            yield Flaw(("entries",), not_full(whole, full))
        for index, case in enumerate(self.special):
            if paid(case.points, full) > full:
                yield Flaw(("special", index, "points"), too_much(paid(case.points, full), full))

    def award(self, values: Values, full: int) -> Award:
        """The sum of what holds; unknown while an unknown entry could still add to it."""
        for case in self.special:
            truth = case.when.holds(values)
            if truth is not False:
                return UNKNOWN if truth is None else awarded(paid(case.points, full), full)
        truths = [(entry.when.holds(values), paid(entry.points, full)) for entry in self.entries.values()]
        earned = sum(points for truth, points in truths if truth)
        if earned < full and any(truth is None for truth, _ in truths):
            return UNKNOWN
        return awarded(min(earned, full), full)

    def words(self, sheet: Sheet, full: int) -> Sentence:
        """The entries that hold, each with its points, or the special case."""
        for case in self.special:
            if case.when.holds(sheet.values):
                template = N_("special case: {condition}: {points} of {full} points")
                return self.told(template, sheet, full, condition=case.when.words(sheet))
        held = [each for each in self.entries.values() if each.when.holds(sheet.values)]
        if not held:
            return self.told(N_("none of the entries holds: {points} of {full} points"), sheet, full)
        parts = [_priced(each.words(sheet), paid(each.points, full)) for each in held]
        return self.told(N_("{parts}: {points} of {full} points"), sheet, full, parts=parts)

    def missing(self, sheet: Sheet, full: int) -> Sentence | None:
        """The entries that do not hold, each with its points; or that the special case stands in the way."""
        now = self.award(sheet.values, full).points
        if now >= full:
            return None
        for case in self.special:
            if case.when.holds(sheet.values):
                template = N_("not ({condition}) would let the entries count")
                return Sentence.of(template, condition=case.when.words(sheet))
        lacking = [each for each in self.entries.values() if not each.when.holds(sheet.values)]
        parts = [_priced(each.words(sheet), paid(each.points, full)) for each in lacking]
        return Sentence.of(N_("Still to be earned: {parts}"), parts=parts)


class Deduction(BaseModel, frozen=True, extra="forbid"):
    """What one kind of occurrence takes off: so much for each, at most so much in all."""

    each: Pay
    at_most: Pay | None = None

    def taken(self, times: Number, full: int) -> int:
        """The units it takes off for so many."""
        taken = half_up(max(times, 0) * paid(self.each, full), 1)
        return taken if self.at_most is None else min(taken, paid(self.at_most, full))


class Deductions(Score, kind="deductions", frozen=True):
    """Full marks, less so much for each occurrence of each kind (扣分制), down to ``floor``."""

    deduct: Annotated[Mapping[str, Deduction], Field(min_length=1)]
    floor: Pay = 0

    def mentions(self) -> Iterator[Mention]:
        """The measures that count the occurrences."""
        for name in self.deduct:
            yield Mention(("deduct", name), name, number=True)

    def flaws(self, full: int) -> Iterator[Flaw]:
        """A floor above all points."""
        if paid(self.floor, full) > full:
            yield Flaw(("floor",), too_much(paid(self.floor, full), full))

    def award(self, values: Values, full: int) -> Award:
        """What is left."""
        known = numbers(values, *self.deduct)
        if known is None:
            return UNKNOWN
        taken = sum(each.taken(times, full) for each, times in zip(self.deduct.values(), known, strict=True))
        return awarded(max(full - taken, paid(self.floor, full)), full)

    def words(self, sheet: Sheet, full: int) -> Sentence:
        """What each kind takes off."""
        parts = [
            Sentence.of(
                N_("{title} {value}: -{points}"),
                title=sheet.titles[name],
                value=sheet.shown(name),
                points=decimal_text(each.taken(sheet.number(name), full)),
            )
            for name, each in self.deduct.items()
        ]
        return self.told(N_("from {full} taken off: {parts}: {points} of {full} points"), sheet, full, parts=parts)

    def missing(self, sheet: Sheet, full: int) -> Sentence | None:
        """The kind that takes off most, without which so much more would be left."""
        now = self.award(sheet.values, full).points
        if now >= full:
            return None
        worst = max(self.deduct, key=lambda name: self.deduct[name].taken(sheet.number(name), full))
        without = dict(sheet.values) | {worst: 0}
        return instead(sheet, worst, 0, self.award(without, full).points - now)


def _priced(words: Text | Sentence, points: int) -> Sentence:
    return Sentence.of(N_("{condition} ({points})"), condition=words, points=decimal_text(points))

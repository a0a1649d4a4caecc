"""Scores by steps: the higher the measure, the higher the tier."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, Field

from chassis.language import N_
from services.evaluation.domain.conditions import Mention
from services.evaluation.domain.points import Exact, Number, Pay, decimal_text, number_text, paid, rounded
from services.evaluation.domain.scores.score import Award, Flaw, Score, awarded, instead, unknown
from services.evaluation.domain.sheet import Sheet, Values, numbers
from services.evaluation.domain.texts import Sentence


class Tier(BaseModel, frozen=True, extra="forbid"):
    """A step: from this value on, below the next step's, these points."""

    at_least: Exact
    below: Exact | None = None
    points: Pay


class Tiers(Score, kind="tiers", frozen=True):
    """Points by the highest tier whose floor the measure reaches (分档计分); half-open, so no value is in two tiers.

    The tiers may be listed in either direction; more must never earn less. Below the lowest tier is nothing.
    """

    measure: str
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]

    def mentions(self) -> Iterator[Mention]:
        """The measure."""
        yield Mention(("measure",), self.measure, number=True)

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Tiers that overlap, that pay less for more, or whose best is not the indicator's maximum."""
        yield from tier_flaws([(tier.at_least, tier.below, paid(tier.points, full)) for tier in self.tiers], full)

    def award(self, values: Values, full: Number) -> Award:
        """The points of the highest tier reached."""
        known = numbers(values, self.measure)
        if known is None:
            return unknown(full)
        return awarded(
            max((paid(tier.points, full) for tier in self.tiers if known[0] >= tier.at_least), default=0), full
        )

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The value and the tier it is in."""
        value = sheet.number(self.measure)
        said = {"title": sheet.titles[self.measure], "value": number_text(value)}
        floor = max((tier.at_least for tier in self.tiers if value >= tier.at_least), default=None)
        if floor is None:
            return self.told(N_("{title}: {value}, below every tier: {points} of {full} points"), sheet, full, **said)
        template = N_("{title}: {value}, in the tier from {floor}: {points} of {full} points")
        return self.told(template, sheet, full, floor=number_text(floor), **said)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """The next tier up and what it adds."""
        value, now = sheet.number(self.measure), self.award(sheet.values, full).points
        above = [tier for tier in self.tiers if tier.at_least > value and rounded(paid(tier.points, full)) > now]
        if not above:
            return None
        step = min(above, key=lambda tier: tier.at_least)
        return instead(sheet, self.measure, step.at_least, self.lacks(sheet, full, paid(step.points, full)))


def tier_flaws(tiers: list[tuple[Number, Number | None, Number]], full: Number) -> Iterator[Flaw]:
    """What is wrong with floors, ends and units of tiers, in the order listed.

    An end is only a promise: it must be the floor of the next higher tier, or the tiers have a gap or overlap.
    """
    seen: dict[Number, Number] = {}
    floors = sorted(floor for floor, _, _ in tiers)
    for index, (floor, below, points) in enumerate(tiers):
        if floor in seen:
            sentence = Sentence.of(N_("Two tiers overlap: both begin at {floor}"), floor=number_text(floor))
            yield Flaw(("tiers", index, "at_least"), sentence)
        elif any((floor > other) != (points > earned) for other, earned in seen.items()):
            yield Flaw(
                ("tiers", index, "points"), Sentence.of(N_("A higher tier must earn more points, a lower one fewer"))
            )
        seen.setdefault(floor, points)
        yield from end_flaws(("tiers", index, "below"), floor, below, floors)
    best = max(points for _, _, points in tiers)
    if best != full:
        sentence = Sentence.of(
            N_("The best tier earns {best} points, but the indicator has {full}"),
            best=decimal_text(best),
            full=decimal_text(full),
        )
        yield Flaw(("tiers",), sentence)


def end_flaws(path: tuple[str | int, ...], floor: Number, below: Number | None, floors: list[Number]) -> Iterator[Flaw]:
    """A band whose stated end is not where the next begins; floors are sorted."""
    following = next((other for other in floors if other > floor), None)
    if below is None or below == following:
        return
    if following is None:
        yield Flaw(
            path, Sentence.of(N_("The highest band ends at {below}: above it is a gap"), below=number_text(below))
        )
        return
    said = {"below": number_text(below), "next": number_text(following)}
    gap = N_("A gap: this band ends at {below}, the next begins at {next}")
    overlap = N_("Bands overlap: this one ends at {below}, the next begins at {next}")
    yield Flaw(path, Sentence.of(gap if below < following else overlap, **said))

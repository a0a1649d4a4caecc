"""Scores made of scores: their sum, the highest of them, the one a case chooses."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, Field

from chassis.language import N_
from services.evaluation.domain.conditions import Condition, Mention, candidates, mentions
from services.evaluation.domain.points import Number, Pay, paid
from services.evaluation.domain.scores.score import Award, Flaw, Score, between, not_full, one_of, too_much
from services.evaluation.domain.sheet import Sheet, Values
from services.evaluation.domain.texts import Sentence, Text

if TYPE_CHECKING:
    AnyScore = Score


class Part(BaseModel, frozen=True, extra="forbid"):
    """One of the scores that make up a score: its points, and how they are earned."""

    title: Text | None = None
    points: Pay
    score: "AnyScore"

    def full(self, whole: Number) -> Number:
        """Its own maximum in units."""
        return paid(self.points, whole)

    def award(self, values: Values, whole: Number) -> Award:
        """What it earns."""
        return self.score.award(values, self.full(whole))

    def undecided(self, values: Values, whole: Number) -> bool:
        """Whether nothing of it is decided yet."""
        award = self.award(values, whole)
        return bool(award.open and not award.points)

    def words(self, sheet: Sheet, whole: Number) -> Sentence:
        """Its arithmetic, as far as anything is decided, under its title if it has one."""
        undecided = self.undecided(sheet.values, whole)
        said = Sentence.of(N_("cannot be told yet")) if undecided else self.score.words(sheet, self.full(whole))
        return Sentence.of(N_("{title}: {words}"), title=self.title, words=said) if self.title else said


class Composed(Score, frozen=True):
    """A score of named parts."""

    parts: Annotated[Mapping[str, Part], Field(min_length=1)]

    def mentions(self) -> Iterator[Mention]:
        """The measures the parts look at."""
        for name, part in self.parts.items():
            for mention in part.score.mentions():
                yield mention._replace(path=("parts", name, "score", *mention.path))

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Those of the parts."""
        for name, part in self.parts.items():
            if part.full(full) > full:
                yield Flaw(("parts", name, "points"), too_much(part.full(full), full))
            for flaw in part.score.flaws(part.full(full)):
                yield Flaw(("parts", name, "score", *flaw.path), flaw.sentence)

    def shown(self, sheet: Sheet, full: Number) -> list[Part]:
        """The parts that the points come from."""
        raise NotImplementedError

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The arithmetic of the parts the points come from."""
        parts = [part.words(sheet, full) for part in self.shown(sheet, full)]
        return self.told(N_("{parts}; together {points} of {full} points"), sheet, full, parts=parts)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """What the parts lack."""
        if self.lacks(sheet, full) <= 0:
            return None
        known = [part for part in self.parts.values() if not part.undecided(sheet.values, full)]
        lacks = [part.score.missing(sheet, part.full(full)) for part in known]
        parts = [lack for lack in lacks if lack is not None]
        return Sentence.of(N_("One or more of these: {parts}"), parts=parts) if parts else None


class SumOf(Composed, kind="sum", frozen=True):
    """The sum of several scores (分项合计), up to the indicator's points."""

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Parts that together have less than the indicator, and those of the parts."""
        whole = sum(part.full(full) for part in self.parts.values())
        if whole < full:
            yield Flaw(("parts",), not_full(whole, full))
        yield from super().flaws(full)

    def award(self, values: Values, full: Number) -> Award:
        """What the parts earn together, never below nothing."""
        awards = [part.award(values, full) for part in self.parts.values()]
        return between(max(sum(one.least for one in awards), 0), max(sum(one.most for one in awards), 0), full)

    def shown(self, sheet: Sheet, full: Number) -> list[Part]:  # noqa: ARG002 — all of them, whatever they earn
        """All."""
        return list(self.parts.values())


class HighestOf(Composed, kind="highest", frozen=True):
    """The highest of several scores (就高计分)."""

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """A best part with less than the indicator's points, and those of the parts."""
        best = max(part.full(full) for part in self.parts.values())
        if best < full:
            yield Flaw(("parts",), not_full(best, full))
        yield from super().flaws(full)

    def award(self, values: Values, full: Number) -> Award:
        """What the best part earns."""
        awards = [part.award(values, full) for part in self.parts.values()]
        return between(max(0, *(one.least for one in awards)), max(0, *(one.most for one in awards)), full)

    def shown(self, sheet: Sheet, full: Number) -> list[Part]:
        """The first of those that earn most."""
        return [max(self.parts.values(), key=lambda part: part.award(sheet.values, full).points)]


class Choice(BaseModel, frozen=True, extra="forbid"):
    """A condition and the score it chooses."""

    when: Condition
    score: "AnyScore"


class Choose(Score, kind="choose", frozen=True):
    """The score of the first case that holds (分类计分): another rule for another kind or size of society."""

    cases: Annotated[tuple[Choice, ...], Field(min_length=1)]
    otherwise: "AnyScore"

    def mentions(self) -> Iterator[Mention]:
        """The measures that conditions and scores look at."""
        for index, case in enumerate(self.cases):
            yield from mentions(case.when, ("cases", index, "when"))
            for mention in case.score.mentions():
                yield mention._replace(path=("cases", index, "score", *mention.path))
        for mention in self.otherwise.mentions():
            yield mention._replace(path=("otherwise", *mention.path))

    def flaws(self, full: Number) -> Iterator[Flaw]:
        """Those of the scores."""
        for index, case in enumerate(self.cases):
            for flaw in case.score.flaws(full):
                yield Flaw(("cases", index, "score", *flaw.path), flaw.sentence)
        for flaw in self.otherwise.flaws(full):
            yield Flaw(("otherwise", *flaw.path), flaw.sentence)

    def chosen(self, values: Values) -> list[Score]:
        """The score of the first case that holds; several while nobody knows which that is."""
        cases, perhaps_none = candidates(self.cases, values)
        return [*(case.score for case in cases), *((self.otherwise,) if perhaps_none else ())]

    def award(self, values: Values, full: Number) -> Award:
        """The award of the score that is chosen."""
        return one_of([score.award(values, full) for score in self.chosen(values)], full)

    def words(self, sheet: Sheet, full: Number) -> Sentence:
        """The arithmetic of the score that is chosen, and the case."""
        cases, perhaps_none = candidates(self.cases, sheet.values)
        if not cases:
            return self.otherwise.words(sheet, full)
        if perhaps_none or len(cases) > 1:
            return self.told(N_("whichever case holds: {points} of {full} points"), sheet, full)
        said = {"condition": cases[0].when.words(sheet), "words": cases[0].score.words(sheet, full)}
        return Sentence.of(N_("because {condition}: {words}"), **said)

    def missing(self, sheet: Sheet, full: Number) -> Sentence | None:
        """What the score that is chosen lacks, once it is known which that is."""
        chosen = self.chosen(sheet.values)
        return chosen[0].missing(sheet, full) if len(chosen) == 1 else None


def complete(any_score: Any) -> None:
    """Tells the classes here what any score is, once all kinds are known."""
    for model in (Part, Choice, Composed, SumOf, HighestOf, Choose):
        model.model_rebuild(force=True, _types_namespace={"AnyScore": any_score})

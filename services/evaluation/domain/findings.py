"""How the indicators of one society come out, and what that adds up to."""

from collections.abc import Sequence
from typing import NamedTuple

from services.evaluation.domain.mentioned import false_answers
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.scores import Award, Outcome
from services.evaluation.domain.scores.score import unknown
from services.evaluation.domain.sections import Summed, settle
from services.evaluation.domain.sheet import Values, numbers
from services.evaluation.domain.spec import Indicator, Profile

FALSITY = "falsity"
"""What took the points of an indicator with too many false answers, beside the ids of vetoes."""


class Finding(NamedTuple):
    """How one indicator came out; points and max in units of 1/10000.

    ``points`` are those that are certain, ``open`` how many more cannot be told yet. An extra one counts on top of full
    marks. ``zeroed_by`` is the veto that took its points, or false evidence.
    """

    indicator: str
    outcome: Outcome
    points: int
    max: int
    extra: bool = False
    zeroed_by: str | None = None
    open: int = 0

    @property
    def applicable(self) -> int:
        """Its maximum, if it applies and is part of full marks."""
        return 0 if self.extra or self.outcome is Outcome.NOT_APPLICABLE else self.max

    @property
    def undecided(self) -> bool:
        """Whether nothing of it is decided yet."""
        return self.outcome is Outcome.UNKNOWN and not self.points and self.open >= self.max

    @property
    def known(self) -> int:
        """The part of its maximum that could be told, if it applies."""
        return max(self.applicable - self.open, 0)


class Judgement(NamedTuple):
    """What holds whatever the points: vetoes, failed requirements, restructuring, the profile."""

    vetoes: tuple[str, ...] = ()
    ineligible: tuple[str, ...] = ()
    restructure: bool = False
    profile: Profile | None = None


class Findings:
    """The findings in the order of the policy, with their sums, and what holds whatever the points.

    What a changed measure does not touch is not worked out again.
    """

    def __init__(self, policy: Policy) -> None:
        self.all: list[Finding] = []
        self.total = self.applicable = self.known = 0
        self.judgement = Judgement()
        self._policy = policy
        self._awards: list[Award | None] = []
        self._sum = 0
        self._zeroed: dict[int, str] = {}

    @property
    def cut(self) -> int:
        """Points that were earned and do not count, because extra points are limited; in units."""
        return self._sum - self.total

    def follow(self, changed: list[str], values: Values) -> None:
        """Works out what the changed measures touch; the first time, everything."""
        policy = self._policy
        if not self.all:
            self._begin(values)
            return
        if not policy.decisive.isdisjoint(changed) and self._judge(values):
            self._everything(values)
            return
        moved = False
        for place in {place for name in changed for place in policy.affected[name]}:
            found = award(policy.indicators[place], values)
            if found != self._awards[place]:
                self._awards[place] = found
                self._replace(place, self._finding(place))
                moved = True
        if moved:
            self.total = self._settled() if policy.has_extras else self._sum

    def _begin(self, values: Values) -> None:
        indicators = self._policy.indicators
        self.all = [Finding(one.id, Outcome.NOT_APPLICABLE, 0, 0, one.extra) for one in indicators]
        self._judge(values)
        self._everything(values)

    def _everything(self, values: Values) -> None:
        policy = self._policy
        self._awards = [award(indicator, values) for indicator in policy.indicators]
        for place in range(len(self.all)):
            self._replace(place, self._finding(place))
        self.total = self._settled() if policy.has_extras else self._sum

    def _finding(self, place: int) -> Finding:
        return finding_of(self._policy, place, self._awards[place], self.judgement.profile, self._zeroed.get(place))

    def _replace(self, place: int, new: Finding) -> None:
        old, self.all[place] = self.all[place], new
        self._sum += new.points - old.points
        self.applicable += new.applicable - old.applicable
        self.known += new.known - old.known

    def _settled(self) -> int:
        policy = self._policy
        return settle(policy.groups, policy.spec.extras, contributions(policy, self.all))

    def _judge(self, values: Values) -> bool:
        """Judges anew. True if every indicator has to be looked at again."""
        spec, before, rule = self._policy.spec, self.judgement, self._policy.classes.rule
        vetoes = tuple(veto.id for veto in spec.vetoes if veto.when.holds(values) is True)
        self.judgement = Judgement(
            vetoes=vetoes,
            ineligible=tuple(one.id for one in spec.eligibility if one.when.holds(values) is False),
            restructure=rule is not None and rule.when.holds(values) is True,
            profile=next((one for one in spec.profiles if one.when.holds(values) is True), None),
        )
        zeroed, self._zeroed = self._zeroed, self._false(values) | self._vetoed(vetoes)
        return before.profile is not self.judgement.profile or zeroed != self._zeroed

    def _vetoed(self, vetoes: tuple[str, ...]) -> dict[int, str]:
        return {place: veto for veto in reversed(vetoes) for place in self._policy.zeroed[veto]}

    def _false(self, values: Values) -> dict[int, str]:
        """The indicators whose points false evidence takes: every one with too many false answers, the last one too."""
        rule, indicators = self._policy.spec.falsity, self._policy.indicators
        if rule is None:
            return {}
        counts = numbers(values, *map(false_answers, indicators)) or []
        places = [place for place, count in enumerate(counts) if count >= rule.answers]
        return dict.fromkeys(range(len(indicators)) if len(places) >= rule.indicators else places, FALSITY)


def contributions(policy: Policy, findings: Sequence[Finding]) -> list[Summed]:
    """What each indicator contributes to its section."""
    return [
        Summed(indicator.group, found.extra, found.points, found.applicable, found.known)
        for indicator, found in zip(policy.indicators, findings, strict=True)
    ]


def finding_of(
    policy: Policy, place: int, award: Award | None, profile: Profile | None, zeroed_by: str | None
) -> Finding:
    """The finding of the indicator in a place, by its award: under a profile, and less what takes its points."""
    indicator = policy.indicators[place]
    full = indicator.full if profile is None else policy.profiled[profile.id][place]
    if award is None or (full == 0 and indicator.full):
        return Finding(indicator.id, Outcome.NOT_APPLICABLE, 0, full, indicator.extra)
    if full != indicator.full:
        award = award.scaled(full)
    if zeroed_by is not None:
        return Finding(indicator.id, Outcome.UNMET, min(award.points, 0), full, indicator.extra, zeroed_by)
    return Finding(indicator.id, award.outcome, award.points, full, indicator.extra, open=award.open)


def award(indicator: Indicator, values: Values) -> Award | None:
    """An indicator's award: none where its condition does not hold, all open where that cannot be told."""
    if indicator.applies_when is not None:
        applies = indicator.applies_when.holds(values)
        if applies is not True:
            return None if applies is False else unknown(indicator.full)
    return indicator.score.award(values, indicator.full)

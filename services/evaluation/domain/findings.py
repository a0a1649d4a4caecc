"""How the indicators of one society come out, and what that adds up to."""

from typing import NamedTuple

from services.evaluation.domain.policy import Policy
from services.evaluation.domain.scores import NOT_APPLICABLE, UNKNOWN, Award, Outcome
from services.evaluation.domain.sheet import Values
from services.evaluation.domain.spec import Indicator


class Finding(NamedTuple):
    """How one indicator came out; points and max in units of 1/10000."""

    indicator: str
    outcome: Outcome
    points: int
    max: int

    @property
    def applicable(self) -> int:
        """Its maximum, if it applies."""
        return 0 if self.outcome is Outcome.NOT_APPLICABLE else self.max

    @property
    def known(self) -> int:
        """Its maximum, if it applies and could be told."""
        return 0 if self.outcome is Outcome.UNKNOWN else self.applicable


class Findings:
    """The findings in the order of the policy, with their sums, the vetoes that hold, and whether the rule applies.

    What a changed measure does not touch is not worked out again.
    """

    def __init__(self, policy: Policy) -> None:
        self.all: list[Finding] = []
        self.total = self.applicable = self.known = 0
        self.vetoes: tuple[str, ...] = ()
        self.restructure = False
        self._policy = policy

    def follow(self, changed: list[str], values: Values) -> None:
        """Works out what the changed measures touch; the first time, everything."""
        policy = self._policy
        places = {place for name in changed for place in policy.affected[name]} if self.all else None
        if places is None:
            self.all = [Finding(indicator.id, Outcome.NOT_APPLICABLE, 0, 0) for indicator in policy.indicators]
        for place in range(len(self.all)) if places is None else places:
            indicator = policy.indicators[place]
            self._replace(place, Finding(indicator.id, *award(indicator, values), indicator.full))
        if places is None or not policy.decisive.isdisjoint(changed):
            self._judge(values)

    def _replace(self, place: int, new: Finding) -> None:
        old, self.all[place] = self.all[place], new
        self.total += new.points - old.points
        self.applicable += new.applicable - old.applicable
        self.known += new.known - old.known

    def _judge(self, values: Values) -> None:
        rule = self._policy.classes.rule
        self.vetoes = tuple(veto.id for veto in self._policy.vetoes if veto.when.holds(values) is True)
        self.restructure = rule is not None and rule.when.holds(values) is True


def award(indicator: Indicator, values: Values) -> Award:
    """An indicator's award: not applicable where its condition does not hold, unknown where that cannot be told."""
    if indicator.applies_when is not None:
        applies = indicator.applies_when.holds(values)
        if applies is not True:
            return NOT_APPLICABLE if applies is False else UNKNOWN
    return indicator.score.award(values, indicator.full)

"""What an indicator's missing points would change: where the society would stand, all others staying as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from services.evaluation.domain.findings import Finding, award, contributions, finding_of
from services.evaluation.domain.lifting import Lifted, lifted
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Rivals, Standing
from services.evaluation.domain.rating import Rating, grade_of
from services.evaluation.domain.scores import Outcome
from services.evaluation.domain.sections import settle
from services.evaluation.domain.sheet import Values


class Prospect(NamedTuple):
    """A society with all points of one indicator. A veto, a requirement or the rule stays unless the same step ends it.

    ``gain`` are the points of that indicator alone; what a veto that ends had taken comes back beside them.
    """

    gain: int
    now: Standing
    then: Standing

    def as_json(self) -> dict[str, Any]:
        """As a reader sees it."""
        now, then = self.now, self.then
        return {
            "points": decimal_text(self.gain),
            "rank": {"now": now.rank, "then": then.rank},
            "grade": {"now": now.rating.grade, "then": then.rating.grade},
            "class": {"now": now.standing, "then": then.standing},
        }


def prospects(standings: Sequence[Standing], policy: Policy, society: str, values: Values) -> dict[str, Prospect]:
    """By indicator, what all of its points would change for a society; none where there are no more to earn.

    ``values`` are the society's measures.
    """
    now = next((one for one in standings if one.rating.society == society), None)
    if now is None:
        return {}
    rivals, earned = Rivals(standings, society, policy), {}
    for place, finding in enumerate(now.rating.findings):
        if _open(finding):
            then = rivals.standing(_full(now.rating, place, policy, values))
            earned[finding.indicator] = Prospect(finding.max - finding.points, now, then)
    return earned


def _open(finding: Finding) -> bool:
    applies = finding.outcome is not Outcome.NOT_APPLICABLE and not finding.extra
    return applies and finding.zeroed_by is None and finding.points < finding.max


def _full(rating: Rating, place: int, policy: Policy, values: Values) -> Rating:
    ended = lifted(policy, rating, policy.indicators[place], values)
    findings = list(_given_back(rating, ended, policy, values))
    findings[place] = findings[place]._replace(outcome=Outcome.MET, points=findings[place].max, open=0)
    total = settle(policy.groups, policy.spec.extras, contributions(policy, findings))
    vetoes = tuple(one for one in rating.vetoes if one not in ended.vetoes)
    ineligible = tuple(one for one in rating.ineligible if one not in ended.ineligible)
    return replace(
        rating,
        total=total,
        known=sum(one.known for one in findings),
        findings=tuple(findings),
        vetoes=vetoes,
        ineligible=ineligible,
        restructure=rating.restructure and not ended.restructure,
        grade=None if ineligible else grade_of(policy, total, rating.max, vetoes),
    )


def _given_back(rating: Rating, ended: Lifted, policy: Policy, values: Values) -> Iterator[Finding]:
    """The findings, those anew whose points a veto took that ends, unless another takes them still."""
    profile = next((one for one in policy.spec.profiles if one.id == rating.profile), None)
    left = [veto for veto in rating.vetoes if veto not in ended.vetoes]
    for place, finding in enumerate(rating.findings):
        if finding.zeroed_by not in ended.vetoes:
            yield finding
            continue
        taken_by = next((veto for veto in left if place in policy.zeroed[veto]), None)
        yield finding_of(policy, place, award(policy.indicators[place], values), profile, taken_by)

"""What an indicator's missing points would change: where the society would stand, all others staying as they are."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from services.evaluation.domain.findings import Finding
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing, rank
from services.evaluation.domain.rating import Rating, grade_of
from services.evaluation.domain.scores import Outcome


class Prospect(NamedTuple):
    """A society with all points of one indicator; vetoes stay."""

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


def prospects(standings: Sequence[Standing], policy: Policy, society: str) -> dict[str, Prospect]:
    """By indicator, what all of its points would change for a society; none where there are no more to earn."""
    now = next((one for one in standings if one.rating.society == society), None)
    if now is None:
        return {}
    others = [one.rating for one in standings if one.rating.society != society]
    found = {}
    for place, finding in enumerate(now.rating.findings):
        if _open(finding):
            board = rank([*others, _full(now.rating, place, policy)], policy)
            then = next(one for one in board if one.rating.society == society)
            found[finding.indicator] = Prospect(finding.max - finding.points, now, then)
    return found


def _open(finding: Finding) -> bool:
    applies = finding.outcome is not Outcome.NOT_APPLICABLE and not finding.extra
    return applies and finding.zeroed_by is None and finding.points < finding.max


def _full(rating: Rating, place: int, policy: Policy) -> Rating:
    before = rating.findings[place]
    after = before._replace(outcome=Outcome.MET, points=before.max)
    total = rating.total + after.points - before.points
    findings = (*rating.findings[:place], after, *rating.findings[place + 1 :])
    grade = None if rating.ineligible else grade_of(policy, total, rating.max, rating.vetoes)
    return replace(rating, total=total, known=rating.known + after.known - before.known, findings=findings, grade=grade)

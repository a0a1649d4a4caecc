"""The ratings under review, made again from the facts: frozen at an instant, but for what revisions took in."""

from collections.abc import Collection, Iterable

from services.evaluation.domain.facts import Fact
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing, rank
from services.evaluation.domain.rating import rate_everyone
from services.evaluation.domain.review.state import Review


def standings_of(
    facts: Iterable[Fact], policy: Policy, review: Review, *, known_at: str, admitted: Collection[str] = ()
) -> list[Standing]:
    """The board as of the review's day: by what was recorded up to `known_at`, and the admitted records.

    Among equals at the edge of a quota those are in it whom the committee chose.
    """
    known = [fact for fact in facts if fact.recorded <= known_at or fact.id in admitted]
    return rank(rate_everyone(known, policy, review.terms.as_of), policy, review.chosen)

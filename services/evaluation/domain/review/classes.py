"""The class that each society is in by the ratings under review: proposed when they are published, then assigned."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from contracts.evaluation import ClassAssigned, ClassProposed
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.ranking import Standing, ratings_hash
from services.evaluation.domain.review.file import apply, write
from services.evaluation.domain.review.refusals import RatingsMoved
from services.evaluation.domain.review.state import Review

Told = TypeVar("Told", ClassProposed, ClassAssigned)


def classed(
    review: Review,
    kind: type[Told],
    standings: Sequence[Standing],
    policy: Policy,
    *,
    at: datetime,
    more: Callable[[Standing], dict[str, object]] = lambda _: {},
) -> list[Told]:
    """Every society's class (分类): the quotas from the top, the class by rule, the rest; best first.

    `more` gives what else is told of one.

    Raises:
        RatingsMoved: the ratings are not those under review.
    """
    reproduced(review, standings)
    quotas = {quota.id for quota in policy.classes.quotas}
    told: list[Told] = []
    for one in standings:
        told.append(
            write(
                review,
                kind,
                at,
                subject=one.rating.society,
                policy=policy.id,
                version=policy.version,
                as_of=review.terms.as_of,
                category=one.standing,
                by_quota=one.standing in quotas,
                rank=one.rank,
                total=decimal_text(one.rating.total),
                max=decimal_text(one.rating.max),
                **more(one),
            )
        )
        review = apply(review, told[-1])
    return told


def reproduced(review: Review, standings: Sequence[Standing]) -> None:
    """Refuses ratings that are not those under review.

    Raises:
        RatingsMoved: their hash is another.
    """
    found = ratings_hash(standings)
    if found != review.hash:
        raise RatingsMoved(field="review", value=found, hash=review.hash)

"""Proof that a file is whole and that its ratings come out again."""

from dataclasses import asdict, dataclass
from typing import Any

from chassis.database import Database
from contracts.event import ReviewId
from services.evaluation.domain import Policy, ratings_hash
from services.evaluation.domain.review.refusals import FileIncomplete
from services.evaluation.domain.review.state import Review
from services.evaluation.moment import NOW, Moment
from services.evaluation.past import Past
from services.evaluation.reviewing.ratings import policy_under, under_review
from services.evaluation.store import reviews as store


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: whether the chain holds, and each hash of the ratings as said and as made again.

    `steps` counts those that follow from each other.
    """

    review: str
    steps: int
    chain: str | None
    broken_at: int | None
    hashes: list[dict[str, str]]
    classes_equal: bool

    @property
    def equal(self) -> bool:
        """Whether nothing is missing, nothing was changed, and everything comes out again."""
        return self.broken_at is None and self.classes_equal and all(one["said"] == one["made"] for one in self.hashes)


async def verify(db: Database, past: Past, id_: ReviewId, moment: Moment = NOW) -> Verdict:
    """Reads the file again from its first step, and makes its ratings again from the facts.

    Raises:
        UnknownReview, PolicyNotFiled, TooManyWait: that cannot be done.
    """
    async with db.reading() as conn:
        try:
            review = await store.load_review(conn, id_, moment)
        except FileIncomplete as broken:
            step = int(str(broken.values["step"]))
            return Verdict(id_, step - 1, None, step, [], classes_equal=False)
        policy = await policy_under(conn, review) if review.snapshot else None
    hashes, classes_equal = await _made_again(past, review, policy) if policy else ([], True)
    return Verdict(id_, review.steps, review.chain, None, hashes, classes_equal)


async def _made_again(past: Past, review: Review, policy: Policy) -> tuple[list[dict[str, str]], bool]:
    made = []
    for count, said in enumerate(review.hashes):
        standings = await under_review(past, review.after(count), policy)
        made.append({"said": said, "made": ratings_hash(standings)})
    classes = {one.rating.society: one.standing for one in standings}
    return made, not review.classes or dict(review.classes) == classes


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the API tells it."""
    return asdict(verdict) | {"equal": verdict.equal}

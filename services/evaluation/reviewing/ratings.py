"""The ratings under review: made from the facts, kept by their hash, made again where they are not kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx2
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.foreign import ForeignEvent
from chassis.language import N_
from chassis.refusals import Refusal
from chassis.serving import Service
from chassis.speakers import Speakers
from services.evaluation import store
from services.evaluation.domain import Policy, Standing
from services.evaluation.domain.review.reasons import Reasons, reasons
from services.evaluation.domain.review.snapshot import standings_of
from services.evaluation.domain.review.state import Review
from services.evaluation.filed import every_policy
from services.evaluation.past import Past
from services.evaluation.store.reviews import Rows

_A_FEW = 200


class PolicyNotFiled(Refusal):
    """The policy of the review is not filed here: its events came from elsewhere."""

    slug = "policy-not-filed"
    status = 409
    title = N_("The policy of the review is not filed")
    detail = N_("The review is by policy {value}, whose text is not filed here. File it first.")


class NotCaughtUp(Refusal):
    """Evaluation has not heard everything that was told, so what it knows is not what was known."""

    slug = "not-caught-up"
    status = 409
    title = N_("Evaluation has not heard everything yet")
    detail = N_("{value} has events that evaluation has not heard. Try again shortly.")


class LogSilent(Refusal):
    """A service does not answer, so nobody can say whether everything was heard."""

    slug = "log-silent"
    status = 503
    title = N_("A service does not answer")
    detail = N_("{value} does not answer; ratings are frozen only when everything told was heard.")


class ReviewMoved(Refusal):
    """Another step was taken while the ratings were made for this one."""

    slug = "review-moved"
    status = 409
    title = N_("The review has moved on meanwhile")
    detail = N_("Another step of review {value} was taken while its ratings were made for this one. Try again.")


@dataclass(frozen=True, slots=True)
class Made:
    """The ratings under review, made before the step begins that needs them."""

    review: Review
    policy: Policy
    standings: list[Standing]

    def require_same(self, held: Review) -> None:
        """They are the ratings of the review as it is held for its step.

        Raises:
            ReviewMoved: a snapshot, a revision or a choice among equals came between.
        """
        before, now = self.review, held
        if (before.snapshot, before.admitted, before.ties) != (now.snapshot, now.admitted, now.ties):
            raise ReviewMoved(field="review", value=held.id)


async def policy_under(conn: AsyncConnection, review: Review) -> Policy:
    """The policy of a review, in the very version and text it was opened with.

    Raises:
        PolicyNotFiled: it is not filed here.
    """
    for policy in await every_policy(conn):
        if policy.hash == review.terms.policy_hash:
            return policy
    raise PolicyNotFiled(field="policy", value=f"{review.terms.policy} {review.terms.version}")


async def rated(
    past: Past, review: Review, policy: Policy, *, known_at: str, admitted: Collection[str] = ()
) -> list[Standing]:
    """All ratings by what was recorded up to an instant, and the admitted records. Raises TooManyWait."""
    return await past.made_of_all(
        partial(standings_of, policy=policy, review=review, known_at=known_at, admitted=admitted)
    )


async def under_review(past: Past, review: Review, policy: Policy) -> list[Standing]:
    """The ratings as they stand in the review, made again from the facts. Raises TooManyWait."""
    if review.snapshot is None:
        return []
    return await rated(past, review, policy, known_at=review.snapshot.known_at, admitted=review.admitted)


async def rows_under_review(past: Past, kept: Rows | None, review: Review, policy: Policy) -> Rows:
    """The rows of the ratings as they stand in the review: the kept ones, or made again. Raises TooManyWait."""
    return [one.as_json() for one in await under_review(past, review, policy)] if kept is None else kept


def row_of(society: str, rows: Rows) -> dict[str, Any] | None:
    """One society's row; None if it is not among them."""
    return next((row for row in rows if row["society"] == society), None)


async def reasons_for(conn: AsyncConnection, review: Review, policy: Policy, row: dict[str, Any]) -> Reasons:
    """Why a row is what it is: by the society's records that count in the review."""
    known_at = review.snapshot.known_at if review.snapshot else ""
    told = await store.facts_of(conn, [row["society"]])
    counted = [fact for fact in told if fact.recorded <= known_at or fact.id in review.admitted]
    return reasons(row, policy, review.terms.as_of, counted)


async def require_everything_heard(service: Service, heard: Mapping[str, int], policy: Policy) -> None:
    """Of what each log tells beyond the positions that were heard, nothing could move a rating.

    Raises:
        NotCaughtUp, LogSilent: it is not so, or cannot be told.
    """
    settings = service.settings
    speakers = Speakers.of(service.name, settings)
    try:
        for speaker in sorted(settings.peers):
            for partition in range(settings.partitions):
                place = f"{speaker}/{partition}"
                told = await speakers.page(speaker, partition, heard.get(place, 0), _A_FEW)
                if any(one.type in policy.listens_to or _amends(one.data) for one in told):
                    raise NotCaughtUp(field="review", value=place)
    except (httpx2.HTTPError, ForeignEvent) as error:
        raise LogSilent(field="review", value=place) from error
    finally:
        await speakers.close()


def _amends(data: Collection[str]) -> bool:
    return "withdraws" in data or "corrects" in data

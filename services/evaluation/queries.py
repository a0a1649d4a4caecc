"""Questions about ratings: of today from memory, of any other day, as known at any instant, from the facts."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.federation import SocietyAdmitted, SocietyReleased
from services.evaluation import store
from services.evaluation.board import Board
from services.evaluation.domain import Fact, Policy, Standing, rank, rate_everyone, ratings_hash


@dataclass(frozen=True, slots=True)
class Question:
    """Which ratings are asked for; None is: as of today, as known now, under the policy in use, of all."""

    as_of: date | None = None
    known_at: str | None = None
    policy: Policy | None = None
    federation: str | None = None

    @property
    def live(self) -> bool:
        """Whether the board in memory is the answer."""
        return self == Question()


async def ratings(conn: AsyncConnection, board: Board, question: Question) -> dict[str, Any]:
    """The document of `ratings --json`, but for the positions, which are the house's to tell."""
    policy = question.policy or board.policy
    as_of = question.as_of or board.day
    if question.live:
        rows, sealed = [full_row(board, one) for one in board.standings], board.hash()
    else:
        facts = await store.facts_of(conn)
        standings = await asyncio.to_thread(_stand, facts, policy, as_of, question)
        rows, sealed = [one.as_json() for one in standings], ratings_hash(standings)
    return {
        "policy": {"id": policy.id, "version": str(policy.version), "title": policy.title.as_json()},
        "as_of": as_of.isoformat(),
        "known_at": question.known_at,
        "hash": sealed,
        "ratings": rows,
    }


def full_row(board: Board, standing: Standing) -> dict[str, Any]:
    """A standing with its indicators and its movement."""
    return standing.as_json() | {"movement": board.movement(standing)}


def _stand(facts: list[Fact], policy: Policy, as_of: date, question: Question) -> list[Standing]:
    if question.federation is not None:
        societies = members_of(facts, question.federation, as_of)
        facts = [fact for fact in facts if fact.subject in societies]
    return rank(rate_everyone(facts, policy, as_of, question.known_at), policy)


def members_of(facts: list[Fact], federation: str, as_of: date) -> set[str]:
    """The societies that belong to a federation on a day: admitted, and not released since."""
    last: dict[str, tuple[int, str, str, bool]] = {}
    for fact in facts:
        if fact.type not in {SocietyAdmitted.type, SocietyReleased.type} or fact.data["federation"] != federation:
            continue
        if fact.day <= as_of.toordinal():
            step = (fact.day, fact.recorded, fact.id, fact.type == SocietyAdmitted.type)
            last[fact.subject] = max(step, last.get(fact.subject, step))
    return {society for society, (*_, member) in last.items() if member}

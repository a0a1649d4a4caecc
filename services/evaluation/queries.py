"""Questions about ratings: of today from memory, of any other day, as known at any instant, from the facts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.calendar import day_of, parse_instant
from services.evaluation.board import Board
from services.evaluation.domain import Policy, Standing, ratings_hash
from services.evaluation.domain.trend import Trend, last_close
from services.evaluation.past import Past, View


@dataclass(frozen=True, slots=True)
class Question:
    """Which ratings are asked for; None is: as of today, as known now, of all. `live`: by the board in memory."""

    policy: Policy
    as_of: date | None = None
    known_at: str | None = None
    federation: str | None = None
    live: bool = False

    def view(self, board: Board) -> View:
        """The board that is asked for."""
        return View(self.as_of or board.day, self.known_at, self.federation)


async def ratings(past: Past, board: Board, question: Question) -> dict[str, Any]:
    """The document of `ratings --json`, but for the positions, which are the house's to tell.

    `applied`, how many events it rests on, is there where the document is not of the live board.
    """
    standings = await standing(past, board, question)
    applied: dict[str, Any] = {}
    if question.live:
        rows, sealed = [full_row(board, one) for one in standings], board.hash()
    else:
        made = await past.board(question.view(board), question.policy)
        rows, sealed = [made.row(one, question.policy) for one in standings], ratings_hash(standings)
        applied = {"applied": made.known}
    policy = question.policy
    return {
        "policy": {"id": policy.id, "version": str(policy.version), "title": policy.title.as_json()},
        "as_of": question.view(board).as_of.isoformat(),
        "known_at": question.known_at,
        "hash": sealed,
        **applied,
        "ratings": rows,
    }


async def standing(past: Past, board: Board, question: Question) -> list[Standing]:
    """Everybody's standing on the board that is asked for."""
    return board.standings if question.live else (await past.board(question.view(board), question.policy)).standings


async def row(past: Past, board: Board, question: Question, own: Standing) -> dict[str, Any]:
    """One row of the board that is asked for."""
    if question.live:
        return full_row(board, own)
    return (await past.board(question.view(board), question.policy)).row(own, question.policy)


def trend(board: Board, question: Question, society: str) -> Trend:
    """What was announced of a society up to the day asked about, and known by then."""
    known_at = question.known_at
    known_on = day_of(parse_instant(known_at)) if known_at else None
    return board.trends.of(society, last_close(question.view(board).as_of, board.day, known_on), known_at)


def full_row(board: Board, standing: Standing) -> dict[str, Any]:
    """A standing with its indicators, and with what it owes to the days before."""
    return standing.as_json() | board.history(standing)

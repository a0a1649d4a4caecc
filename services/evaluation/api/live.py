"""The live board as it is sent: encoded once for everybody, over one connection that no request uses up."""

import asyncio
from typing import NamedTuple

import msgspec
from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from chassis import positions
from chassis.database import unavailable
from chassis.holding import waits_for
from chassis.serving import service_of
from services.evaluation import queries
from services.evaluation.api.asked import board_of, following_of, past_of
from services.evaluation.board import Board
from services.evaluation.queries import Question


def tag_of(board: Board) -> str:
    """What tells this edition of the board from every other."""
    return f'"{board.version}-{board.edition}-{board.policy.hash[-12:]}"'


class Edition(NamedTuple):
    """A board's tag and its document. Without positions it has another tag: it is only sent for want of a better."""

    tag: str
    body: bytes


class LiveBoard:
    """The document of the board that was sent last; however many ask for the next edition, it is made once."""

    def __init__(self) -> None:
        self._sent: Edition | None = None
        self._making = asyncio.Lock()

    async def document(self, request: Request) -> Edition:
        """The board as it is now; without positions while the database is away, which alone knows them all."""
        sent = self._current(request)
        if sent is None:
            waits_for("the live board")
            async with self._making:
                sent = self._current(request)
                if sent is None:
                    sent = self._sent = await _made(request)
        return sent

    def _current(self, request: Request) -> Edition | None:
        """The document sent last, if it is of the board as it is now and there is no better one to be had."""
        tag = tag_of(board_of(request))
        good_enough = {tag, _without_positions(tag)} if following_of(request).alone() else {tag}
        return self._sent if self._sent is not None and self._sent.tag in good_enough else None


def _without_positions(tag: str) -> str:
    return f'{tag[:-1]}-without-positions"'


async def _made(request: Request) -> Edition:
    service, board = service_of(request), board_of(request)
    tag, heard = tag_of(board), await _positions(request)
    document = await queries.ratings(past_of(request), board, Question(board.policy, live=True))
    applied = board.version if heard is None else sum(heard.values())
    demo = service.settings.demo or bool(board.made_up)
    body = msgspec.json.encode({"applied": applied, **document, "positions": heard, "demo": demo})
    return Edition(_without_positions(tag) if heard is None else tag, body)


async def _positions(request: Request) -> dict[str, int] | None:
    """How far this database has come in everybody's log; None while that is not to be learned."""
    following = following_of(request)
    if following.alone():
        return None
    try:
        async with service_of(request).reserved.reading() as look:
            return await positions.everything(look)
    except (SQLAlchemyError, OSError) as error:
        if not unavailable(error) or not following.alone():
            raise
        return None

"""The live board as it is sent: encoded once for everybody, over one connection that no request uses up."""

import asyncio

import msgspec
from fastapi import Request

from chassis import positions
from chassis.holding import waits_for
from chassis.serving import service_of
from services.evaluation import queries
from services.evaluation.api.asked import board_of, past_of
from services.evaluation.board import Board
from services.evaluation.queries import Question


def tag_of(board: Board) -> str:
    """What tells this edition of the board from every other."""
    return f'"{board.version}-{board.edition}-{board.policy.hash[-12:]}"'


class LiveBoard:
    """The document of the board that was sent last; however many ask for the next edition, it is made once."""

    def __init__(self) -> None:
        self._tag = ""
        self._body = b""
        self._making = asyncio.Lock()

    async def document(self, request: Request) -> tuple[str, bytes]:
        """The tag of the board as it is now, and its document."""
        if self._tag != tag_of(board_of(request)):
            waits_for("the live board")
            async with self._making:
                board = board_of(request)
                if self._tag != (tag := tag_of(board)):
                    self._body, self._tag = await _made(request, board), tag
        return self._tag, self._body


async def _made(request: Request, board: Board) -> bytes:
    service = service_of(request)
    async with service.reserved.reading() as look:
        heard = await positions.everything(look)
    document = await queries.ratings(past_of(request), board, Question(board.policy, live=True))
    demo = service.settings.demo or bool(board.made_up)
    return msgspec.json.encode({"applied": sum(heard.values()), **document, "positions": heard, "demo": demo})

"""The live board as it was printed last, for whoever asks before anything has changed."""

from collections.abc import Callable

from services.portal.documents import Board

_KEPT = 64


class Printed:
    """The pages of one board, each by what was asked; of another board nothing is kept."""

    def __init__(self) -> None:
        self._board: Board | None = None
        self._pages: dict[str, bytes] = {}

    def page(self, board: Board, asked: str, render: Callable[[], str]) -> bytes:
        """The page that was asked for, in UTF-8."""
        if board is not self._board or len(self._pages) >= _KEPT:
            self._board, self._pages = board, {}
        if asked not in self._pages:
            self._pages[asked] = render().encode()
        return self._pages[asked]

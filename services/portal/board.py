"""The board as it is looked at: which rows a reader asked for, and in which order they stand."""

from typing import NamedTuple

from services.portal.documents import Board, Row


class Wanted(NamedTuple):
    """What a reader looks for: a discipline, a piece of a society's name or code; empty means everything."""

    discipline: str = ""
    text: str = ""

    def shows(self, row: Row) -> bool:
        """Whether this row is among what was asked for."""
        sought = self.text.strip().casefold()
        found = sought in row.name.casefold() or sought in row.society.casefold()
        return found and self.discipline in {"", row.field}


def ranked(board: Board) -> list[Row]:
    """The rows by rank, equals in the order evaluation gives them; a society without a rank stands last."""
    return sorted(board.ratings, key=lambda row: (row.rank is None, row.rank or 0))

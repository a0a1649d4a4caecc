"""Contributions by day, seen through a window that moves."""

from typing import TypeVar

Cell = TypeVar("Cell")


class Sliding(dict[int, Cell]):
    """The cells of the days, and the window last looked through; a subclass keeps up what the window holds.

    Looking through the same window again costs nothing, through one a few days on a few steps; through any other one
    step per day that has records.
    """

    __slots__ = ("first", "last")

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = 1, 0

    def enter(self, cell: Cell) -> None:
        """A day with records comes into the window."""
        raise NotImplementedError

    def leave(self, cell: Cell) -> None:
        """A day with records falls out of the window."""
        raise NotImplementedError

    def clear_window(self) -> None:
        """Nothing is in the window."""
        raise NotImplementedError

    def look(self, first: int, last: int) -> None:
        """Moves the window to the days from first to last, both included."""
        if first == self.first:
            if last == self.last:
                return
            if last == self.last + 1:
                # The next day, in a window whose first day stands: what each turn of the day asks of most measures.
                if last in self:
                    self.enter(self[last])
                self.last = last
                return
        overlap = first <= self.last + 1 and self.first <= last + 1
        if overlap and abs(first - self.first) + abs(last - self.last) <= len(self):
            self._slide(first, last)
        else:
            self.clear_window()
            for day, cell in self.items():
                if first <= day <= last:
                    self.enter(cell)
        self.first, self.last = first, last

    def _slide(self, first: int, last: int) -> None:
        for day in (*range(first, self.first), *range(self.last + 1, last + 1)):
            if day in self:
                self.enter(self[day])
        for day in (*range(self.first, first), *range(last + 1, self.last + 1)):
            if day in self:
                self.leave(self[day])

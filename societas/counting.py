"""Bars with counts for what takes its time, on stderr, for whoever watches; a pipe is told nothing."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, Task, TextColumn
from rich.table import Column
from rich.text import Text

_SHOWN_EVERY_SECONDS = 0.1


class _Counted(MofNCompleteColumn):
    """So many of so many, and nothing where nobody knows of how many."""

    def render(self, task: Task) -> Text:
        """What stands in the column."""
        return Text() if task.total is None else super().render(task)


class Counting:
    """A bar for each part of a work; beside the last, what else there is to say."""

    def __init__(self, console: Console | None = None) -> None:
        """`console` is the terminal, by default that of stderr."""
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=12),
            _Counted(),
            # Only this one gives way where the terminal is narrow.
            TextColumn("{task.fields[aside]}", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")),
            console=console or Console(stderr=True, highlight=False),
            expand=True,
        )
        self._part = self._bars.add_task("", total=None, visible=False, aside="")
        self._steps = 0
        self._shown = 0.0

    @property
    def is_shown(self) -> bool:
        """Whether anybody sees it."""
        return self._bars.console.is_terminal

    def __enter__(self) -> Self:
        if self.is_shown:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._show()
        if self.is_shown:
            self._bars.stop()

    def part(self, what: str, *, total: int | None = None, done: int = 0) -> None:
        """Begins another part: so many steps, of which some are done; without a number nobody knows how many."""
        self._show()
        self._bars.update(self._part, aside="")
        self._part = self._bars.add_task(what, total=total, completed=done, aside="")

    def step(self, steps: int = 1, *, what: str | None = None) -> None:
        """Some steps more; `what` names the part anew."""
        self._steps += steps
        if what is not None or time.monotonic() - self._shown > _SHOWN_EVERY_SECONDS:
            self._show(what)

    def _show(self, what: str | None = None) -> None:
        """A step costs next to nothing, drawing it does: there are a million lines in a file."""
        self._bars.update(self._part, advance=self._steps, description=what)
        self._steps, self._shown = 0, time.monotonic()

    def reach(self, done: int) -> None:
        """So many steps by now."""
        self._bars.update(self._part, completed=done)

    def aside(self, text: str) -> None:
        """What else there is to say of the part."""
        self._bars.update(self._part, aside=text)

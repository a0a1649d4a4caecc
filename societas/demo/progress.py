"""How far the story is, for whoever watches the terminal: days, events, who leads. Nothing of it goes to stdout."""

from types import TracebackType
from typing import Self

import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from chassis.language import N_
from societas.commands.session import Session

LOOKS_EVERY_SECONDS = 2.0
EVENTS = N_("{count} events applied")
LEADER = N_("first: {name} {total}")


class Progress:
    """A bar of days. The leader is looked up every other second at most: the board is a big document."""

    def __init__(self, session: Session, http: httpx.AsyncClient, *, days: int, done: int) -> None:
        """`days` is the length of the story, of which `done` are over."""
        self._session = session
        self._http = http
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=12),
            MofNCompleteColumn(),
            TextColumn("{task.fields[events]}  {task.fields[leader]}"),
            console=Console(stderr=True, highlight=False),
        )
        self._task = self._bar.add_task("", total=days, completed=done, events="", leader="")
        self._looked = 0.0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    async def day_is_over(self, date: str) -> None:
        """One more day."""
        self._bar.update(self._task, advance=1, description=date)
        if self._bar.get_time() - self._looked < LOOKS_EVERY_SECONDS:
            return
        self._looked = self._bar.get_time()
        board = (await self._http.get("/api/evaluation/ratings")).json()
        first = board["ratings"][0] if board.get("ratings") else None
        leader = self._session.say(LEADER, name=first["name"], total=first["total"]) if first else ""
        events = self._session.say(EVENTS, count=board.get("applied", ""))
        self._bar.update(self._task, events=events, leader=leader)

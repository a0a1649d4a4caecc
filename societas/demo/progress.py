"""How far the story is, for whoever watches the terminal. Nothing of it goes to stdout."""

import asyncio
import contextlib
from types import TracebackType
from typing import Self

import httpx2
from rich.console import Console
from rich.live import Live
from rich.text import Text

from chassis.language import Language
from societas.counting import Counting
from societas.demo.lookout import Lookout, Sight

LOOKS_EVERY_SECONDS = 2.0


class _Watching:
    """Looks at the platform every other second while it is entered and shown; the board is a big document."""

    def __init__(self, http: httpx2.AsyncClient, *, shown: bool) -> None:
        self._shown = shown
        self._lookout = Lookout(http)
        self._looking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        if self._shown:
            self._looking = asyncio.create_task(self._look(), name="progress is looked at")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    async def _look(self) -> None:
        while True:
            with contextlib.suppress(httpx2.HTTPError):
                self.seen(await self._lookout.look())
            await asyncio.sleep(LOOKS_EVERY_SECONDS)

    def seen(self, sight: Sight) -> None:
        """Shows what was seen."""
        raise NotImplementedError


class Progress(_Watching):
    """A bar for each part of the story, with what it has come to beside the last."""

    def __init__(self, language: Language, http: httpx2.AsyncClient, console: Console | None = None) -> None:
        """`console` is the terminal, by default that of stderr."""
        self.counting = Counting(console)
        super().__init__(http, shown=self.counting.is_shown)
        self._language: Language = language

    async def __aenter__(self) -> Self:
        self.counting.__enter__()
        return await super().__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await super().__aexit__(kind, error, trace)
        self.counting.__exit__(kind, error, trace)

    def seen(self, sight: Sight) -> None:
        """Shows how far it is, and who leads."""
        self.counting.aside(sight.far(self._language))


class Ticker(_Watching):
    """One line that is redrawn while the story goes on; where there is no terminal, a line for each day."""

    def __init__(self, language: Language, http: httpx2.AsyncClient, console: Console | None = None) -> None:
        """`console` is the terminal, by default that of stderr."""
        super().__init__(http, shown=True)
        self._language: Language = language
        self._console = console or Console(stderr=True, highlight=False)
        self._line = Live(console=self._console, auto_refresh=False)
        self._day = ""

    async def __aenter__(self) -> Self:
        if self._console.is_terminal:
            self._line.start()
        return await super().__aenter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await super().__aexit__(kind, error, trace)
        if self._console.is_terminal:
            self._line.stop()

    def seen(self, sight: Sight) -> None:
        """Shows what happens."""
        text = Text(sight.now(self._language), no_wrap=True, overflow="ellipsis")
        if self._console.is_terminal:
            self._line.update(text, refresh=True)
        elif sight.day != self._day:
            self._console.print(text, soft_wrap=True)
        self._day = sight.day

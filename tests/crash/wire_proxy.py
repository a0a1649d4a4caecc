"""A way to PostgreSQL that ends at a chosen point: cut off, or open and silent."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, Self

from sqlalchemy import make_url

_CHUNK = 65_536


class WireProxy:
    """Passes everything on; one connection, the first on which certain words were sent in turn, meets its fate."""

    def __init__(self, target: str) -> None:
        """`target` is the URL of a PostgreSQL on a socket in a directory."""
        self._target = make_url(target)
        self._words: list[bytes] = []
        self._fate: Literal["cut", "silent"] = "cut"
        self._open: list[asyncio.StreamWriter] = []
        self.met = 0
        self.url = ""

    def ends(self, fate: Literal["cut", "silent"], *words: bytes) -> None:
        """What becomes of the next connection that sends these words in turn."""
        self._words, self._fate = list(words), fate

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Self]:
        """Takes calls at `url`."""
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.url = self._target.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
        try:
            yield self
        finally:
            server.close()
            for one in self._open:
                one.transport.abort()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to = await asyncio.open_unix_connection(f"{self._target.query['host']}/.s.PGSQL.5432")
        self._open += [writer, to]
        silent = asyncio.Event()
        await asyncio.gather(self._ask(reader, to, silent), _answer(there, writer, silent))

    async def _ask(self, reader: asyncio.StreamReader, to: asyncio.StreamWriter, silent: asyncio.Event) -> None:
        seen = 0
        with contextlib.suppress(ConnectionError):
            while said := await reader.read(_CHUNK):
                while seen < len(self._words) and self._words[seen] in said:
                    seen += 1
                if self._words and seen == len(self._words):
                    self._words, self.met = [], self.met + 1
                    if self._fate == "cut":
                        break
                    silent.set()
                if not silent.is_set():
                    to.write(said)
        to.transport.abort()


async def _answer(there: asyncio.StreamReader, writer: asyncio.StreamWriter, silent: asyncio.Event) -> None:
    with contextlib.suppress(ConnectionError):
        while said := await there.read(_CHUNK):
            if not silent.is_set():
                writer.write(said)
    if not silent.is_set():
        writer.transport.abort()

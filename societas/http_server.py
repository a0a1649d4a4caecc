"""The HTTP server of every process: who sends half a request, or nothing, is not waited for for ever."""

import asyncio
import resource
from contextlib import suppress
from typing import Any, ClassVar, NamedTuple

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_FILES = 65_536
_FILES_OF_OUR_OWN = 256
"""What databases, the bus and the log need beside the connections of callers."""
_CONNECTIONS = 5_000


class Waits(NamedTuple):
    """How long a caller is waited for."""

    head: float = 10.0
    """Seconds until a request's head is there, from the connection, or from the first byte after an answer."""
    idle: float = 5.0
    """Seconds between an answer and the next request."""
    body: float = 30.0
    """Seconds in which so much of a body has to come …"""
    progress: int = 16 * 1024
    """… in bytes."""


class Bounded(HttpToolsProtocol):
    """A connection that ends when its caller is too slow. While the service itself has enough to read it is not."""

    waits: ClassVar[Waits] = Waits()
    _timer: asyncio.TimerHandle | None = None
    _come = 0
    _seen = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The head is waited for."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """What comes after an answer begins a head, empty lines included."""
        self._come += len(data)
        if self._timer is None and (self.cycle is None or self.cycle.response_complete):
            self._await_head()
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The body is waited for."""
        super().on_headers_complete()
        self._await_body()

    def on_message_complete(self) -> None:
        """Nothing is waited for."""
        super().on_message_complete()
        self._rest()

    def _await_head(self) -> None:
        self._rest()
        self._timer = self.loop.call_later(self.waits.head, self.transport.close)

    def _await_body(self) -> None:
        self._rest()
        self._seen = self._come
        self._timer = self.loop.call_later(self.waits.body, self._judge)

    def _judge(self) -> None:
        if self.flow.read_paused or self._come - self._seen >= self.waits.progress:
            self._await_body()
        else:
            self.transport.close()

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def configured(app: ASGIApp, waits: Waits | None = None, **more: Any) -> uvicorn.Config:
    """How an app is served: slow callers leave, and there are never more of them than files may be open."""
    waits = waits or Waits()
    return uvicorn.Config(
        app,
        http=type("Connection", (Bounded,), {"waits": waits}),
        timeout_keep_alive=waits.idle,  # type: ignore[arg-type]
        limit_concurrency=min(_CONNECTIONS, _files() - _FILES_OF_OUR_OWN),
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
        **more,
    )


def _files() -> int:
    """How many files this process may open: as many as it is allowed to ask for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            return most
        return soft
    return _FILES if soft == resource.RLIM_INFINITY else soft

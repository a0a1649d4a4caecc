"""Whom the pages ask for: evaluation is told the reader's address, so that it counts each reader's questions apart."""

from collections.abc import Mapping
from contextvars import ContextVar

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.address import FORWARDED, Networks, address_of

_address: ContextVar[str] = ContextVar("address of the reader", default="")
_as_of: ContextVar[str] = ContextVar("of when the reader is answered", default="")


class Readers:
    """ASGI middleware: notes from which address a page is asked for."""

    def __init__(self, app: ASGIApp, trusted: Networks) -> None:
        """`trusted` are the networks of proxies whose word is taken."""
        self.app = app
        self._trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 — ASGI
        if scope["type"] == "http":
            _address.set(address_of(HTTPConnection(scope), self._trusted))
            _as_of.set("")
        await self.app(scope, receive, send)


def forwarded() -> Mapping[str, str]:
    """The header that tells evaluation for whom it is asked."""
    address = _address.get()
    return {FORWARDED: address} if address else {}


def note_age(as_of: str) -> None:
    """Notes that evaluation's answer to this reader is of an instant, and not being brought up to date."""
    _as_of.set(min(as_of, _as_of.get() or as_of))


def age() -> str:
    """Of what instant the oldest answer to this reader is; empty where all are up to date."""
    return _as_of.get()

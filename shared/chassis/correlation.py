"""The thread that ties a request, what it changed, and everything that followed from it."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.ids import new_id

HEADER = "X-Correlation-ID"
_ACCEPTABLE = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_TRACEPARENT = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")

_correlation_id: ContextVar[str | None] = ContextVar("correlation_id", default=None)
_traceparent: ContextVar[str | None] = ContextVar("traceparent", default=None)


def correlation_id() -> str:
    """The correlation id of what is being done now; a new one outside any request."""
    return _correlation_id.get() or new_id()


def traceparent() -> str:
    """The W3C trace context of what is being done now; a new trace outside any request."""
    return _traceparent.get() or new_traceparent()


def new_traceparent() -> str:
    """A fresh trace context, version 00, sampled (W3C Trace Context §3.2)."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def is_correlation_id(text: str) -> bool:
    """Whether a text may stand for a correlation."""
    return _ACCEPTABLE.fullmatch(text) is not None


def is_traceparent(text: str) -> bool:
    """Whether a text is a W3C trace context, version 00."""
    return _TRACEPARENT.fullmatch(text) is not None


@contextmanager
def correlated(*, correlation_id: str | None = None, traceparent: str | None = None) -> Iterator[str]:
    """Do something under these ids, or new ones where they are missing or malformed; yields the correlation id."""
    correlation = correlation_id if correlation_id and is_correlation_id(correlation_id) else new_id()
    trace = traceparent if traceparent and is_traceparent(traceparent) else new_traceparent()
    correlation_token, trace_token = _correlation_id.set(correlation), _traceparent.set(trace)
    try:
        with structlog.contextvars.bound_contextvars(correlation_id=correlation):
            yield correlation
    finally:
        _traceparent.reset(trace_token)
        _correlation_id.reset(correlation_token)


class Correlation:
    """ASGI middleware: takes X-Correlation-ID and traceparent from the caller, and gives the first one back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 — ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with correlated(correlation_id=headers.get(HEADER), traceparent=headers.get("traceparent")) as correlation:

            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    MutableHeaders(scope=message)[HEADER] = correlation
                await send(message)

            await self.app(scope, receive, answer)

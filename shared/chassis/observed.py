"""Every request leaves one log line and one measurement; a fault of the program becomes a problem document."""

import time

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.correlation import correlation_id
from chassis.http_refusals import InternalError
from chassis.problems import send_refusal
from chassis.telemetry import Metrics

_log = structlog.get_logger("chassis.access_log")
_UNLOGGED = frozenset({"/healthz", "/readyz", "/metrics"})


class Observed:
    """ASGI middleware. It names the route, never the path or the query: those may tell of persons."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 — ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, begun = time.perf_counter(), False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._note(scope, message["status"], time.perf_counter() - started)
            await send(message)

        try:
            await self.app(scope, receive, answer)
        except ClientDisconnect:
            _log.info("caller-left", method=scope["method"], route=_route(scope))
        except Exception:
            _log.exception("request-failed", method=scope["method"], route=_route(scope))
            if begun:
                raise
            await send_refusal(InternalError(correlation_id=correlation_id()), scope, receive, answer)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = _route(scope)
        self._metrics.http_request_seconds.labels(scope["method"], route, str(status)).observe(seconds)
        if route not in _UNLOGGED:
            _log.info(
                "request", method=scope["method"], route=route, status=status, milliseconds=round(seconds * 1000, 2)
            )


def _route(scope: Scope) -> str:
    return getattr(scope.get("route"), "path_format", "(no route)")

"""How much a caller may send: more than the limit is refused before it is read, or as soon as it has come."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.http_refusals import BodyTooLarge
from chassis.problems import send_refusal

MIB = 1024 * 1024


class BodyLimit:
    """ASGI middleware: counts what is announced and what really comes; a path may have a limit of its own."""

    def __init__(self, app: ASGIApp, limit: int, paths: Mapping[str, int]) -> None:
        """`paths` maps route templates (`/societies/{society}/members/bulk`) to limits in bytes."""
        self.app = app
        self._limit = limit
        self._paths: list[tuple[re.Pattern[str], int]] = [(compile_path(path)[0], most) for path, most in paths.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 — ASGI
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._of(scope["path"].removeprefix(scope.get("root_path", "")))
        if _announced(scope) > limit:
            await send_refusal(BodyTooLarge(limit=limit), scope, receive, send)
            return
        await self.app(scope, _counted(receive, limit), send)

    def _of(self, path: str) -> int:
        return next((most for pattern, most in self._paths if pattern.fullmatch(path)), self._limit)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _counted(receive: Receive, limit: int) -> Receive:
    come = 0

    async def receive_within() -> Message:
        nonlocal come
        message = await receive()
        if message["type"] == "http.request":
            come += len(message.get("body", b""))
            if come > limit:
                raise BodyTooLarge(limit=limit)
        return message

    return receive_within

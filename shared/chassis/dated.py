"""Answers that are not up to date say of when they are."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from contracts.calendar import instant

AS_OF = "Societas-As-Of"
"""Of what instant an answer is that is not being brought up to date; absent where it is."""


class Dated:
    """ASGI middleware: puts the instant into every answer while there is one, refusals for want of it excepted."""

    def __init__(self, app: ASGIApp, as_of: Callable[[], datetime | None]) -> None:
        """`as_of` is None while answers are up to date."""
        self.app = app
        self._as_of = as_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 — ASGI
        async def send_dated(message: Message) -> None:
            answered = message["type"] == "http.response.start" and message["status"] < HTTPStatus.INTERNAL_SERVER_ERROR
            if answered and (as_of := self._as_of()) is not None:
                MutableHeaders(scope=message).append(AS_OF, instant(as_of))
            await send(message)

        await self.app(scope, receive, send_dated if scope["type"] == "http" else send)


def described(document: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI document of such a service, with the header at every answer to a GET."""
    header = {
        "description": "Of what instant the answer is while the database is away; absent where it is up to date",
        "schema": {"type": "string", "format": "date-time"},
    }
    document["components"].setdefault("headers", {})[AS_OF] = header
    for operations in document["paths"].values():
        answers = operations.get("get", {}).get("responses", {})
        for status in answers.keys() & {"200"}:
            answers[status].setdefault("headers", {})[AS_OF] = {"$ref": f"#/components/headers/{AS_OF}"}
    return document

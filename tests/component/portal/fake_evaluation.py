"""Evaluation's public API over made-up documents, with a stream that can be fed."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from tests.component.portal import documents


class FakeEvaluation:
    """Holds the documents; `happens` tells every listening page what changed."""

    def __init__(self, societies: list[tuple[str, str, str]] | None = None) -> None:
        self.societies = societies or documents.SOCIETIES
        self.board = documents.board(self.societies)
        self.version = 1
        self.told: list[ServerSentEvent] = []
        self.answered: list[int] = []
        self.explains = documents.explanation()
        self.news = asyncio.Condition()
        self.app = self._app()

    async def happens(self, news: dict[str, Any]) -> None:
        self.version += 1
        self.told.append(self._event("ratings", {"version": self.version, **news}))
        async with self.news:
            self.news.notify_all()

    def _event(self, kind: str, data: dict[str, Any]) -> ServerSentEvent:
        return ServerSentEvent(json.dumps(data), event=kind, id=str(self.version), retry=200)

    async def stream(self, last: str | None) -> AsyncIterator[ServerSentEvent]:
        at = len(self.told) if last is None else int(last) - 1
        if last is None:
            yield self._event("snapshot", {"version": self.version, "applied": 60_996, **self.board})
        while True:
            while at < len(self.told):
                yield self.told[at]
                at += 1
            async with self.news:
                if at == len(self.told):
                    await self.news.wait()

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/ratings")
        async def ratings(request: Request) -> Response:
            tag = f'"{self.version}"'
            self.answered.append(304 if request.headers.get("if-none-match") == tag else 200)
            if self.answered[-1] == 304:
                return Response(status_code=304)
            return Response(json.dumps(self.board), headers={"ETag": tag}, media_type="application/json")

        @app.get("/ratings/stream")
        async def stream(request: Request) -> EventSourceResponse:
            return EventSourceResponse(self.stream(request.headers.get("last-event-id")))

        @app.get("/ratings/{society}")
        async def explained(society: str) -> dict[str, Any]:
            for each, standing in zip(self.societies, self.board["ratings"], strict=True):
                if each[0] == society:
                    return self.explains | {"society": society, "name": each[1], "standing": standing}
            raise HTTPException(404)

        @app.get("/policies/{policy}")
        async def policy(policy: str) -> dict[str, Any]:
            return documents.policy()

        @app.get("/days/current")
        async def day() -> dict[str, str]:
            return {"day": "2026-06-30"}

        return app

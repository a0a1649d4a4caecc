"""Evaluation's public API over made-up documents, with a stream that can be fed."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sse_starlette import EventSourceResponse, ServerSentEvent

from tests.component.portal import documents


class _Problem(Exception):  # noqa: N818 - an answer
    def __init__(self, status: int, slug: str) -> None:
        self.answer = JSONResponse(
            {"type": f"urn:societas:problem:{slug}"}, status, media_type="application/problem+json"
        )


def _problem(status: int, slug: str) -> _Problem:
    return _Problem(status, slug)


async def _tell(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, _Problem)
    return problem.answer


class FakeEvaluation:
    """Holds the documents; `happens` tells every listening page what changed."""

    def __init__(self, societies: list[tuple[str, str, str]] | None = None) -> None:
        self.societies = societies or documents.SOCIETIES
        self.board = documents.board(self.societies)
        self.version = 1
        self.told: list[ServerSentEvent] = []
        self.answered: list[int] = []
        self.asked_for: list[dict[str, str]] = []
        self.explains = documents.explanation()
        self.review = documents.review()
        self.duties: list[dict[str, Any]] = []
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
        app.add_exception_handler(_Problem, _tell)
        self._answer_what_if(app)

        @app.get("/ratings")
        async def ratings(request: Request) -> Response:
            if "as_of" in request.query_params:
                return self._past(dict(request.query_params))
            return self._live(request, self.board)

        @app.get("/ratings/stream")
        async def stream(request: Request) -> EventSourceResponse:
            return EventSourceResponse(self.stream(request.headers.get("last-event-id")))

        @app.get("/ratings/{society}")
        async def explained(society: str, request: Request) -> Response:
            self._note(dict(request.query_params))
            for each, standing in zip(self.societies, self.board["ratings"], strict=True):
                if each[0] == society:
                    document = self.explains | {"society": society, "name": each[1], "standing": standing}
                    return JSONResponse(document) if request.query_params else self._live(request, document)
            raise _problem(404, "unknown-society")

        @app.get("/policies/{policy}")
        async def policy(policy: str) -> dict[str, Any]:
            return documents.policy()

        @app.get("/days/current")
        async def day() -> dict[str, str]:
            return {"day": "2026-06-30"}

        self._add_reviews(app)
        self._add_duties(app)
        return app

    def _live(self, request: Request, document: dict[str, Any]) -> Response:
        tag = f'"{self.version}"'
        self.answered.append(304 if request.headers.get("if-none-match") == tag else 200)
        if self.answered[-1] == 304:
            return Response(status_code=304)
        return JSONResponse(document, headers={"ETag": tag})

    def _add_duties(self, app: FastAPI) -> None:
        @app.get("/duties")
        async def duties(request: Request, limit: int, within: int, after: int = 0) -> dict[str, Any]:
            self.asked_for.append(dict(request.query_params))
            states = request.query_params.getlist("state")
            found = [one for one in self.duties if one["state"] in states and (one.get("days_left") or 0) <= within]
            return self._part(found, limit, after)

        @app.get("/societies/{society}/duties")
        async def duties_of(society: str, limit: int, after: int = 0) -> dict[str, Any]:
            return self._part([one for one in self.duties if one["society"] == society], limit, after)

    @staticmethod
    def _part(found: list[dict[str, Any]], limit: int, after: int) -> dict[str, Any]:
        end = after + limit
        return {"items": found[after:end], "next": str(end) if len(found) > end else None}

    def _add_reviews(self, app: FastAPI) -> None:
        @app.get("/reviews")
        async def reviews() -> dict[str, Any]:
            return {"items": [self.review], "next": None}

        @app.get("/reviews/{review}")
        async def review(review: str) -> dict[str, Any]:
            if review != self.review["review"]:
                raise _problem(404, "unknown-review")
            return self.review

        @app.get("/reviews/{review}/results")
        async def results(review: str) -> dict[str, Any]:
            return {"results": self.board["ratings"]}

    def _note(self, query: dict[str, str]) -> None:
        if query.get("as_of", "") > "2026-06-30":
            raise _problem(422, "future-day")
        self.asked_for += [query] if query else []

    def _past(self, query: dict[str, str]) -> Response:
        self._note(query)
        document = self.board | {"as_of": query["as_of"], "positions": None, "applied": 7}
        return Response(json.dumps(document), media_type="application/json")

    def _answer_what_if(self, app: FastAPI) -> None:
        @app.get("/policies")
        async def policies() -> dict[str, Any]:
            return documents.policies()

        @app.get("/whatif")
        async def whatif(request: Request, policy: str) -> dict[str, Any]:
            if not policy.startswith("hubei-2017@"):
                raise _problem(404, "unknown-policy")
            self.asked_for.append(dict(request.query_params))
            return documents.whatif()

"""Stands where the services stand, for whoever tells the story."""

import asyncio
from collections import defaultdict
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request as Asked
from starlette.responses import JSONResponse
from starlette.routing import Route


class Listener:
    """Stands where the services stand: gives ids, repeats answers by key, and remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, Any]] = []
        self.answers: dict[str, Any] = {}
        self.refusals: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.at_once = self.most_at_once = 0
        self.app = Starlette(routes=[Route("/{path:path}", self.hear, methods=["POST", "PUT"])])

    async def hear(self, asked: Asked) -> JSONResponse:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        key, body = asked.headers["idempotency-key"], await asked.json()
        if self.refusals[asked.url.path]:
            problem = self.refusals[asked.url.path].pop(0)
            return JSONResponse(problem, problem["status"])
        if key not in self.answers:
            self.told.append((asked.method, asked.url.path, body))
            members = [f"m{n}" for n in range(len(body["members"]))] if isinstance(body.get("members"), list) else []
            self.answers[key] = dict.fromkeys(
                ("society", "activity", "meeting", "journal", "branch", "record", "change"), f"id-{key}"
            )
            self.answers[key]["members"] = members
        return JSONResponse(self.answers[key], 201)

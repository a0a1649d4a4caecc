"""Tells the plan to the services, over HTTP like anybody else."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

import httpx2

from contracts.calendar import midnight
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.request import Request, resolve, resolve_path
from societas.platform import Refused, checked

AT_ONCE = 8
PATIENCE_SECONDS = 60.0
NOT_HEARD_YET = frozenset({"urn:societas:problem:unknown-society", "urn:societas:problem:not-caught-up"})
UNAVAILABLE = 503
NOON = timedelta(hours=12)


def caller(url: str, token: str) -> httpx2.AsyncClient:
    """A client of the platform at its root, with a token of the association; enough for a driver and a look around."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    limits = httpx2.Limits(max_connections=AT_ONCE + 2, max_keepalive_connections=AT_ONCE + 2)
    return httpx2.AsyncClient(base_url=url, headers=headers, limits=limits, timeout=120)


class Driver:
    """Drives days of a plan, one after the other.

    Requests of one society are sent in order, those of different societies side by side. What is first of a
    day is sent alone. `set_clock` is told the instant of the story before anything is sent; `on_answer` is called after
    every request.
    """

    def __init__(
        self,
        plan: Plan,
        memory: Memory,
        http: httpx2.AsyncClient,
        set_clock: Callable[[datetime], None],
        on_answer: Callable[[], None] = lambda: None,
        *,
        token_of: Callable[[str], str] | None = None,
    ) -> None:
        """`http` is a `caller` of the platform; `token_of` gives the token of a role that is not the association's."""
        self._token_of = token_of
        self._plan = plan
        self._memory = memory
        self._http = http
        self._set_clock = set_clock
        self._on_answer = on_answer
        self._lanes = asyncio.Semaphore(AT_ONCE)

    async def tell(self, day: int, seconds: float = 0.0) -> int:
        """One day: it is turned first, then its requests are spread over so many seconds; returns how many.

        Raises:
            Refused: a service did not accept what the plan says.
        """
        requests = self._plan.day(day)
        begun = asyncio.get_running_loop().time()
        await self._turn(day)
        lanes: dict[str | None, list[tuple[float, Request]]] = defaultdict(list)
        for n, request in enumerate(requests):
            if not request.first:
                lanes[request.society].append((begun + seconds * n / len(requests), request))
        await self._lane([(begun, request) for request in requests if request.first])
        try:
            async with asyncio.TaskGroup() as group:
                for lane in lanes.values():
                    group.create_task(self._lane(lane))
        except ExceptionGroup as several:
            raise several.exceptions[0] from None
        self._memory.day_is_over(day)
        await _until(begun + seconds)
        return len(requests)

    async def _turn(self, day: int) -> None:
        date = self._plan.date_of(day)
        self._set_clock(midnight(date) + NOON)
        key = f"demo-{self._plan.seed}-{day}-turn"
        await self._send("POST", "/api/evaluation/days", {"day": date.isoformat()}, key)

    async def _lane(self, lane: Sequence[tuple[float, Request]]) -> None:
        for due, request in lane:
            await _until(due)
            async with self._lanes:
                await self._tell(request)

    async def _tell(self, request: Request) -> None:
        path = resolve_path(request.path, self._memory)
        as_whom = {"Authorization": f"Bearer {self._token(request.role)}"} if request.role else {}
        body = resolve(request.body, self._memory)
        answer = await self._send(request.method, path, body, request.idempotency_key, as_whom)
        if request.keep is not None:
            kept = answer[request.keep.field]
            self._memory.note(request.keep.name, kept[: request.keep.limit] if isinstance(kept, list) else kept)
        self._on_answer()

    def _token(self, role: str) -> str:
        if self._token_of is None:
            raise ValueError(f"the story has a request of {role}, and nobody to make its token")
        return self._token_of(role)

    async def _send(
        self, method: str, path: str, body: Any, key: str, as_whom: Mapping[str, str] = MappingProxyType({})
    ) -> Any:
        """Patient with a service that has not heard what was told, or is not there for a moment."""
        deadline, pause = asyncio.get_running_loop().time() + PATIENCE_SECONDS, 0.02
        while True:
            try:
                response = await self._http.request(
                    method, path, json=body, headers={"Idempotency-Key": key, **as_whom}
                )
                return checked(response).json()
            except Refused as refused:
                waiting = refused.type in NOT_HEARD_YET or refused.problem.get("status") == UNAVAILABLE
                if not waiting or asyncio.get_running_loop().time() > deadline:
                    raise
            except httpx2.TransportError:  # an idle connection may be closed just when it is used again
                if asyncio.get_running_loop().time() > deadline:
                    raise
            await asyncio.sleep(pause)
            pause = min(1.0, 2 * pause)


async def _until(due: float) -> None:
    ahead = due - asyncio.get_running_loop().time()
    if ahead > 0:
        await asyncio.sleep(ahead)

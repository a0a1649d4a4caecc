"""The driver in a process of its own: a caller of the platform like any other, on another core than it."""

import asyncio
import contextlib
import json
import os
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple, Self

from societas.demo.driver import Driver, caller
from societas.demo.memory import Memory
from societas.demo.plan import Plan
from societas.demo.societies import societies
from societas.loop import run
from societas.platform import Refused
from societas.seats import token_of

_TOLD_TOGETHER = 20


class Order(NamedTuple):
    """Which story is told to whom: the file of the memory, the codes of the societies, the seed, and the platform.

    The memory stands beside the platform's keys.
    """

    memory: str
    societies: list[str]
    seed: int
    url: str
    token: str


class Apart:
    """A driver as a child; it ends with us, however we end. An interrupt from the terminal is ours alone.

    `set_clock` is told the instant of the story before anything of a day is sent.
    """

    def __init__(self, plan: Plan, memory: Path, url: str, token: str, set_clock: Callable[[datetime], None]) -> None:
        """`url` is the platform's root, the token one of the association; `memory` is the file of the memory."""
        codes = [profile.code for profile in plan.cast]
        self._order = Order(str(memory.resolve()), codes, plan.seed, url, token)
        self._set_clock = set_clock

    async def __aenter__(self) -> Self:
        """Starts it."""
        self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "societas.demo.apart",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        self._say(self._order._asdict())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends it; of a day that is not over nothing is kept."""
        with contextlib.suppress(ProcessLookupError):
            self._child.terminate()
        await self._child.wait()

    async def tell(self, day: int, seconds: float = 0.0, on_answers: Callable[[int], None] = lambda _: None) -> None:
        """One day, its requests spread over so many seconds; `on_answers` is told how many more were answered.

        Raises:
            Refused: a service did not accept what the plan says.
            ConnectionResetError: the child has ended.
        """
        self._say({"day": day, "seconds": seconds})
        while True:
            match await self._heard():
                case {"clock": instant}:
                    self._set_clock(datetime.fromisoformat(instant))
                    self._say({})
                case {"answered": count}:
                    on_answers(count)
                case {"problem": problem, "request": request}:
                    raise Refused(problem, request)
                case _:
                    return

    def _say(self, message: dict[str, Any]) -> None:
        assert self._child.stdin is not None  # noqa: S101 — it is a pipe
        self._child.stdin.write(json.dumps(message).encode() + b"\n")

    async def _heard(self) -> Any:
        assert self._child.stdout is not None  # noqa: S101 — it is a pipe
        line = await self._child.stdout.readline()
        if not line:
            raise ConnectionResetError("the driver of the demo has ended")
        return json.loads(line)


class _Parent:
    """Whoever started us, at the other end of stdin and stdout; when it ends, so do we."""

    def __init__(self) -> None:
        self._messages: SimpleQueue[Any] = SimpleQueue()
        self._answered = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._messages.put(json.loads(line))
        os._exit(1)

    def hear(self) -> Any:
        """The next message, when it comes: nothing else is to be done meanwhile."""
        return self._messages.get()

    def say(self, **message: Any) -> None:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    def set_clock(self, now: datetime) -> None:
        self.say(clock=now.isoformat())
        self.hear()

    def count(self) -> None:
        self._answered += 1
        if self._answered == _TOLD_TOGETHER:
            self.tell_count()

    def tell_count(self) -> None:
        self.say(answered=self._answered)
        self._answered = 0


async def _tell() -> None:
    """Tells day after day as they are asked for."""
    parent = _Parent()
    order = Order(**parent.hear())
    plan = Plan([one for one in societies() if one.code in order.societies], order.seed)
    with Memory(Path(order.memory), order.seed) as memory:
        async with caller(order.url, order.token) as http:
            keys = Path(order.memory).parent
            driver = Driver(plan, memory, http, parent.set_clock, parent.count, token_of=partial(token_of, keys))
            while True:
                asked = parent.hear()
                try:
                    await driver.tell(asked["day"], asked["seconds"])
                except Refused as refused:
                    parent.say(problem=refused.problem, request=refused.request)
                    return
                parent.tell_count()
                parent.say(over=asked["day"])


if __name__ == "__main__":
    run(_tell())

"""Waiting for what must become true, and failing when it does not."""

import asyncio
from collections.abc import Awaitable, Callable


async def wait_until(true: Callable[[], Awaitable[bool] | bool], seconds: float = 60.0) -> None:
    """Waits for a condition; fails when it does not come true."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        answer = true()
        if answer if isinstance(answer, bool) else await answer:
            return
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError("waited in vain")
        await asyncio.sleep(0.01)

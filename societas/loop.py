"""The event loop of the front door: uvloop where it is to be had."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """What comes of a coroutine."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        return runner.run(main)


async def until_stopped(work: Coroutine[Any, Any, T]) -> T | None:
    """What comes of a work; None when the process is interrupted or told to end first, and the work has ended then."""
    loop, working = asyncio.get_running_loop(), asyncio.create_task(work)

    def stop() -> None:
        """Only once: whoever presses Ctrl-C again does not cut short what is being cleared up."""
        if not working.cancelling():
            working.cancel()

    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stop)
    try:
        return await working
    except asyncio.CancelledError:
        return None
    finally:
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(one)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 — not on every machine
    except ImportError:
        return None
    return uvloop.new_event_loop

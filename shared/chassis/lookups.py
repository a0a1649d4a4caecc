"""Names of servers that are looked up for nobody any more: their failure is no error of the program."""

import asyncio
import socket
from typing import Any

import structlog


def expect_lost_lookups() -> None:
    """Has the running loop say little of a lookup that fails once whoever asked has given up: who asked says why.

    A server that is away may have no name, and a lookup takes longer than anybody waits: each try would leave an error.
    """
    asyncio.get_running_loop().set_exception_handler(_report)


def _report(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if isinstance(error, socket.gaierror) and not isinstance(context.get("future"), asyncio.Task):
        structlog.get_logger().debug("a name was looked up for nobody", error=str(error))
    else:
        loop.default_exception_handler(context)

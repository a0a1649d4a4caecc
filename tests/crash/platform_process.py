"""The platform as a process of its own that a test may kill: `platform_process.py DATA PORT [DATABASE_URL]`."""

import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from chassis.clock import SystemClock
from chassis.telemetry import configure_logging
from societas.embedded import Embedded
from societas.premises import Premises


async def main(data: str, port: str, database_url: str | None = None) -> None:
    configure_logging("console", "WARNING")
    platform = Embedded(Premises(Path(data), int(port)), SystemClock(), database_url=database_url)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await platform.start()
    (Path(data) / "started").touch()
    with contextlib.suppress(asyncio.CancelledError):
        await stop.wait()
    await platform.stop()


asyncio.run(main(*sys.argv[1:]))

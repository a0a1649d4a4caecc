"""What the tests run in processes of its own, to be killed: the whole platform, or one house."""

import asyncio
import contextlib
import json
import signal
from datetime import datetime
from pathlib import Path

from hall import Refusing, ear_that_keeps
from pydantic import SecretStr

from chassis.clock import SteppedClock, SystemClock
from chassis.house import House
from chassis.settings import Settings
from chassis.telemetry import configure_logging
from contracts.calendar import CST
from services.evaluation.filed import parsed
from services.evaluation.shipped import SHIPPED, text_of
from societas.embedded import Embedded
from societas.premises import Premises

_SECRET = {"database_url", "redis_url", "service_token"}

# Read before the fork, once for all platforms: each would take half a second for it.
for _shipped in SHIPPED:
    parsed(text_of(_shipped))


async def platform(data: str, port: str, database_url: str | None = None) -> None:
    """The platform on a data directory, until SIGTERM."""
    configure_logging("console", "WARNING")
    embedded = Embedded(Premises(Path(data), int(port)), SystemClock(), database_url=database_url)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await embedded.start()
    (Path(data) / "started").touch()
    with contextlib.suppress(asyncio.CancelledError):
        await stop.wait()
    await embedded.stop()


async def house(name: str, given: str) -> None:
    """A house by its settings, as JSON: `hearer` keeps what it hears, any other only relays."""
    fields = {field: SecretStr(value) if field in _SECRET else value for field, value in json.loads(given).items()}
    clock = SteppedClock(datetime(2025, 6, 30, 12, 0, tzinfo=CST))
    hears = ear_that_keeps(Refusing()) if name == "hearer" else None
    await House(name, Settings(**fields), clock, hears=hears).start()
    await asyncio.Event().wait()

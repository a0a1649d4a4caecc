"""A listener as a process of its own, to be killed or stopped: `hearer_process.py SETTINGS_JSON`."""

import asyncio
import json
import sys
from datetime import datetime

from hall import Refusing, ear_that_keeps
from pydantic import SecretStr

from chassis.clock import SteppedClock
from chassis.house import House
from chassis.settings import Settings
from contracts.calendar import CST

_SECRET = {"database_url", "redis_url", "service_token"}


async def main(given: str) -> None:
    fields = {name: SecretStr(value) if name in _SECRET else value for name, value in json.loads(given).items()}
    clock = SteppedClock(datetime(2025, 6, 30, 12, 0, tzinfo=CST))
    await House("hearer", Settings(**fields), clock, hears=ear_that_keeps(Refusing())).start()
    await asyncio.Event().wait()


asyncio.run(main(sys.argv[1]))

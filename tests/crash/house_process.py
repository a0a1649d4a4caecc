"""A house as a process of its own, to be killed or stopped: `house_process.py NAME SETTINGS_JSON`.

`hearer` keeps what it hears; any other name only relays.
"""

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


async def main(name: str, given: str) -> None:
    fields = {field: SecretStr(value) if field in _SECRET else value for field, value in json.loads(given).items()}
    clock = SteppedClock(datetime(2025, 6, 30, 12, 0, tzinfo=CST))
    hears = ear_that_keeps(Refusing()) if name == "hearer" else None
    await House(name, Settings(**fields), clock, hears=hears).start()
    await asyncio.Event().wait()


asyncio.run(main(*sys.argv[1:]))

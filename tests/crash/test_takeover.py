"""Two instances of a listener, one a process of its own: killed, or stopped in the middle and woken too late."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from checker import kept_by, settle
from hall import Hall, says, societies
from sqlalchemy import select
from waiting import wait_until

from chassis.house import House
from chassis.tables import leases

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class Hearer:
    """An instance of `hearer` in a process of its own."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self, hall: Hall, **more: float) -> None:
        settings = await hall.settings("hearer", **more)
        fields = settings.model_dump(mode="json", exclude_defaults=True)
        for secret in ("database_url", "redis_url", "service_token"):
            fields[secret] = getattr(settings, secret).get_secret_value()
        paths = [ROOT, ROOT / "shared", ROOT / "tests", HERE]
        with self._log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own program, waited for by what it does
                [sys.executable, HERE / "hearer_process.py", json.dumps(fields)],
                env={**os.environ, "PYTHONPATH": ":".join(map(str, paths))},
                stdout=out,
                stderr=out,
            )

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)


@pytest.fixture
def hearer(tmp_path: Path) -> Iterator[Hearer]:
    made = Hearer(tmp_path / "hearer.log")
    yield made
    if made.process is not None:
        made.process.kill()
        made.process.wait()


async def epoch_of(house: House) -> int:
    async with house.db.reading() as conn:
        return await conn.scalar(select(leases.c.epoch)) or 0


async def test_a_standby_takes_over_within_five_seconds_of_a_kill(
    hall: Hall, hearer: Hearer, chance: random.Random
) -> None:
    speaker = await hall.speaker()
    standby = await hall.listener(lease_seconds=4.0, idle_seconds=1.0, started=False)
    await hearer.start(hall, lease_seconds=4.0, idle_seconds=1.0)
    await wait_until(lambda: _held(standby, 1), 60)
    await standby.start()
    hall.stack.push_async_callback(standby.stop)
    goal = chance.randint(1, 30)
    await says(speaker, *societies(40))
    await wait_until(lambda: _kept(standby, goal))
    hearer.send(signal.SIGKILL)
    killed = time.monotonic()
    await says(speaker, *societies(20, 40))
    (await settle(hall, speaker, standby)).check()
    assert time.monotonic() - killed < 5


async def _held(house: House, epoch: int) -> bool:
    return await epoch_of(house) >= epoch


async def _kept(house: House, events: int) -> bool:
    return await kept_by(house) >= events


async def test_a_holder_that_was_stopped_keeps_nothing_when_it_wakes(
    hall: Hall, hearer: Hearer, chance: random.Random
) -> None:
    speaker = await hall.speaker()
    standby = await hall.listener(started=False)
    await hearer.start(hall, batch_size=2)
    await wait_until(lambda: _held(standby, 1), 60)
    await standby.start()
    hall.stack.push_async_callback(standby.stop)
    goal = chance.randint(1, 60)
    await says(speaker, *societies(100))
    await wait_until(lambda: _kept(standby, goal))
    hearer.send(signal.SIGSTOP)
    epoch = await epoch_of(standby)
    # Stopped inside a transaction, it keeps the seat with its locks until it goes on, or its database cuts it off.
    taken = await _taken_over(standby, epoch)
    await says(speaker, *societies(20, 100))
    if taken:
        await settle(hall, speaker, standby)
    hearer.send(signal.SIGCONT)
    await says(speaker, *societies(20, 120))
    (await settle(hall, speaker, standby)).check()


async def _taken_over(standby: House, epoch: int) -> bool:
    try:
        await wait_until(lambda: _held(standby, epoch + 1), 4)
    except AssertionError:
        return False
    return True

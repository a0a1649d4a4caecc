"""The five services as apps, on databases of their own."""

from collections.abc import AsyncIterator, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from chassis.clock import SteppedClock
from chassis.migrations import migrate

SERVICES = ("membership", "events", "federation", "evaluation", "portal")


@pytest.fixture
async def apps(
    settings_for: Callable[..., Any], clock: SteppedClock, tmp_path: Path
) -> AsyncIterator[dict[str, FastAPI]]:
    made = {}
    for name in SERVICES:
        url = f"sqlite+aiosqlite:///{tmp_path / name}.db"
        peers = dict.fromkeys(SERVICES, "http://127.0.0.1:9")
        if name != "portal":
            await migrate(url, name)
        made[name] = import_module(f"services.{name}.app").build(settings_for(name, url, peers=peers), clock)
    yield made
    for app in made.values():
        await app.state.service.stop()

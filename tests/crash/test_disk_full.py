"""No room left where a database is: it is said, nothing is half written, and all goes on when there is room."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from checker import settle
from clerking import admit, kept_and_said, register
from databases import Copies, Files, administer
from fastapi import FastAPI
from hall import Hall
from servers import OwnPostgres
from volume import CannotMount, PageLimit, Volume
from waiting import wait_until

from chassis.house import House

pytestmark = pytest.mark.parametrize("bus_server", ["valkey"], indirect=True)


@pytest.fixture(params=["sqlite", "postgresql", pytest.param("pages", marks=pytest.mark.long)])
def store(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def volume(store: str) -> Iterator[Volume | None]:
    """None where SQLite's own limit stands for it."""
    # Not under pytest's own directory: PostgreSQL runs as another user, who may not enter it.
    directory = tempfile.TemporaryDirectory(prefix="societas-volume-", ignore_cleanup_errors=True)
    with directory as name:
        Path(name).chmod(0o755)
        made = None
        try:
            made = Volume(Path(name) / "small", 32 if store == "postgresql" else 4) if store != "pages" else None
        except CannotMount as error:
            if store == "postgresql":
                pytest.skip(f"no volume can be mounted here: {error}")
        yield made
        if made is not None:
            made.unmount()


@pytest.fixture
def cramped() -> str:
    """Whose database is on the small volume, where the test does not say."""
    return "membership"


@pytest.fixture
def make_database(
    store: str, cramped: str, volume: Volume | None, files: Files, *, tmp_path: Path, request: pytest.FixtureRequest
) -> Any:
    if store != "postgresql":
        small = volume.place if volume else tmp_path
        return lambda name: files.copy(name, (small if name == cramped else tmp_path) / f"{name}.db")
    server: OwnPostgres = request.getfixturevalue("own_postgres")
    copies = Copies(server.url)

    async def on_postgres(name: str) -> str:
        if name != cramped:
            return await copies.copy(name)
        assert volume is not None
        server.give(volume.place / "records")
        await administer(server.url, f"CREATE TABLESPACE small LOCATION '{volume.place / 'records'}'")
        return await copies.copy(name, tablespace="small")

    return on_postgres


async def test_a_full_volume_is_told_nothing_is_half_written_and_it_goes_on_when_there_is_room(
    hall: Hall, membership: FastAPI, clerk: httpx2.AsyncClient, volume: Volume | None
) -> None:
    speaker: House = membership.state.service
    place = volume or PageLimit(speaker.db)
    listener = await hall.listener()
    await register(clerk)
    for number in range(5):
        assert (await admit(clerk, number)).status_code == 201
    await settle(hall, speaker, listener)

    place.fill()
    taken, refused, number = 5, [], 5
    while len(refused) < 5:
        answer = await admit(clerk, number)
        if answer.status_code == 201:
            taken += 1
        else:
            refused.append((number, answer))
        number += 1
        assert number < 5_000, "the volume is not full"
    for _, answer in refused:
        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (507, "urn:societas:problem:store-full"), answer.text
        assert "full" in problem["detail"]
    assert (await clerk.get("/societies/A-18/members")).status_code == 200, "what is there can be read"
    assert await kept_and_said(speaker) == (taken, taken)

    place.free()
    for again, _ in refused:
        answer = await admit(clerk, again)
        assert answer.status_code == 201, answer.text
    (await settle(hall, speaker, listener, 60)).check()
    assert await kept_and_said(speaker) == (number, number)
    await wait_until(lambda: _well(speaker, "relay"))


async def _well(house: House, link: str) -> bool:
    return await house.checks[link]() is None


@pytest.mark.parametrize("cramped", ["hearer"])
async def test_a_listener_without_room_says_so_and_catches_up_when_there_is_some(
    hall: Hall, membership: FastAPI, clerk: httpx2.AsyncClient, volume: Volume | None
) -> None:
    speaker: House = membership.state.service
    listener = await hall.listener(batch_size=5)
    place = volume or PageLimit(listener.db)
    await register(clerk)
    await settle(hall, speaker, listener)
    place.fill()
    number = 0
    while await _well(listener, "listener"):
        assert (await admit(clerk, number)).status_code == 201
        number += 1
        assert number < 5_000, "the volume is not full"
    place.free()
    (await settle(hall, speaker, listener, 60)).check()
    await wait_until(lambda: _well(listener, "listener"))

"""A connection to the database that ends at the worst moment: whoever used it goes on over another one."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from checker import settle
from databases import Copies
from hall import Hall, says, societies
from servers import OwnPostgres
from waiting import wait_until
from wire_proxy import WireProxy

pytestmark = pytest.mark.parametrize("bus_server", ["valkey"], indirect=True)


@pytest.fixture
def make_database(own_postgres: OwnPostgres) -> Any:
    return Copies(own_postgres.url).copy


@pytest.fixture
async def wire(hall: Hall) -> AsyncIterator[WireProxy]:
    """The way from the listener to its database."""
    async with WireProxy(await hall.make_database("hearer")).listening() as proxy:
        hall.databases["hearer"] = proxy.url
        yield proxy


async def test_a_lease_whose_commit_is_cut_off_is_asked_for_again(hall: Hall, wire: WireProxy) -> None:
    speaker = await hall.speaker()
    listener = await hall.listener(started=False)
    wire.ends("cut", b"UPDATE leases SET holder", b"COMMIT")
    await listener.start()
    hall.stack.push_async_callback(listener.stop)
    await wait_until(lambda: wire.met == 1)
    await says(speaker, *societies(20))
    (await settle(hall, speaker, listener, 30)).check()


_LEASE, _COMMIT = b"UPDATE leases SET holder", b"COMMIT"


@pytest.mark.parametrize(
    "words",
    [(b"INSERT INTO kept",), (b"UPDATE leases SET expires",), (b"SELECT log.position",), (_LEASE, _COMMIT)],
    ids=["an effect", "a renewal", "a look", "a commit"],
)
async def test_a_database_that_falls_silent_in_the_middle_of_an_operation_is_waited_for_no_longer_than_allowed(
    hall: Hall, wire: WireProxy, words: tuple[bytes, ...]
) -> None:
    speaker = await hall.speaker()
    listener = await hall.listener(statement_seconds=1.0, started=False)
    await says(speaker, *societies(10))
    # A statement is sent in words once for each connection: before the first of them is used.
    wire.ends("silent", *words)
    await listener.start()
    hall.stack.push_async_callback(listener.stop)
    await wait_until(lambda: wire.met == 1)
    (await settle(hall, speaker, listener, 30)).check()

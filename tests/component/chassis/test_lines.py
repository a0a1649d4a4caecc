"""A connection to a server whose machine may vanish without a word."""

import socket
import sys

import pytest
from databases import url_of

from chassis.database import Database


@pytest.mark.skipif(sys.platform != "linux", reason="the names of the options are Linux's")
async def test_who_waits_for_the_servers_answer_asks_whether_it_is_there(postgres_server: str) -> None:
    db = Database(url_of(postgres_server, "postgres"))
    async with db.reading() as conn:
        await conn.exec_driver_sql("SELECT 1")
        driver = (await conn.get_raw_connection()).driver_connection
        assert driver is not None
        line = driver._transport.get_extra_info("socket")  # noqa: SLF001 - asyncpg has no other way to its socket
        asked = line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        after = 5 if line.family == socket.AF_UNIX else line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE)
    await db.close()

    assert asked == 1
    assert after == 5

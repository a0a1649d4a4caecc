import asyncio
import gc
import socket

import pytest

from chassis.lookups import expect_lost_lookups


async def test_of_what_nobody_waits_for_any_more_only_a_failed_lookup_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    expect_lost_lookups()
    for error in (socket.gaierror(socket.EAI_AGAIN, "no such name"), ValueError("a fault of the program")):
        asyncio.get_running_loop().create_future().set_exception(error)
    gc.collect()

    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert ["a fault of the program" in str(record.exc_info) for record in errors] == [True]

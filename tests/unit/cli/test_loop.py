import asyncio
import os
import signal

import pytest

from societas.loop import run, until_stopped


async def _work(done: list[str]) -> str:
    try:
        done.append("begun")
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(60)
        return "never"
    finally:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(0.01)
        done.append("ended")


def test_an_interrupt_ends_the_work_which_may_clear_up_however_often_it_comes() -> None:
    done: list[str] = []

    assert run(until_stopped(_work(done))) is None
    assert done == ["begun", "ended"]


def test_a_work_that_ends_by_itself_gives_what_came_of_it() -> None:
    async def work() -> int:
        return 7

    assert run(until_stopped(work())) == 7


def test_what_goes_wrong_is_not_hidden() -> None:
    async def work() -> None:
        raise OSError("no")

    with pytest.raises(OSError, match="no"):
        run(until_stopped(work()))

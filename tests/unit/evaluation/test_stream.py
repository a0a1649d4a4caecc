"""Who watches the board is told every change, may come back for what was missed, and is let go when too slow."""

import json
from collections.abc import AsyncIterator, Callable

import pytest

from services.evaluation import stream
from services.evaluation.board import Board
from services.evaluation.filed import parsed
from services.evaluation.shipped import DEFAULT, text_of
from services.evaluation.stream import Audience
from tests.unit.evaluation.histories import TODAY, registered

Happens = Callable[[], None]


@pytest.fixture
def board() -> Board:
    return Board(parsed(text_of(DEFAULT)), day=TODAY)


@pytest.fixture
def audience(board: Board) -> Audience:
    return Audience(board)


@pytest.fixture
def happens(board: Board, audience: Audience) -> Happens:
    """One more society is registered, and the viewers are told."""

    def register() -> None:
        number = board.version + 1
        board.fold([registered(society=f"A-{number:02}")])
        audience.note(number)
        audience.refresh()

    return register


async def told(viewer: AsyncIterator[bytes]) -> tuple[str, int]:
    """Kind and version of the next message, which tells of the society registered last."""
    fields = dict(line.split(": ", 1) for line in (await anext(viewer)).decode().splitlines() if line)
    data = json.loads(fields["data"])
    version = int(fields["id"])
    assert f"A-{version:02}" in {row["society"] for row in data.get("changed", data.get("ratings"))}
    return fields["event"], version


async def test_a_viewer_is_given_the_board_and_then_what_changes(audience: Audience, happens: Happens) -> None:
    happens()
    viewer = audience.watch(None)
    assert await told(viewer) == ("snapshot", 1)
    happens()
    assert await told(viewer) == ("ratings", 2)


async def test_who_comes_back_is_given_what_was_missed_and_no_board(audience: Audience, happens: Happens) -> None:
    for _ in range(3):
        happens()
    viewer = audience.watch("1")
    assert [await told(viewer), await told(viewer)] == [("ratings", 2), ("ratings", 3)]


@pytest.mark.parametrize("last", ["²", "１", "-1", "1.0", "9" * 30, "one"])
async def test_an_id_that_is_no_version_of_ours_is_answered_by_the_board(
    audience: Audience, happens: Happens, last: str
) -> None:
    happens()
    assert await told(audience.watch(last)) == ("snapshot", 1)


async def test_who_is_too_slow_is_let_go_and_misses_nothing_by_coming_back(
    audience: Audience, happens: Happens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_BACKLOG", 2)
    viewer = audience.watch(None)
    await anext(viewer)
    for _ in range(4):
        happens()
    assert [await told(viewer), await told(viewer)] == [("ratings", 1), ("ratings", 2)]
    with pytest.raises(StopAsyncIteration):
        await anext(viewer)
    assert await told(audience.watch("2")) == ("ratings", 3)


async def test_the_end_reaches_even_who_is_as_slow_as_may_be(
    audience: Audience, happens: Happens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_BACKLOG", 1)
    await audience.start()
    viewer = audience.watch(None)
    await anext(viewer)
    happens()
    await audience.stop()
    assert await told(viewer) == ("ratings", 1)
    with pytest.raises(StopAsyncIteration):
        await anext(viewer)

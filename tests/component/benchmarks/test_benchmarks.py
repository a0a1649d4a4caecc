"""The benchmarks run, on sizes that say nothing."""

import pytest

from benchmarks import __main__ as contests
from benchmarks import pipeline, replay, rivals
from benchmarks.history import documents, events
from chassis import wire

MANY = 600


def test_all_contestants_are_given_the_same_valid_events() -> None:
    told = [wire.decode(document) for _, _, document in documents(MANY)]

    assert [one.event().data() | {"s": one.subject} for one in told][:210] == [
        one.data() | {"s": one.subject} for one in list(events(MANY))[:210]
    ]
    assert len(told) == MANY
    assert all(one.event().type == one.type for one in told)


async def test_ours_applies_every_event_once_and_tells_a_rate(redis_url: str) -> None:
    assert await pipeline.throughput(MANY, redis_url) > 0


@pytest.mark.parametrize("rival", [rivals.naive, rivals.reading])
async def test_a_rival_runs(rival: contests.RivalRun, redis_url: str) -> None:
    assert await rival(MANY, redis_url) > 0


@pytest.mark.parametrize(("rival", "needs"), [(rivals.tasks, "taskiq_redis"), (rivals.dataflow, "bytewax")])
async def test_a_rival_with_its_own_dependencies_runs(rival: contests.RivalRun, needs: str, redis_url: str) -> None:
    pytest.importorskip(needs)

    assert await rival(MANY, redis_url) > 0


async def test_a_replay_rates_everybody() -> None:
    ours, simple = await replay.replay(MANY)

    assert ours > 0
    assert simple > 0


def test_the_table_gives_ratios_of_medians() -> None:
    table = contests.table(
        {"ours, SQLite": [90.0, 100.0, 500.0], "other": [50.0], "replay": [9.0], "dict fold": [18.0]}
    )

    assert "| other | 50 | 2.00 × |" in table
    assert "| dict fold | 18 | 0.50 × |" in table

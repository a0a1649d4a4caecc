"""The benchmarks run, on sizes that say nothing."""

from pathlib import Path

import pytest

from benchmarks import __main__ as contests
from benchmarks import latency, pipeline, replay, rivals, viewers, whatif
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


async def test_the_listener_alone_applies_every_event_once_too(redis_url: str) -> None:
    assert await pipeline.listening(MANY, redis_url) > 0


async def test_every_event_is_timed_from_append_to_rating(redis_url: str) -> None:
    taken = await latency.latencies(100, redis_url)

    assert 0 < taken.p50 <= taken.p99
    assert taken.pace > 0


async def test_every_viewer_sees_every_change_and_pages_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewers, "_SECONDS", 0.2)
    seen, rates = await viewers.measure(5, changes=3)

    assert 0 < seen.p50 <= seen.p99
    assert all(rate > 0 for rate in rates.values())


async def test_another_policy_moves_somebody(tmp_path: Path) -> None:
    assert (await whatif.measure(3_000, tmp_path))["events"] == 3_000


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


def test_figures_have_their_median_and_their_ends() -> None:
    assert "| late, ms | 2.5 | 1 – 1,000 |" in contests.figures_table({"late, ms": [1.0, 1_000.0, 2.5]})

"""kill -9 at named points, a wiped bus, an import into an empty platform: every event once, ratings as folded."""

import os
import random
from datetime import date
from pathlib import Path

import httpx2
import pytest
from crash_platform import SPEAKERS, Platform
from history import SOCIETIES, registrations, year

from chassis import wire
from services.evaluation.domain import Fact, rank, rate_everyone, ratings_hash
from services.evaluation.filed import parsed
from services.evaluation.shipped import DEFAULT, text_of

SEED = int(os.environ.get("SOCIETAS_CRASH_SEED", "7"))


def live(platform: Platform) -> None:
    """Registers the societies and waits until every service knows them."""
    for path, body, key in registrations():
        assert platform.ask("POST", path, body, key).status_code == 201
    platform.settle()


def log_of(platform: Platform, speaker: str) -> list[wire.Heard]:
    answer = platform.ask("GET", f"/api/{speaker}/log", params={"limit": 5000})
    return [wire.decode(line) for line in answer.content.splitlines()]


def assert_nothing_lost_nothing_twice(platform: Platform, societies: int = len(SOCIETIES)) -> str:
    """Positions without a gap, each event applied once, and the live ratings those of an offline fold of the logs."""
    heads = platform.settle()
    heard = [one for speaker in SPEAKERS for one in log_of(platform, speaker)]
    while len(heard) > sum(heads.values()):  # evaluation says something more, of what it heard last
        heads = platform.settle()
        heard = [one for speaker in SPEAKERS for one in log_of(platform, speaker)]
    assert len({one.id for one in heard}) == len(heard) == sum(heads.values())
    verdict = platform.ask("POST", "/api/evaluation/verification").json()
    assert verdict["equal"], verdict
    assert verdict["applied"] == len(heard)

    board = platform.ask("GET", "/api/evaluation/ratings").json()
    policy = parsed(text_of(DEFAULT))
    day = max(one.data["day"] for one in heard if one.type == "evaluation.day-turned.v1")
    standings = rank(rate_everyone([Fact.of(one) for one in heard], policy, date.fromisoformat(day)), policy)
    assert board["hash"] == ratings_hash(standings)
    assert len(board["ratings"]) == societies
    return str(board["hash"])


@pytest.mark.parametrize(
    "point",
    [
        "after-append",
        pytest.param("before-relay", marks=pytest.mark.long),
        "after-relay",
        "after-read",
        "before-commit",
        pytest.param("after-commit", marks=pytest.mark.long),
    ],
)
def test_killed_at_a_named_point_every_event_is_applied_exactly_once(platform: Platform, point: str) -> None:
    platform.start()
    live(platform)
    platform.kill()
    # The lease of the killed one has to run out first; what was told meanwhile is read and kept in few pieces.
    nth = random.Random(f"{SEED}{point}").randint(*((1, 2) if point.endswith(("commit", "read")) else (5, 25)))
    platform.start(die_at=f"{point}:{nth}")
    for path, body, key in year(3):
        assert platform.ask("POST", path, body, key).status_code == 201
    platform.settle()
    assert platform.deaths == 1, "the platform was to die once"
    assert_nothing_lost_nothing_twice(platform)
    members = platform.ask("GET", "/api/evaluation/ratings/A-01").json()
    assert members["society"] == "A-01"


def test_a_bus_wiped_in_the_middle_of_a_run_loses_nothing(platform: Platform) -> None:
    platform.start()
    live(platform)
    steps = list(year(4))
    for number, (path, body, key) in enumerate(steps):
        if number % 25 == 12:
            platform.bus.flushall()
        assert platform.ask("POST", path, body, key).status_code == 201
    assert_nothing_lost_nothing_twice(platform)


def test_an_exported_log_imported_into_an_empty_platform_gives_the_same_ratings(
    platform: Platform, tmp_path: Path
) -> None:
    platform.start()
    live(platform)
    for path, body, key in year(3):
        platform.ask("POST", path, body, key)
    before = assert_nothing_lost_nothing_twice(platform)
    exported = {
        speaker: platform.ask("GET", f"/api/{speaker}/log", params={"limit": 5000}).content for speaker in SPEAKERS
    }
    platform.stop()

    (tmp_path / "other").mkdir()
    other = Platform(tmp_path / "other")
    other.start()
    try:
        for speaker, lines in exported.items():
            shuffled = lines.splitlines()
            random.Random(SEED).shuffle(shuffled)
            twice = shuffled[:5]
            answer = import_lines(other, speaker, shuffled + twice)
            assert answer.json() == {"imported": len(shuffled), "skipped": len(twice)}
        assert assert_nothing_lost_nothing_twice(other) == before
    finally:
        other.stop()


def import_lines(platform: Platform, speaker: str, lines: list[bytes]) -> httpx2.Response:
    return platform.ask("POST", f"/api/{speaker}/log", content=b"\n".join(lines))

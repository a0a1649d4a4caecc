"""The class that binds is the last one that a review gave, in whatever order its events come."""

from datetime import date
from itertools import permutations

import pytest

from contracts.calendar import instant, midnight
from services.evaluation.domain import Fact
from services.evaluation.domain.review.binding import Bindings


def assigned(number: int, category: str, as_of: str, on: date, society: str = "A-18") -> Fact:
    data = {"review": f"review-{as_of[:4]}", "policy": "hubei-2017", "version": "2.0", "as_of": as_of}
    id_ = f"00000000-0000-7000-8000-{number:012d}"
    told = {"time": instant(midnight(on)), "recorded": instant(midnight(on)), "data": data | {"category": category}}
    return Fact.make(id=id_, type="evaluation.class-assigned.v1", subject=society, **told)


TOLD = [
    assigned(1, "support", "2024-11-30", date(2024, 12, 30)),
    assigned(2, "foster", "2025-11-30", date(2025, 12, 30)),
    # Of an older year, though assigned last.
    assigned(3, "regular", "2023-11-30", date(2026, 1, 10)),
]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_review_of_the_latest_day_binds(order: tuple[int, ...]) -> None:
    bindings = Bindings([TOLD[place] for place in (*order, *order)])

    told = bindings.of("A-18")
    assert told == {
        "class": "foster",
        "review": "review-2025",
        "policy": {"id": "hubei-2017", "version": "2.0"},
        "as_of": "2025-11-30",
        "since": "2025-12-30",
    }
    assert bindings.of("B-01") is None


def test_what_is_forgotten_binds_nobody() -> None:
    bindings = Bindings([*TOLD, assigned(4, "support", "2025-11-30", date(2025, 12, 30), "B-01")])
    bindings.forget({"A-18"})

    assert bindings.of("A-18") is None
    assert bindings.of("B-01") is not None

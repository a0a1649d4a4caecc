"""The class that binds is the last that a review gave in a file that follows, in whatever order its events come."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from contracts.calendar import instant, midnight
from services.evaluation.domain import Fact
from services.evaluation.domain.review.binding import Bindings
from services.evaluation.domain.review.file import BEGINNING, digest_of


def file(as_of: str, on: date, *classes: tuple[str, str]) -> list[Fact]:
    """The file of a review, as short as may be: opened, confirmed, and these classes assigned."""
    review = f"review-{as_of[:4]}"
    ruled: dict[str, Any] = {"policy": "hubei-2017", "version": "2.0", "as_of": as_of}
    told = [("review-opened", review, ruled), ("results-confirmed", review, {})]
    told += [("class-assigned", society, ruled | {"category": category}) for society, category in classes]
    facts: list[Fact] = []
    chain, time = BEGINNING, instant(midnight(on))
    for step, (what, subject, said) in enumerate(told, start=1):
        type_, data = f"evaluation.{what}.v1", said | {"review": review, "step": step, "chain": chain}
        id_ = f"00000000-0000-7000-8000-{as_of[:4]}{step:08d}"
        facts.append(Fact.make(id=id_, type=type_, subject=subject, time=time, recorded=time, data=data))
        chain = digest_of(type_, subject, time, data)
    return facts


FILES = [
    file("2024-11-30", date(2024, 12, 30), ("A-18", "support")),
    file("2025-11-30", date(2025, 12, 30), ("A-18", "foster"), ("B-01", "support")),
    # Of an older year, though assigned last.
    file("2023-11-30", date(2026, 1, 10), ("A-18", "regular")),
]


def bound(facts: list[Fact], society: str = "A-18") -> str | None:
    told = Bindings(facts).of(society)
    return None if told is None else told["class"]


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_the_review_of_the_latest_day_binds(order: tuple[int, ...]) -> None:
    facts = [fact for place in (*order, *order) for fact in reversed(FILES[place])]
    bindings = Bindings(facts)

    assert bindings.of("A-18") == {
        "class": "foster",
        "review": "review-2025",
        "policy": {"id": "hubei-2017", "version": "2.0"},
        "as_of": "2025-11-30",
        "since": "2025-12-30",
    }
    assert bindings.of("C-01") is None


def test_what_is_forgotten_binds_nobody() -> None:
    bindings = Bindings([fact for one in FILES for fact in one])
    bindings.forget({"B-01"})

    assert bindings.of("A-18") is not None
    assert bindings.of("B-01") is None


@pytest.mark.parametrize("missing", range(3))
def test_a_class_of_a_file_with_a_gap_before_it_binds_nobody(missing: int) -> None:
    gapped = [fact for place, fact in enumerate(FILES[1]) if place != missing]

    assert bound([*gapped, *FILES[0]]) == "support"
    assert bound([*gapped, *FILES[0], FILES[1][missing]]) == "foster"


def test_a_class_of_a_review_that_never_was_binds_nobody() -> None:
    data = {"review": "review-x", "step": 1, "chain": BEGINNING, "policy": "p", "version": "1", "as_of": "2025-01-01"}
    time = instant(midnight(date(2025, 1, 2)))
    alone = Fact.make(
        id="x", type="evaluation.class-assigned.v1", subject="A-18", time=time, recorded=time,
        data=data | {"category": "support"},
    )  # fmt: skip

    assert bound([alone]) is None
    assert bound([alone._replace(data={"category": 7})]) is None


def test_two_versions_of_a_step_leave_bound_what_came_before_them() -> None:
    forged = FILES[1][3]._replace(data={**FILES[1][3].data, "category": "restructure"})

    assert bound([*FILES[1], forged], "A-18") == "foster"
    assert bound([*FILES[1], forged], "B-01") is None

"""A dated successor takes over on its day: what was in use on a day never changes once that day has begun."""

from datetime import date
from typing import Any

import pytest

from contracts.calendar import instant, midnight
from services.evaluation.domain import Policy
from services.evaluation.domain.succession import Filed, PolicyNotInForce, require_in_force, succeeding, takes_over_on
from tests.unit.evaluation.little import policy
from tests.unit.evaluation.shipped import shipped

MEASURE = {"m": {"fold": "count", "events": ["membership.meeting-held.v1"]}}


def made(name: str, begins: str, ends: str | None = None, **more: Any) -> Policy:
    in_force = {"from": begins} | ({} if ends is None else {"until": ends})
    return policy(MEASURE, policy=name, in_force=in_force, **more)


def at(day: str) -> str:
    return instant(midnight(date.fromisoformat(day)))


OLD = made("old", "2011-03-01", "2026-02-28")
NEW = made("new", "2026-03-01", succeeds="old")
NEXT = made("next", "2031-01-01", succeeds="new")


@pytest.mark.parametrize(
    ("day", "in_use"),
    [
        ("2011-03-01", "old"),
        ("2026-02-28", "old"),
        ("2026-03-01", "new"),
        ("2030-12-31", "new"),
        ("2031-01-01", "next"),
        ("2099-01-01", "next"),
    ],
)
def test_a_successor_takes_over_on_its_day_and_its_own_after_it(day: str, in_use: str) -> None:
    shelf = [Filed(NEXT), Filed(NEW), Filed(OLD)]

    assert succeeding(OLD, shelf, date.fromisoformat(day)).id == in_use


def test_without_a_successor_the_policy_stays_in_use() -> None:
    assert succeeding(OLD, [Filed(OLD), Filed(NEXT)], date(2040, 1, 1)) is OLD


def test_a_successor_of_a_policy_without_an_end_takes_over_all_the_same() -> None:
    endless = made("old", "2011-03-01")

    assert succeeding(endless, [Filed(NEW)], date(2026, 3, 1)) is NEW


@pytest.mark.parametrize(
    ("filed", "day", "in_use"),
    [
        ("2026-02-01", "2026-03-01", "new"),
        ("2026-02-28", "2026-03-01", "new"),
        ("2026-03-01", "2026-03-01", "old"),  # filed when the day had begun
        ("2026-06-10", "2026-06-10", "old"),
        ("2026-06-10", "2026-06-11", "new"),
        ("2026-06-10", "2026-03-15", "old"),  # what was in use then does not change
    ],
)
def test_a_text_filed_late_takes_over_on_the_next_day_and_never_backwards(filed: str, day: str, in_use: str) -> None:
    assert succeeding(OLD, [Filed(NEW, at(filed))], date.fromisoformat(day)).id == in_use


def test_what_was_filed_later_was_not_known() -> None:
    shelf = [Filed(NEW, at("2026-06-10"))]

    assert succeeding(OLD, shelf, date(2026, 7, 1), at("2026-06-09")) is OLD
    assert succeeding(OLD, shelf, date(2026, 7, 1), at("2026-06-10")) is NEW


def test_of_several_successors_the_last_to_begin_counts_and_of_versions_the_last_filed() -> None:
    second = made("new", "2026-03-01", succeeds="old", version="2")
    later = made("later", "2026-05-01", succeeds="old")
    shelf = [Filed(second, at("2026-01-02")), Filed(NEW, at("2026-01-01")), Filed(later, at("2025-01-01"))]

    assert succeeding(OLD, shelf, date(2026, 4, 30)) is second
    assert succeeding(OLD, shelf, date(2026, 5, 1)) is later
    assert succeeding(OLD, shelf[::-1], date(2026, 5, 1)) is later


def test_policies_that_succeed_each_other_in_a_circle_come_to_an_end() -> None:
    first, second = made("a", "2020-01-01", succeeds="b"), made("b", "2021-01-01", succeeds="a")

    assert succeeding(first, [Filed(first), Filed(second)], date(2022, 1, 1)) is second


@pytest.mark.parametrize(
    ("by", "day", "refused"),
    [
        (OLD, "2011-02-28", "is in force from 2011-03-01 on, not on 2011-02-28"),
        (OLD, "2011-03-01", None),
        (OLD, "2026-02-28", None),
        (OLD, "2026-03-01", "old 1 is not in force on 2026-03-01: new 1 has succeeded it on 2026-03-01"),
        (NEW, "2026-02-28", "new 1 is in force from 2026-03-01 on, not on 2026-02-28. Filed, it takes over by itself"),
        (NEW, "2026-03-01", None),
        (made("gone", "2015-01-01", "2020-12-31"), "2020-12-31", None),
        (made("gone", "2015-01-01", "2020-12-31"), "2021-01-01", "is in force from 2015-01-01 to 2020-12-31, not on"),
    ],
)
def test_nobody_is_rated_by_a_policy_out_of_force(by: Policy, day: str, refused: str | None) -> None:
    shelf = [Filed(OLD), Filed(NEW)]
    if refused is None:
        require_in_force(by, date.fromisoformat(day), shelf, field="as_of")
        return
    with pytest.raises(PolicyNotInForce) as raised:
        require_in_force(by, date.fromisoformat(day), shelf, field="as_of")

    assert refused in raised.value.explained("en")
    assert (raised.value.field, raised.value.value, raised.value.slug) == ("as_of", day, "policy-not-in-force")
    assert day in raised.value.explained("zh")


@pytest.mark.parametrize(
    ("today", "day"),
    [
        ("2025-06-01", "2026-03-01"),
        ("2026-02-28", "2026-03-01"),
        ("2026-03-01", "2026-03-02"),
        ("2027-01-01", "2027-01-02"),
    ],
)
def test_when_it_takes_over_is_told_as_it_is_filed(today: str, day: str) -> None:
    assert takes_over_on(NEW, OLD, date.fromisoformat(today)) == date.fromisoformat(day)
    assert takes_over_on(NEW, NEXT, date.fromisoformat(today)) is None


def test_the_assessment_of_2011_is_succeeded_by_its_revision() -> None:
    old, new = shipped("assessment-2011"), shipped("assessment-2026")

    assert succeeding(old, [Filed(new)], date(2026, 2, 28)) is old
    assert succeeding(old, [Filed(new)], date(2026, 3, 1)) is new

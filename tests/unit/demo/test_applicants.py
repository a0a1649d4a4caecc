"""Some societies of the story ask for a grade, and what the two assessments say of them differs."""

from collections import Counter
from datetime import date

import pytest

from services.evaluation.domain import Policy, load_policy, rate_everyone
from services.evaluation.domain.rating import Rating
from services.evaluation.shipped import text_of
from societas.demo.applicants import FOUND
from societas.demo.plan import Plan
from societas.demo.profile import Profile
from societas.demo.request import Request
from societas.demo.societies import societies
from tests.unit.demo.retelling import retold

YEARS_END = date(2025, 12, 31)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan(societies(), seed=7)


@pytest.fixture(scope="module")
def year(plan: Plan) -> list[tuple[date, list[Request]]]:
    return [(plan.date_of(day), plan.day(day)) for day in range(366)]


@pytest.fixture(scope="module")
def asking(plan: Plan) -> dict[str, Profile]:
    return {profile.code: profile for profile in plan.cast if profile.applies}


@pytest.fixture(scope="module")
def before(year: list[tuple[date, list[Request]]], asking: dict[str, Profile]) -> dict[str, Rating]:
    return rated(load_policy(text_of("assessment-2011")), year, asking)


@pytest.fixture(scope="module")
def after(year: list[tuple[date, list[Request]]], asking: dict[str, Profile]) -> dict[str, Rating]:
    return rated(load_policy(text_of("assessment-2026")), year, asking)


def rated(policy: Policy, year: list[tuple[date, list[Request]]], asking: dict[str, Profile]) -> dict[str, Rating]:
    facts = [fact for fact in retold(year) if fact.subject in asking]
    return {one.society: one for one in rate_everyone(facts, policy, YEARS_END)}


def test_one_in_eight_asks_and_some_of_them_have_a_past(asking: dict[str, Profile]) -> None:
    assert len(asking) == 210 // 8
    assert Counter(profile.trouble for profile in asking.values()) == {
        "": 20,
        "barely-passed-twice": 3,
        "last-check-failed": 1,
        "warned": 2,
    }


def test_every_society_has_three_years_of_checks_on_record(year: list[tuple[date, list[Request]]]) -> None:
    checks = [
        (one.society, one.body["year"])
        for _, requests in year
        for one in requests
        if one.path.endswith("/annual-checks")
    ]

    assert len(set(checks)) == len(checks)
    assert Counter(of for _, of in checks) == {2022: 210, 2023: 210, 2024: 210}


def test_assessors_visit_those_who_ask_before_the_review_looks(
    year: list[tuple[date, list[Request]]], asking: dict[str, Profile]
) -> None:
    found = [(one.society, on) for on, requests in year for one in requests if one.body.get("item") in FOUND]

    assert Counter(code for code, _ in found) == dict.fromkeys(asking, len(FOUND))
    assert all(date(2025, 10, 1) <= on <= date(2025, 11, 30) for _, on in found)


def test_some_reach_a_grade_and_most_do_not(after: dict[str, Rating]) -> None:
    grades = Counter(rating.grade for rating in after.values())

    assert 5 <= sum(number for grade, number in grades.items() if grade) <= len(after) // 2


def test_whoever_was_in_trouble_is_barred_under_the_old_measures_alone(
    asking: dict[str, Profile], before: dict[str, Rating], after: dict[str, Rating]
) -> None:
    troubled = {code for code, profile in asking.items() if profile.trouble}

    assert {code for code, rating in before.items() if rating.ineligible} == troubled
    assert {code for code, rating in after.items() if rating.ineligible} == set()


def test_one_who_is_barred_under_the_old_measures_has_a_grade_under_the_new(
    before: dict[str, Rating], after: dict[str, Rating]
) -> None:
    assert any(before[code].ineligible and after[code].grade for code in after)
    assert any(before[code].grade and after[code].grade for code in after)

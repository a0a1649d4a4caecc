from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from societas.demo.plan import Plan
from societas.demo.request import Ref, Request, references
from societas.demo.societies import societies

AHEAD = {"starts_on", "term_ends_on", "assembly_on", "publish_by"}
EARLIER_THAN_TOLD = 14


@pytest.fixture(scope="module")
def plan() -> Plan:
    return Plan(societies(), seed=7)


@pytest.fixture(scope="module")
def year(plan: Plan) -> list[list[Request]]:
    return [plan.day(day) for day in range(366)]


def told(year: list[list[Request]]) -> Iterator[tuple[int, Request]]:
    return ((day, request) for day, requests in enumerate(year) for request in requests)


def dates_in(body: Any) -> Iterator[tuple[str, date]]:
    return ((name, value) for name, value in body.items() if isinstance(value, date))


def test_the_same_seed_gives_the_same_plan(year: list[list[Request]]) -> None:
    again = Plan(societies(), seed=7)

    assert [again.day(day) for day in range(366)] == year


def test_a_day_is_planned_without_the_days_before_it(year: list[list[Request]]) -> None:
    assert Plan(societies(), seed=7).day(200) == year[200]


def test_another_seed_tells_another_story(plan: Plan) -> None:
    assert Plan(societies(), seed=8).day(100) != plan.day(100)


def test_idempotency_keys_are_unique_and_name_seed_day_and_place(year: list[list[Request]]) -> None:
    keys = [request.idempotency_key for _, request in told(year)]

    assert len(set(keys)) == len(keys)
    assert year[3][0].idempotency_key == "demo-7-3-0"


def test_no_date_is_in_the_future_of_the_day_it_is_told(plan: Plan, year: list[list[Request]]) -> None:
    for day, request in told(year):
        for name, value in dates_in(request.body):
            assert name in AHEAD or value <= plan.date_of(day), request


def test_no_record_is_told_twice_of_one_day_under_one_title(year: list[list[Request]]) -> None:
    titled = [(one.path, one.body["title"], *dates_in(one.body)) for _, one in told(year) if "title" in one.body]

    assert [one for one, times in Counter(titled).items() if times > 1] == []


def test_a_reference_is_used_only_after_the_answer_that_tells_it(year: list[list[Request]]) -> None:
    known: dict[str, str | None] = {}
    for _, request in told(year):
        for name in references(request):
            assert known[name] == request.society, request
        if request.keep:
            known[request.keep.name] = request.society


def test_nobody_leaves_twice(year: list[list[Request]]) -> None:
    leavers = Counter[tuple[str, int]]()
    for _, request in told(year):
        members = request.body.get("members")
        if isinstance(members, Ref) and members.start is not None and members.stop is not None:
            leavers.update((members.name, n) for n in range(members.start, members.stop))
    kept = {request.keep.name: request.keep.limit for _, request in told(year) if request.keep}

    assert max(leavers.values()) == 1
    assert all(n < (kept[name] or 0) for name, n in leavers)


def test_the_year_fits_into_twenty_thousand_requests(year: list[list[Request]]) -> None:
    assert 10_000 < sum(map(len, year)) <= 20_000


def test_no_request_carries_more_than_five_thousand_members(year: list[list[Request]]) -> None:
    batches = [request.body["members"] for _, request in told(year) if request.path.endswith("members/bulk")]

    assert max(map(len, batches)) == 5000


def test_members_add_up_to_the_published_average_and_are_skewed(plan: Plan) -> None:
    sizes = sorted(profile.members for profile in plan.cast)

    assert sum(sizes) == pytest.approx(1208 * 210, rel=0.001)
    assert sizes[105] < 0.75 * 1208
    assert sizes[-1] > 5 * 1208
    assert sum(size < 300 for size in sizes) > 20


@pytest.mark.parametrize(
    ("kind", "yearly"), [("academic-meeting", 2.77), ("lecture", 5.29)], ids=["academic meetings", "popular lectures"]
)
def test_activities_happen_at_the_published_rate(year: list[list[Request]], kind: str, yearly: float) -> None:
    announced = [one for _, one in told(year) if one.path == "/api/events/activities" and one.body["kind"] == kind]

    assert len(announced) / 210 == pytest.approx(yearly, rel=0.12)


def test_a_meeting_is_attended_by_about_116_people(year: list[list[Request]]) -> None:
    attended = [
        request.body["attendance"]
        for _, request in told(year)
        if request.path.endswith("/held") and "academic-meeting" in request.path
    ]

    assert sum(attended) / len(attended) == pytest.approx(116, rel=0.15)


def test_governance_is_filed_ten_to_fifteen_times_a_year(year: list[list[Request]]) -> None:
    rooms = {"meetings", "elections", "regulations", "branches", "secretariat", "party-organisation"}
    filed = [one for day, one in told(year) if day > 0 and one.path.rsplit("/", 1)[1] in rooms]

    assert 10 <= len(filed) / 210 <= 15


def test_about_a_tenth_of_the_members_change_in_a_year(year: list[list[Request]]) -> None:
    ended = 0
    for _, request in told(year):
        members = request.body.get("members")
        if isinstance(members, Ref) and members.start is not None and members.stop is not None:
            ended += members.stop - members.start

    assert ended / (1208 * 210) == pytest.approx(0.10, rel=0.2)


def test_the_story_is_untidy(plan: Plan, year: list[list[Request]]) -> None:
    ends = Counter(request.path.rsplit("/", 1)[1] for _, request in told(year))
    names = [profile.society.name for profile in plan.cast]
    late = [
        request
        for day, request in told(year[1:])
        if request.path.endswith("/held")
        and (plan.date_of(day + 1) - request.body["held_on"]).days >= EARLIER_THAN_TOLD
    ]
    councils = [one.body for one in year[0] if one.body.get("organ") == "council" and "seats" in one.body]

    assert len(names) - len(set(names)) == 1
    assert "E-31" not in {profile.code for profile in plan.cast}
    assert sum(profile.party == "none" for profile in plan.cast) == 3
    assert all(ends[what] for what in ("withdrawal", "correction", "cancellation", "release", "end"))
    assert any("meetings/" in request.path for _, request in told(year) if request.path.endswith("withdrawal"))
    assert late
    assert any(4 * body["front_line"] < 3 * body["seats"] for body in councils)
    assert sum(one.body["name"].endswith(" ") for one in year[0] if one.path.endswith("/societies")) == 15


@pytest.mark.parametrize("seed", [1, 7])
def test_an_organ_meets_once_a_day(seed: int) -> None:
    plan = Plan(societies(), seed)
    requests = (request for day in range(600) for request in plan.day(day) if request.path.endswith("/meetings"))
    days = Counter((one.path, one.body["organ"], one.body["held_on"]) for one in requests)

    assert max(days.values()) == 1


def test_societies_differ_in_vigour(plan: Plan) -> None:
    vigour = sorted(profile.vigour for profile in plan.cast)

    assert vigour[10] < 0.25
    assert vigour[-10] > 0.75


def test_the_second_year_needs_only_what_the_first_has_kept(plan: Plan, year: list[list[Request]]) -> None:
    known = {request.keep.name for _, request in told(year) if request.keep}
    for day in range(366, 731):
        for request in plan.day(day):
            assert known.issuperset(references(request)), request
            known |= {request.keep.name} if request.keep else set()


def test_a_regulation_is_adopted_once(plan: Plan, year: list[list[Request]]) -> None:
    days = [*year, *(plan.day(day) for day in range(366, 731))]
    adopted = [(one.society, one.body["regulation"]) for _, one in told(days) if one.path.endswith("/regulations")]

    assert len(set(adopted)) == len(adopted)


def test_terms_of_office_last_five_years_at_most(year: list[list[Request]]) -> None:
    for _, request in told(year):
        if request.path.endswith("/elections"):
            body = request.body
            assert (
                body["elected_on"]
                < body["term_ends_on"]
                <= body["elected_on"].replace(year=body["elected_on"].year + 5)
            )
            assert max(body["front_line"], body["young"]) <= body["seats"]


def test_issues_of_a_journal_come_in_order(year: list[list[Request]]) -> None:
    issues: dict[str, list[int]] = {}
    for _, request in told(year):
        if request.path.endswith("/issues"):
            issues.setdefault(request.path, []).append(request.body["number"])

    assert issues
    assert all(before < after for numbers in issues.values() for before, after in pairwise(numbers))


def test_fewer_societies_make_a_smaller_story() -> None:
    few = Plan(societies()[:12], seed=7)

    assert {request.society for request in few.day(0)} == {society.code for society in societies()[:12]}

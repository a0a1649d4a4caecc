"""The numbers of 鄂科协办〔2017〕86号, each with both sides of its boundary, worked by hand."""

from datetime import date

import pytest

from services.evaluation.domain import Fact, Outcome, rate_history
from tests.unit.evaluation.histories import (
    SOCIETY,
    TODAY,
    activity,
    admitted,
    elected,
    hubei,
    meeting,
    registered,
    told,
)

PARTY = told("membership.party-organisation-established", form="own")


def points(indicator: str, *facts: Fact, as_of: date = TODAY) -> str:
    rating = rate_history(facts, hubei(), as_of, society=SOCIETY)
    (finding,) = [finding for finding in rating.findings if finding.indicator == indicator]
    return "?" if finding.outcome is Outcome.UNKNOWN else str(finding.points / 10_000).removesuffix(".0")


def test_the_policy_has_a_hundred_points_a_clause_for_each_and_both_languages() -> None:
    policy = hubei()

    assert len(policy.indicators) >= 18
    assert sum(indicator.full for indicator in policy.indicators) == policy.full == 1_000_000
    assert all(indicator.clause[0] in "四五附" for indicator in policy.indicators)
    assert policy.in_force_on(date(2017, 10, 10))
    assert not policy.in_force_on(date(2017, 10, 9))
    assert (policy.source.number, policy.source.issued) == ("鄂科协办〔2017〕86号", date(2017, 10, 10))


@pytest.mark.parametrize(("front_line", "earned"), [(30, "4"), (29, "2"), (27, "2"), (26, "0")])
def test_three_quarters_of_the_council_are_front_line(front_line: int, earned: str) -> None:
    assert points("council-front-line", elected(seats=40, front_line=front_line)) == earned


@pytest.mark.parametrize(("front_line", "earned"), [(8, "3"), (7, "0")])
def test_two_thirds_of_the_standing_council_are_front_line(front_line: int, earned: str) -> None:
    assert points("standing-front-line", elected("standing-council", seats=12, front_line=front_line)) == earned


@pytest.mark.parametrize(("standing", "earned"), [(13, "2"), (14, "0")])
def test_the_standing_council_is_a_third_of_the_council_at_most(standing: int, earned: str) -> None:
    facts = elected(seats=40), elected("standing-council", seats=standing)

    assert points("standing-council-size", *facts) == earned


@pytest.mark.parametrize(("members", "earned"), [(99, "0"), (100, "1"), (200, "3"), (299, "3"), (300, "5"), (301, "5")])
def test_exactly_three_hundred_members_are_enough(members: int, earned: str) -> None:
    assert points("individual-members", admitted(number=members), admitted(number=500, kind="unit")) == earned


def test_growth_is_what_came_less_what_went_within_a_year() -> None:
    came, before = admitted("2018-06-30", number=20), admitted("2017-06-30", number=500)
    went = told("membership.members-ended", "2017-07-01", kind="student", count=5)

    assert points("member-growth", came, before, went) == "1.5"
    assert points("member-growth", before, went) == "0"


@pytest.mark.parametrize(("on", "earned"), [("2017-07-01", "3"), ("2017-06-30", "0")])
def test_a_council_meeting_counts_for_a_year(on: str, earned: str) -> None:
    assert points("council-meetings", meeting(on)) == earned


@pytest.mark.parametrize(("held", "earned"), [(0, "0"), (1, "1.5"), (2, "3"), (3, "3")])
def test_the_standing_council_meets_twice_a_year(held: int, earned: str) -> None:
    assert points("standing-meetings", *(meeting(organ="standing-council") for _ in range(held))) == earned


@pytest.mark.parametrize(("as_of", "earned"), [(date(2022, 1, 1), "3"), (date(2022, 1, 2), "0")])
def test_a_term_is_over_the_day_after_its_last(as_of: date, earned: str) -> None:
    assert points("term-renewal", elected(), as_of=as_of) == earned


def test_nothing_known_of_an_election_or_the_office_is_unknown_and_not_zero() -> None:
    names = ("council-front-line", "young-leaders", "standing-council-size", "term-renewal", "secretariat")

    assert [points(name) for name in names] == ["?"] * 5
    assert rate_history([], hubei(), TODAY, society=SOCIETY).completeness == "0.81"


@pytest.mark.parametrize(
    ("staff", "hired", "office", "earned"),
    [(2, True, True, "4"), (1, True, True, "2.6667"), (2, False, False, "1.3333"), (0, False, False, "0")],
)
def test_the_secretariat_is_staff_and_a_hired_secretary_and_an_office(
    staff: int, hired: bool, office: bool, earned: str
) -> None:
    recorded = told(
        "membership.secretariat-recorded", full_time_staff=staff, hired_secretary_general=hired, own_office=office
    )

    assert points("secretariat", recorded) == earned


@pytest.mark.parametrize(("adopted", "earned"), [(0, "0"), (1, "0.8"), (4, "3.2"), (5, "4")])
def test_each_of_the_five_internal_rules_earns_its_fifth(adopted: int, earned: str) -> None:
    rules = ["personnel-rules", "finance-rules", "archive-rules", "supervision-rules", "disclosure-rules"]

    facts = [told("membership.regulation-adopted", regulation=rule) for rule in [*rules[:adopted], "member-rules"]]

    assert points("office-rules", *facts, *facts) == earned


def test_the_best_academic_meeting_counts_once_and_supporting_does_not() -> None:
    held = [activity(kind="academic-meeting", level=level) for level in ("provincial", "national", "society")]
    supported = activity(kind="academic-meeting", level="international", role="supporter")

    assert points("academic-level", *held, supported) == "5"
    assert points("academic-meetings", *held, supported) == "3"


@pytest.mark.parametrize(
    ("on", "level", "earned"),
    [("2016-07-01", "provincial", "2"), ("2016-06-30", "provincial", "0"), (TODAY, "society", "0")],
)
def test_the_forum_counts_for_two_years(on: str | date, level: str, earned: str) -> None:
    assert points("science-forum", activity(on, kind="forum", level=level, role="supporter")) == earned


def test_a_society_that_left_its_federation_is_in_none() -> None:
    joined = told("federation.society-admitted", "2018-01-01", federation="life-sciences", founder=False)
    left = told("federation.society-released", federation="life-sciences", reason="resigned")

    assert points("federation", joined) == "3"
    assert points("federation", joined, left) == "0"
    assert points("federation", joined, left, as_of=date(2018, 6, 29)) == "3"


@pytest.mark.parametrize(("form", "earned"), [("own", "8"), ("joint", "8"), ("functional", "6")])
def test_a_party_organisation_earns_by_its_form(form: str, earned: str) -> None:
    assert points("party-organisation", told("membership.party-organisation-established", form=form)) == earned


def test_no_party_organisation_is_a_veto_until_there_is_one() -> None:
    assert rate_history([registered()], hubei(), TODAY).vetoes == ("no-party-organisation",)
    assert rate_history([registered(), PARTY], hubei(), TODAY).vetoes == ()


@pytest.mark.parametrize(("as_of", "vetoed"), [(date(2023, 1, 1), False), (date(2023, 1, 2), True)])
def test_a_term_more_than_a_year_over_is_a_veto(as_of: date, vetoed: bool) -> None:
    assert ("term-overdue" in rate_history([PARTY, elected()], hubei(), as_of).vetoes) is vetoed


@pytest.mark.parametrize(
    ("facts", "restructure"),
    [
        ([registered("2017-06-30")], True),
        ([registered("2017-07-01")], False),
        ([registered("2017-06-30"), PARTY], True),
        ([registered("2017-06-30"), PARTY, meeting("2017-07-01")], False),
        ([registered("2017-06-30"), PARTY, meeting("2017-06-30")], True),
        ([registered("2017-06-30"), PARTY, activity()], False),
        ([registered("2017-06-30"), activity(), meeting()], True),
    ],
)
def test_who_has_no_party_organisation_or_does_nothing_for_a_year_is_to_be_restructured(
    facts: list[Fact], restructure: bool
) -> None:
    assert rate_history(facts, hubei(), TODAY).restructure is restructure

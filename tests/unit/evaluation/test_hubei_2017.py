"""The numbers of 鄂科协办〔2017〕86号, each with both sides of its boundary, worked by hand."""

import re
from datetime import date
from functools import cache

import pytest

from services.evaluation.domain import Fact, Outcome, Policy, load_policy, rate_history
from services.evaluation.shipped import text_of
from tests.unit.evaluation.histories import (
    SOCIETY,
    TODAY,
    activity,
    admitted,
    elected,
    meeting,
    registered,
    told,
)


@cache
def hubei() -> Policy:
    return load_policy(text_of("hubei-2017"))


PARTY = told("membership.party-organisation-established", form="own")


def points(indicator: str, *facts: Fact, as_of: date = TODAY) -> str:
    rating = rate_history(facts, hubei(), as_of, society=SOCIETY)
    (finding,) = [finding for finding in rating.findings if finding.indicator == indicator]
    return "?" if finding.outcome is Outcome.UNKNOWN else str(finding.points / 10_000).removesuffix(".0")


def test_the_policy_has_its_points_a_clause_for_each_and_both_languages() -> None:
    policy = hubei()

    assert len(policy.indicators) >= 45
    assert sum(indicator.full for indicator in policy.indicators) == policy.full == 1_500_000
    assert all(indicator.clause[0] in "一二四五附" for indicator in policy.indicators)
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
    assert (
        rate_history([], hubei(), TODAY, society=SOCIETY).completeness == "0.7945"
    )  # 116 of 146: a rule that is not there is known


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


CLAUSES = [
    *(f"四（一）{number}" for number in range(1, 5)),
    *(f"四（二）{number}" for number in range(5, 8)),
    *(f"四（三）{number}" for number in (8, 9)),
    "四（四）10",
    *(f"四（五）{number}" for number in (11, 12)),
    *(f"四（六）{number}" for number in range(13, 19)),
    *(f"四（七）{number}" for number in (19, 20)),
    *(f"五{number}" for number in range(1, 5)),
    *(f"附件{number}" for number in range(1, 14)),
]
NO_INDICATOR = {
    "四（二）7": "says what the classes are: the quotas, the rule of restructuring and a veto quote it",
    "五1": "what the association itself has to organise",
    "五3": "asks the units that support societies, not societies",
    "五4": "asks governments at all levels, not societies",
}


def cited() -> set[str]:
    return {clause for one in hubei().indicators for clause in re.split("[；、]", one.clause)}


@pytest.mark.parametrize("clause", CLAUSES)
def test_every_clause_and_every_annex_task_has_an_indicator_or_a_reason_why_not(clause: str) -> None:
    assert (clause in cited()) is (clause not in NO_INDICATOR)


def test_no_indicator_quotes_a_clause_that_the_document_does_not_have() -> None:
    assert cited() - set(CLAUSES) == {"一", "二"}


def record(event: str, on: str = "2018-05-01", **data: object) -> Fact:
    return told(event, on, **data)


def judged(item: str, kind: str, number: str, assessor: str = "x") -> Fact:
    return told("evaluation.assessment-recorded", item=item, kind=kind, number=number, assessor=assessor)


FEES = {"entitled": 90, "present": 60, "in_favour": 31, "secret_ballot": True}
REVIEWED = {"reviewed": 9, "replaced": 0, "retired_officials": 2}


@pytest.mark.parametrize(
    ("indicator", "event", "data", "earned"),
    [
        ("delegates", "membership.delegates-elected", {"delegates": 101, "front_line": 51}, "2"),
        ("delegates", "membership.delegates-elected", {"delegates": 101, "front_line": 50}, "0"),
        ("fee-standard", "membership.fee-standard-voted", FEES, "2"),
        ("fee-standard", "membership.fee-standard-voted", FEES | {"present": 59}, "0"),
        ("fee-standard", "membership.fee-standard-voted", FEES | {"in_favour": 30}, "0"),
        ("fee-standard", "membership.fee-standard-voted", FEES | {"secret_ballot": False}, "0"),
        ("part-timers", "membership.part-timers-reviewed", REVIEWED | {"approved": 2}, "2"),
        ("part-timers", "membership.part-timers-reviewed", REVIEWED | {"approved": 1}, "1"),
        ("finance-audit", "membership.finance-audited", {"opinion": "unqualified"}, "2"),
        ("finance-audit", "membership.finance-audited", {"opinion": "qualified"}, "1"),
        ("finance-audit", "membership.finance-audited", {"opinion": "adverse"}, "0"),
        ("credit", "membership.penalty-imposed", {"kind": "warning"}, "1"),
        ("independence", "membership.support-declared", {"independent": True}, "1"),
        ("independence", "membership.support-declared", {"independent": False}, "0"),
        ("party-clauses", "membership.charter-approved", {"party_clauses": False}, "0"),
        ("party-clauses", "membership.charter-approved", {"party_clauses": True}, "1"),
        ("work-stages", "membership.work-stage-reported", {"stage": "plan"}, "1"),
        ("young-talents", "events.talent-recommended", {"programme": "academician", "young": 1}, "1"),
        ("young-talents", "events.talent-recommended", {"programme": "academician", "young": 3}, "2"),
        ("cooperation-bases", "events.base-established", {"kind": "service-station"}, "1"),
        ("cooperation-bases", "events.base-established", {"kind": "entrepreneurship"}, "0"),
        ("entrepreneurship", "events.base-established", {"kind": "entrepreneurship"}, "1"),
        ("entrepreneurship", "events.talent-recommended", {"programme": "overseas-talent", "young": 0}, "1"),
        ("popularisation-base", "events.base-established", {"kind": "science-popularisation"}, "1"),
        ("poverty-alleviation", "events.technical-service-provided", {"kind": "poverty-alleviation"}, "2"),
        ("transfer", "events.technical-service-provided", {"kind": "poverty-alleviation"}, "0"),
        ("transfer", "events.technical-service-provided", {"kind": "appraisal"}, "1"),
        ("advice", "events.advice-submitted", {"adopted": True}, "1"),
        ("advice", "events.advice-submitted", {"adopted": False}, "0"),
        ("functions", "events.function-undertaken", {"function": "evaluation"}, "1"),
    ],
)
def test_what_one_record_earns(indicator: str, event: str, data: dict[str, object], earned: str) -> None:
    assert points(indicator, record(event, **data)) == earned


@pytest.mark.parametrize(
    ("indicator", "event", "field", "words", "earned"),
    [
        ("disclosure", "membership.disclosure-published", "content", ["finance", "finance"], "1"),
        ("disclosure", "membership.disclosure-published", "content", ["finance", "charter", "fees"], "2"),
        ("party-work", "membership.party-work-done", "kind", ["party-day", "party-day"], "1.5"),
        ("party-work", "membership.party-work-done", "kind", ["party-day", "appraisal"], "3"),
        ("member-services", "membership.member-service-provided", "kind", ["rights", "training"], "2"),
    ],
)
def test_kinds_count_and_not_times(indicator: str, event: str, field: str, words: list[str], earned: str) -> None:
    assert points(indicator, *(record(event, **{field: word}) for word in words)) == earned


@pytest.mark.parametrize(("on", "earned"), [("2017-07-01", "2"), ("2017-06-30", "0")])
def test_a_decision_counts_for_a_year(on: str, earned: str) -> None:
    assert points("collective-decisions", record("membership.major-matter-decided", on, matter="large-sum")) == earned


@pytest.mark.parametrize(
    ("conclusions", "earned"), [(["passed"], "2"), (["passed", "failed"], "1"), (["failed"], "0"), ([], "0")]
)
def test_branches_are_reviewed_and_none_fails(conclusions: list[str], earned: str) -> None:
    filed = record("membership.branch-filed", branch="b", kind="branch")
    reviews = [record("membership.branch-reviewed", branch="b", conclusion=word) for word in conclusions]

    assert points("branch-reviews", filed, *reviews) == earned


def test_the_highest_and_the_lowest_of_four_assessors_are_dropped() -> None:
    four = [
        judged("science-communication", "expert-percentage", number, number) for number in ("20", "80", "90", "100")
    ]

    assert points("science-communication", *four) == "1.7"  # 2 x (80 + 90) / 2 / 100
    assert points("science-communication", *four[:3]) == "1.2667"  # 2 x 190 / 3 / 100


def test_satisfaction_is_of_the_latest_survey_of_a_year() -> None:
    assert points("member-satisfaction", judged("member-satisfaction", "satisfaction", "87.5")) == "1.75"
    assert points("member-satisfaction") == "?"

"""The thousand points of the assessments, worked by hand, each rule on both sides of its boundary."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Fact
from tests.unit.evaluation.histories import activity, admitted, meeting, registered, told
from tests.unit.evaluation.shipped import check, earned, judged, member, rated, shipped

POLICY = "assessment-2011"
BOTH = pytest.mark.parametrize("policy", [POLICY, "assessment-2026"])
TODAY = date(2026, 6, 30)
LATELY = "2026-05-01"
GOOD = (registered("2010-01-01"), check(2023), check(2024), check(2025))


def points(indicator: str, *facts: Fact, as_of: date = TODAY) -> str:
    return earned(rated(POLICY, as_of, *facts)).get(indicator, "0")


JUDGED = [
    "funds-kept",
    "representative-elected",
    "representative-single",
    "representative-age",
    "office-plaque",
    "office-automation",
    "branch-closures-lawful",
    "filings-complete",
    "secretariat-chosen",
    "secretariat-duties",
]
RULES = ["branch", "meeting", "major-matters", "personnel", "finance", "archive", "supervision", "disclosure", "member"]


def elected(organ: str = "council", seats: int = 40, ends: str = "2026-06-30") -> Fact:
    data = {"seats": seats, "front_line": 30, "young": 20, "term_ends_on": ends}
    return member("council-elected", "2022-07-01", organ=organ, **data)


def fees(**more: Any) -> Fact:
    data = {"entitled": 90, "present": 60, "in_favour": 31, "secret_ballot": True} | more
    return member("fee-standard-voted", LATELY, **data)


def charter(*, model: bool = True, party: bool = True) -> Fact:
    return member("charter-approved", LATELY, model_text=model, party_clauses=party)


def secretariat(staff: int = 3, *, office: bool = True) -> Fact:
    data = {"hired_secretary_general": True, "own_office": office}
    return member("secretariat-recorded", LATELY, full_time_staff=staff, **data)


def lived(times: int, event: str, **data: Any) -> list[Fact]:
    return [told(event, LATELY, **data) for _ in range(times)]


def flourishing() -> list[Fact]:
    """A society that has full marks but for what the test says."""
    return [
        *GOOD,
        *(judged(item, LATELY) for item in JUDGED),
        member("part-timers-reviewed", LATELY, reviewed=5, replaced=0, retired_officials=2, approved=2),
        secretariat(),
        charter(),
        *(meeting(LATELY, organ) for organ in ("assembly", "council", "supervisors")),
        *(meeting(LATELY, "standing-council") for _ in range(2)),
        elected(),
        elected("supervisors", 3),
        member("leader-elected", "2022-07-01", leader="l", post="head", term_number=1),
        member("branch-reviewed", LATELY, branch="b", conclusion="passed"),
        member("party-organisation-established", "2018-01-01", form="functional"),
        *(member("regulation-adopted", LATELY, regulation=f"{rule}-rules") for rule in RULES),
        *lived(1, "membership.major-matter-decided", matter="large-sum"),
        *lived(1, "membership.staff-trained", trained=4),
        member("finance-audited", LATELY, year=2025, opinion="unqualified"),
        fees(),
        *(
            member("disclosure-published", LATELY, content=content)
            for content in ("annual-report", "finance", "charter", "fees", "major-activities")
        ),
        *lived(4, "membership.party-work-done", kind="party-day"),
        *(activity(LATELY, "academic-meeting", level="international", papers=50) for _ in range(4)),
        *lived(6, "events.issue-published", journal="j", year=2026, number=1),
        *lived(1, "events.journal-indexed", journal="j", index="cscd"),
        *(activity(LATELY, "lecture", attendance=200) for _ in range(5)),
        *lived(1, "events.base-established", kind="science-popularisation"),
        *lived(3, "events.advice-submitted", level="provincial", adopted=True),
        admitted("2020-01-01", number=300),
        *lived(6, "membership.member-service-provided", kind="rights", served=3),
        *lived(1, "events.talent-recommended", programme="academician", recommended=5, young=0),
        *lived(2, "events.award-conferred", level="provincial"),
        *lived(2, "events.function-undertaken", function="standards"),
        *lived(3, "events.standard-issued", level="group"),
        *lived(5, "events.technical-service-provided", kind="transfer", served=1),
        *lived(2, "events.exchange-made", kind="visit", participants=1, young=0),
        *(judged("member-satisfaction", LATELY, kind="satisfaction", assessor=who, number="100") for who in "xy"),
        judged("public-satisfaction", LATELY, kind="satisfaction", number="100"),
        *(
            judged("authority-opinion", LATELY, kind="expert-percentage", assessor=who, number=mark)
            for who, mark in (("w", "0"), ("x", "100"), ("y", "100"), ("z", "100"))
        ),
        *lived(3, "membership.honour-received", level="provincial"),
    ]


@BOTH
def test_everything_done_is_a_thousand_points_and_5a(policy: str) -> None:
    found = rated(policy, TODAY, *flourishing())

    full = {one.id: one.full for one in shipped(policy).indicators}
    lacking = [one.indicator for one in found.findings if one.points != full[one.indicator]]
    assert lacking == []
    assert (found.total, found.max, found.grade, found.completeness) == (10_000_000, 10_000_000, "5A", "1")
    assert (found.vetoes, found.ineligible) == ((), ())


def test_one_history_worked_by_hand() -> None:
    facts = [
        *GOOD,
        judged("funds-kept", LATELY),
        judged("representative-elected", LATELY),
        judged("representative-age", LATELY),
        judged("representative-single", LATELY, holds=False),
        member("part-timers-reviewed", LATELY, reviewed=3, replaced=0, retired_officials=0, approved=0),
        secretariat(2, office=False),
        judged("office-plaque", LATELY),
        judged("office-automation", LATELY),
        charter(party=False),
        elected(),
        meeting(LATELY, "council", present=27),
        *(meeting(LATELY, "standing-council") for _ in range(2)),
        member("party-organisation-established", "2018-01-01", form="joint"),
        *(
            member("regulation-adopted", LATELY, regulation=f"{rule}-rules")
            for rule in ("branch", "finance", "meeting")
        ),
        member("finance-audited", LATELY, year=2025, opinion="qualified"),
        fees(in_favour=30),
        *lived(3, "membership.party-work-done", kind="party-day"),
        activity(LATELY, "academic-meeting", level="national", papers=55),
        activity(LATELY, "salon"),
        activity(LATELY, "lecture", attendance=40),
        *lived(1, "events.issue-published", journal="j", year=2026, number=1),
        admitted("2020-01-01", number=299),
        *lived(1, "events.award-conferred", level="society"),
        judged("member-satisfaction", LATELY, kind="satisfaction", assessor="x", number="80"),
        judged("member-satisfaction", LATELY, kind="satisfaction", assessor="y", number="85.5"),
    ]

    found = rated(POLICY, TODAY, *facts)

    assert earned(found) == {
        "funds": "5",
        "representative": "8",  # 4 + 2 (no officials at all) + 2
        "office": "6",  # 3 + 3
        "staff": "4",  # 3 + 1
        "charter-text": "10",
        "charter-passed": "5",
        "charter-approved": "5",
        "changes": "10",
        "checks": "15",
        "no-violations": "10",
        "renewal": "10",  # the last day of the term
        "meetings": "10",
        "branches": "5",  # the rules without a review
        "party-organisation": "20",
        "rules": "10",  # 40 x 2 / 8: the branch rules count elsewhere
        "secretary-general": "15",
        "part-timers": "10",
        "audit": "15",
        "party-work": "15",
        "academic-level": "40",
        "academic-meetings": "20",
        "papers": "5.5",  # 20 x 55 / 200
        "journal-issues": "2.5",  # 15 x 1 / 6
        "popular-science": "10",
        "public-reached": "0.6",  # 15 x 40 / 1000
        "members": "25",
        "awards": "5",
        "member-satisfaction": "24.825",  # 30 x 82.75 / 100
    }
    assert found.total == 3_214_250
    assert found.grade is None
    # Not judged: branches' closing, filings, the secretariat, the public, the authorities: 10 + 10 + 10 + 20 + 20.
    assert found.completeness == "0.93"


@pytest.mark.parametrize(
    ("more", "earns"),
    [
        ({}, "15"),
        ({"in_favour": 30}, "0"),
        ({"present": 59, "in_favour": 59}, "0"),
        ({"secret_ballot": False}, "0"),
    ],
)
def test_fees_are_voted_by_more_than_half_of_two_thirds_in_secret(more: dict[str, Any], earns: str) -> None:
    assert points("fee-standard", fees(**more)) == earns


@pytest.mark.parametrize(
    ("consented", "earns"), [("2026-05-31", "10"), ("2026-05-30", "0")], ids=["thirty days ago", "a day more"]
)
def test_a_change_is_filed_within_thirty_days(consented: str, earns: str) -> None:
    change = member("registered-item-changed", consented, change="c", item="name")

    assert points("changes", change) == earns
    assert points("changes", change, member("change-filed", TODAY, change="c")) == "10"


def test_a_term_may_run_over_while_a_deferral_lasts() -> None:
    over = elected(ends="2026-06-29")
    deferred = member("deferral-approved", "2026-06-01", term_ends_on="2026-06-29", deferred_until="2026-12-31")

    assert (points("renewal", elected()), points("renewal", over), points("renewal", over, deferred)) == (
        "10",
        "0",
        "10",
    )
    assert points("renewal", over, deferred, as_of=date(2026, 12, 31)) == "10"
    assert points("renewal", over, deferred, as_of=date(2027, 1, 1)) == "0"


@pytest.mark.parametrize(
    ("years", "earns"), [((2023, 2024, 2025), "15"), ((2024, 2025), "0"), ((2022, 2024, 2025), "0")]
)
def test_three_checks_passed_running(years: tuple[int, ...], earns: str) -> None:
    assert points("checks", *map(check, years)) == earns


def test_before_this_years_check_those_up_to_last_year_count() -> None:
    history = check(2022), check(2023), check(2024)

    assert points("checks", *history, as_of=date(2026, 5, 30)) == "15"
    assert points("checks", *history, check(2025, "barely-passed")) == "0"


@pytest.mark.parametrize(("approved", "earns"), [(2, "2"), (1, "0")])
def test_every_official_in_a_post_is_approved(approved: int, earns: str) -> None:
    review = member("part-timers-reviewed", LATELY, reviewed=5, replaced=0, retired_officials=2, approved=approved)
    noes = [judged(f"representative-{what}", LATELY, holds=False) for what in ("elected", "single", "age")]

    assert points("representative", review, *noes) == earns


@BOTH
@pytest.mark.parametrize("order", [1, -1])
def test_order_and_repetition_change_nothing(policy: str, order: int) -> None:
    facts = flourishing()[::order]

    assert rated(policy, TODAY, *facts, *facts).total == 10_000_000


@pytest.mark.parametrize(
    ("members", "earns"), [(99, "0"), (100, "10"), (199, "10"), (200, "25"), (299, "25"), (300, "40")]
)
def test_members_earn_by_tiers(members: int, earns: str) -> None:
    assert points("members", admitted(number=members)) == earns


OF_A_YEAR = {
    *("meetings", "branches", "decisions", "supervision", "staff-training", "part-timers", "audit"),
    *("finance-disclosure", "party-work", "disclosure", "academic-level", "academic-meetings", "papers"),
    *("journal-issues", "popular-science", "public-reached", "advice", "advice-adopted", "member-services"),
    *("technical-services", "exchange"),
}
OF_THREE_YEARS = {"talent", "awards", "functions", "standards", "honours"}


@pytest.mark.parametrize(
    ("last_day", "day_after", "lost"),
    [
        (date(2027, 4, 30), date(2027, 5, 1), OF_A_YEAR),
        (date(2029, 4, 30), date(2029, 5, 1), OF_THREE_YEARS),
        (date(2031, 4, 30), date(2031, 5, 1), {"assembly"}),
    ],
)
def test_what_was_done_counts_through_the_last_day_of_its_years(
    last_day: date, day_after: date, lost: set[str]
) -> None:
    before, after = (earned(rated(POLICY, day, *flourishing())) for day in (last_day, day_after))

    assert {name for name, points in before.items() if after.get(name) != points} == lost

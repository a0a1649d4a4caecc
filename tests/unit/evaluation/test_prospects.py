"""What missing points would change for one society, all others staying as they are."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given

from services.evaluation.domain import Fact, Policy, explain, rank, rate_everyone
from services.evaluation.domain.prospects import Prospect, prospects
from tests.unit.evaluation.histories import SOCIETY, TODAY, activity, histories, hubei, meeting, registered, told
from tests.unit.evaluation.little import TEXT, indicator, policy
from tests.unit.evaluation.test_whatif import ACTIVITIES, FACTS, MEETINGS, counted

TWO = policy(
    {"meetings": MEETINGS, "activities": ACTIVITIES},
    counted("meet", "meetings", 10, 3),
    counted("act", "activities", 10, 7, "二"),
)


def ahead(by: Policy, facts: Sequence[Fact], society: str = SOCIETY) -> dict[str, Prospect]:
    values = explain(facts, by, TODAY, society=society).values
    return prospects(rank(rate_everyone(facts, by, TODAY), by), by, society, values)


def test_the_points_of_an_indicator_lift_a_society_and_its_class() -> None:
    standings = rank(rate_everyone(FACTS, TWO, TODAY), TWO)
    assert [(one.rating.society, one.rank, one.standing) for one in standings] == [
        ("A-01", 1, "support"),
        ("A-02", 2, "regular"),
    ]

    found = {name: one.as_json() for name, one in ahead(TWO, FACTS, "A-02").items()}

    assert found["meet"]["points"] == "30"
    assert found["meet"]["rank"] == {"now": 2, "then": 1}
    assert found["meet"]["class"] == {"now": "regular", "then": "support"}
    assert found["act"]["points"] == "50"
    assert found["act"]["grade"] == {"now": "poor", "then": "good"}
    assert "meet" not in ahead(TWO, FACTS, "A-01")


def test_a_society_that_is_not_on_the_board_has_no_prospects() -> None:
    assert prospects([], TWO, "A-01", {}) == {}


@given(histories())
def test_more_points_never_lower_a_rank(facts: Sequence[Fact]) -> None:
    rival = [registered(society="B-01"), meeting()._replace(subject="B-01")]

    for one in ahead(hubei(), [registered(), *rival, *facts]).values():
        assert one.gain > 0
        assert one.then.rank <= one.now.rank
        assert one.then.rating.total == one.now.rating.total + one.gain


PENALTIES = {"fold": "count", "events": ["membership.penalty-imposed.v1"]}
OPINION = {"fold": "latest", "events": ["membership.finance-audited.v1"], "field": "opinion"}
PART = {"fold": "latest", "events": ["membership.delegates-elected.v1"], "field": "front_line"}
WHOLE = {"fold": "latest", "events": ["membership.delegates-elected.v1"], "field": "delegates"}
REPORT = {
    "clock": "yearly",
    "id": "report",
    "clause": "一",
    "title": TEXT,
    "remedy": TEXT,
    "since": "2016-01-01",
    "told": {"event": "membership.work-report-filed.v1"},
    "by": "03-31",
    "year": "year",
}
MET = {"measure": "meetings", "at_least": 1}
NO_MEETING = {"measure": "meetings", "at_most": 0}
IDLE = {"measure": "activities", "at_most": 0}
SCORES: dict[str, Any] = {
    "one meeting": {"kind": "yes", "when": MET},
    "three meetings": {"kind": "capped-count", "measure": "meetings", "each": 5, "up_to": 3},
    "unqualified": {"kind": "best", "measure": "opinion", "table": {"unqualified": 15, "qualified": 5}},
    "no penalty": {"kind": "deductions", "deduct": {"penalties": {"each": 5}}},
    "three quarters": {"kind": "yes", "when": {"part": "part", "whole": "whole", "at_least": "3/4"}},
    "one or the other": {"kind": "yes", "when": {"any": [MET, {"measure": "activities", "at_least": 1}]}},
}


def barring(score: dict[str, Any], when: dict[str, Any], **more: Any) -> Policy:
    measures = {"meetings": MEETINGS, "activities": ACTIVITIES, "penalties": PENALTIES}
    measures |= {"opinion": OPINION, "part": PART, "whole": WHOLE}
    veto = {"id": "veto", "clause": "二", "title": TEXT, "when": when, "caps": {"classes": ["support"]}}
    return policy(measures, indicator(score, 15), **({"vetoes": [veto]} | more))


@pytest.mark.parametrize(
    ("score", "when", "ends"),
    [
        ("one meeting", NO_MEETING, True),
        ("one meeting", {"measure": "meetings", "less_than": 1}, True),
        ("one meeting", {"measure": "meetings", "at_most": 1}, False),
        ("one meeting", {"not": {"measure": "meetings", "at_least": 1}}, True),
        ("one meeting", {"any": [NO_MEETING, IDLE]}, False),
        ("one meeting", {"all": [NO_MEETING, IDLE]}, True),
        ("one meeting", IDLE, False),
        ("three meetings", {"measure": "meetings", "at_most": 2}, True),
        ("three meetings", {"measure": "meetings", "at_most": 3}, False),
        ("unqualified", {"measure": "opinion", "one_of": ["adverse", "qualified"]}, True),
        ("unqualified", {"not": {"measure": "opinion", "equals": "disclaimed"}}, False),
        ("no penalty", {"measure": "penalties", "at_least": 1}, True),
        ("no penalty", {"measure": "penalties", "at_least": 0}, False),
        ("three quarters", {"part": "part", "whole": "whole", "less_than": "3/4"}, True),
        ("three quarters", {"part": "part", "whole": "whole", "at_most": "4/5"}, False),
        ("one or the other", NO_MEETING, False),
    ],
)  # fmt: skip
def test_a_veto_ends_if_all_points_cannot_be_had_under_it(score: str, when: dict[str, Any], *, ends: bool) -> None:
    by = barring(SCORES[score], when)
    facts = [
        registered(),
        told("membership.penalty-imposed", kind="fine"),
        told("membership.finance-audited", opinion="qualified"),
        told("membership.delegates-elected", delegates=40, front_line=20),
    ]
    one = ahead(by, facts)["one"]

    assert one.now.rating.vetoes == ("veto",)
    assert one.then.rating.vetoes == (() if ends else ("veto",))
    assert (one.now.standing, one.then.standing) == ("regular", "support" if ends else "regular")


def test_a_requirement_and_the_rule_of_restructuring_end_alike() -> None:
    rule = {"id": "restructure", "clause": "二", "title": TEXT, "when": NO_MEETING}
    classes = {
        "quotas": [{"id": "support", "title": TEXT, "clause": "一", "size": 1}],
        "rest": {"id": "regular", "title": TEXT},
    }
    required = [{"id": "met", "clause": "二", "title": TEXT, "when": MET}]
    by = barring(SCORES["one meeting"], NO_MEETING, vetoes=[], eligibility=required, classes=classes | {"rule": rule})
    one = ahead(by, [registered()])["one"]

    assert (one.now.rating.ineligible, one.now.rating.restructure, one.now.rating.grade) == (("met",), True, None)
    assert (one.then.rating.ineligible, one.then.rating.restructure, one.then.rating.grade) == ((), False, "good")
    assert (one.now.standing, one.then.standing) == ("restructure", "support")


def test_points_that_a_veto_had_taken_come_back_with_it_unless_another_takes_them() -> None:
    def by(second: dict[str, Any]) -> Policy:
        takes = {"clause": "二", "title": TEXT, "caps": {"zero": {"indicators": ["act"]}}}
        vetoes = [takes | {"id": "first", "when": NO_MEETING}, takes | second]
        measures = {"meetings": MEETINGS, "activities": ACTIVITIES}
        indicators = counted("meet", "meetings", 10, 1), counted("act", "activities", 20, 1)
        return policy(measures, *indicators, vetoes=vetoes)

    facts = [registered(), activity()]
    back = ahead(by({"id": "second", "when": {"measure": "meetings", "at_least": 9}}), facts)["meet"]
    kept = ahead(by({"id": "second", "when": {"measure": "activities", "at_least": 1}}), facts)["meet"]

    assert (back.now.rating.total, back.gain, back.then.rating.total) == (0, 10_0000, 30_0000)
    assert (kept.then.rating.total, kept.then.rating.findings[1].zeroed_by) == (10_0000, "second")


def test_a_duty_that_is_breached_ends_with_the_points_for_having_none() -> None:
    breached = {"clock": "report", "state": "breached"}
    by = barring({"kind": "yes", "when": {"not": breached}}, breached, clocks=[REPORT])
    one = ahead(by, [registered("2015-01-01")])["one"]

    assert (one.now.rating.vetoes, one.then.rating.vetoes) == (("veto",), ())

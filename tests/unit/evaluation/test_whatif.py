"""Who moves under another policy, by how much, and why; it always adds up."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain import Fact, Policy, decimal_text, rank, rate_everyone
from services.evaluation.domain.whatif import WhatIf, compare, pair
from tests.unit.evaluation.histories import TODAY, activity, events, hubei, meeting, registered
from tests.unit.evaluation.little import indicator, policy

MEETINGS = {"fold": "count", "events": ["membership.meeting-held.v1"]}
ACTIVITIES = {"fold": "count", "events": ["events.activity-held.v1"]}
MEASURES = {"meetings": MEETINGS, "activities": ACTIVITIES}


def counted(name: str, measure: str, each: int, up_to: int, clause: str = "一") -> dict[str, Any]:
    score = {"kind": "capped-count", "measure": measure, "each": each, "up_to": up_to}
    return indicator(score, each * up_to) | {"id": name, "clause": clause}


OLD = policy(MEASURES, counted("meet", "meetings", 10, 4), counted("act", "activities", 20, 3, "二"))
NEW = policy(MEASURES, counted("meet", "meetings", 15, 4), counted("do", "activities", 10, 4, "二"))
FACTS = [
    *(registered(society=code) for code in ("A-01", "A-02")),
    *(meeting(date(2018, 1, day))._replace(subject="A-01") for day in (1, 2, 3)),
    *(activity(date(2018, 1, day))._replace(subject="A-02") for day in (1, 2)),
]


def between(old: Policy, new: Policy, facts: list[Fact]) -> WhatIf:
    boards = [rank(rate_everyone(facts, one, TODAY), one) for one in (old, new)]
    return compare(old, new, *boards)


def test_who_moves_and_which_clause_moved_them() -> None:
    document = between(OLD, NEW, FACTS).as_json()

    first, second = document["societies"]
    assert [first["society"], second["society"]] == ["A-02", "A-01"]
    assert [(move["before"]["total"], move["after"]["total"], move["change"]) for move in (first, second)] == [
        ("40", "20", "-20"),
        ("30", "45", "15"),
    ]
    assert [first["ranks"], second["ranks"]] == [-1, 1]
    assert [(one["clause"], one["before"], one["after"], one["points"]) for one in first["contributions"]] == [
        ("二", ["act"], ["do"], "-20")
    ]
    assert document["summary"]["classes"] == [
        {"from": "regular", "to": "support", "societies": 1},
        {"from": "support", "to": "regular", "societies": 1},
    ]
    assert [(one["clause"], one["gained"], one["lost"]) for one in document["indicators"]] == [
        ("二", "0", "20"),
        ("一", "15", "0"),
    ]


def test_indicators_meet_by_id_then_by_clause_and_else_stand_alone() -> None:
    new = policy(
        MEASURES,
        counted("meet", "meetings", 10, 4),
        counted("do", "activities", 10, 4, "二"),
        counted("more", "activities", 10, 2, "三"),
    )

    assert [(one.before, one.after) for one in pair(OLD, new)] == [
        (("meet",), ("meet",)),
        (("act",), ("do",)),
        ((), ("more",)),
    ]


def test_another_scale_of_marks_moves_nobody() -> None:
    tenfold = policy(MEASURES, counted("meet", "meetings", 100, 4), counted("act", "activities", 200, 3, "二"))

    assert [(move.change, move.ranks, move.contributions) for move in between(OLD, tenfold, FACTS).moves] == [
        (0, 0, ()),
        (0, 0, ()),
    ]


THIRDS = policy(
    {**MEASURES, "members": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}}},
    indicator({"kind": "linear", "measure": "members", "full_at": 700}, 7) | {"id": "individual-members"},
    indicator({"kind": "linear", "measure": "activities", "full_at": 3}, 4) | {"id": "salons"},
    counted("council-meetings", "meetings", 2, 2),
)


@given(st.lists(st.sampled_from(["A-18", "B-01"]).flatmap(events), max_size=20), st.booleans())
def test_contributions_add_up_to_the_change(facts: list[Fact], back: bool) -> None:
    facts = [registered(society="A-18"), registered(society="B-01"), *facts]
    old, new = (THIRDS, hubei()) if back else (hubei(), THIRDS)

    for move in between(old, new, facts).moves:
        assert sum(one.points for one in move.contributions) == move.change
        assert move.before
        assert move.after
        exact = move.after.rating.total - move.before.rating.total * new.full / old.full
        assert abs(move.change - exact) <= 1


@given(st.lists(events(), max_size=20))
def test_the_same_policy_moves_nobody(facts: list[Fact]) -> None:
    document = between(hubei(), hubei(), [registered(), *facts]).as_json()

    assert document["indicators"] == []
    assert [document["summary"][name] for name in ("ranks_changed", "totals_changed", "classes_changed")] == [0, 0, 0]
    assert {move["change"] for move in document["societies"]} == {decimal_text(0)}

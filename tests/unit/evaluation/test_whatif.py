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


def rule(name: str, measure: str, clause: str, **more: Any) -> dict[str, Any]:
    title = {"zh": f"规则{name}", "en": name}
    return {"id": name, "clause": clause, "title": title, "when": {"measure": measure, "at_most": 2}, **more}


POINTS = counted("meet", "meetings", 10, 4), counted("act", "activities", 20, 3, "二")
VALID = {"clause": "九", "years": 5, "begins": "announcement"}
BARS = policy(
    MEASURES,
    *POINTS,
    eligibility=[rule("few-meetings", "meetings", "七"), rule("few-activities", "activities", "七")],
    vetoes=[rule("lent", "activities", "八", caps={"lower": 1}), rule("idle", "meetings", "八", caps={"lower": 1})],
    in_force={"from": "2010-01-01", "until": "2018-06-29"},
    validity=VALID,
)
RELAXED = policy(
    MEASURES,
    *POINTS,
    eligibility=[rule("few-activities", "activities", "新三")],
    vetoes=[
        rule("lent", "activities", "新四", caps={"lower": 1}),
        rule("watched", "activities", "新五", caps={"lower": 1}),
    ],
    in_force={"from": "2018-06-30"},
    validity=VALID | {"begins": "next-january"},
)


def test_who_is_barred_under_the_one_and_not_under_the_other_is_counted_and_named_with_the_clause() -> None:
    """A-01 met three times, so it fails few-meetings; its activities are none: lent and watched hold, idle does not.

    A-02 met never and had two activities: it fails nothing; lent, idle and watched hold.
    """
    document = between(BARS, RELAXED, FACTS).as_json()

    assert [document["summary"][name] for name in ("totals_changed", "eligibility_changed", "vetoes_changed")] == [
        0,
        1,
        2,
    ]
    assert document["summary"]["ineligible"] == {"before": 1, "after": 0}
    counted_by_rule = [
        (one["kind"], one["id"], one["clause"], one["before"], one["after"], one["lifted"], one["imposed"])
        for one in document["rulings"]
    ]
    assert counted_by_rule == [
        ("veto", "watched", "新五", 0, 2, 0, 2),
        ("requirement", "few-meetings", "七", 1, 0, 1, 0),
        ("veto", "idle", "八", 1, 0, 1, 0),
    ]
    rulings = {move["society"]: move["rulings"] for move in document["societies"]}
    assert rulings["A-01"] == [
        {"kind": "requirement", "id": "few-meetings", "before": True, "after": False},
        {"kind": "veto", "id": "watched", "before": False, "after": True},
    ]
    assert [one["id"] for one in rulings["A-02"]] == ["idle", "watched"]
    assert [move["before"]["ineligible"] for move in document["societies"]] == [["few-meetings"], []]


def test_each_policy_says_whether_it_is_in_force_and_how_long_its_grades_are_valid() -> None:
    document = between(BARS, RELAXED, FACTS).as_json()  # as of 2018-06-30

    assert document["before"]["in_force"] == {"from": "2010-01-01", "until": "2018-06-29", "on_the_day": False}
    assert document["after"]["in_force"] == {"from": "2018-06-30", "until": None, "on_the_day": True}
    assert [document[side]["validity"]["valid_until"] for side in ("before", "after")] == ["2023-06-29", "2023-12-31"]
    assert between(OLD, NEW, []).as_json()["before"]["in_force"]["on_the_day"] is None


def test_the_same_rules_move_nobody() -> None:
    document = between(BARS, BARS, FACTS).as_json()

    assert (document["rulings"], document["summary"]["eligibility_changed"]) == ([], 0)
    assert all(move["rulings"] == [] for move in document["societies"])

"""Where a quota ends among equals the policy's own words decide, never the code, and it is said so."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain import Policy, Standing, rank, rate_everyone
from services.evaluation.domain.ranking import Rivals
from tests.unit.evaluation.histories import TODAY, admitted, told
from tests.unit.evaluation.little import TEXT, indicator, policy

MEMBERS = {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}}
LINEAR = indicator({"kind": "linear", "measure": "members", "full_at": 100})
RULES = ("all-in", "none-in", "committee")


def by(at_the_cut: str | None, *sizes: int, order: tuple[str, ...] = ("completeness", "code")) -> Policy:
    quotas = [{"id": f"q{at}", "title": TEXT, "clause": "一", "size": size} for at, size in enumerate(sizes)]
    ties = {"note": TEXT, "order": list(order)} | ({} if at_the_cut is None else {"at_the_cut": at_the_cut})
    classes = {"quotas": quotas, "rest": {"id": "rest", "title": TEXT}}
    return policy({"members": MEMBERS}, LINEAR, classes=classes, ties=ties)


def board(
    of: Policy, *members: int, codes: str = "", decided: dict[str, frozenset[str]] | None = None
) -> list[Standing]:
    facts = []
    for place, number in enumerate(members):
        code = codes[place] if codes else f"{place}"
        facts += [
            told("membership.society-registered", society=code, name=code, discipline="science"),
            admitted(number=number, society=code),
        ]
    return rank(rate_everyone(facts, of, TODAY), of, decided or {})


@pytest.mark.parametrize(
    ("rule", "sizes", "members", "classes"),
    [
        ("all-in", (1,), (5, 5, 5), "q0 q0 q0"),
        ("none-in", (1,), (5, 5, 5), "rest rest rest"),
        ("committee", (1,), (5, 5, 5), "rest rest rest"),
        (None, (1,), (5, 5, 5), "rest rest rest"),
        ("all-in", (2, 2), (9, 5, 5, 4, 3), "q0 q0 q0 q1 q1"),
        ("none-in", (2, 2), (9, 5, 5, 4, 3), "q0 q1 q1 rest rest"),  # nobody worse takes the place they left
        ("none-in", (2, 1), (9, 5, 5, 4, 3), "q0 rest rest rest rest"),
        ("all-in", (3, 2), (9, 5, 5, 4, 3), "q0 q0 q0 q1 q1"),  # the quota ends after the equals
    ],
)
def test_equals_are_all_in_or_none_or_left_to_the_committee(
    rule: str | None, sizes: tuple[int, ...], members: tuple[int, ...], classes: str
) -> None:
    assert [one.standing for one in board(by(rule, *sizes), *members)] == classes.split()


@pytest.mark.parametrize("rule", RULES)
def test_who_stands_at_the_edge_is_told_so_and_nobody_else(rule: str) -> None:
    standings = board(by(rule, 2), 9, 5, 5, 4)

    assert [one.edge is not None for one in standings] == [False, True, True, False]
    edge = standings[1].edge
    assert edge is not None
    assert (edge.equals, edge.places, edge.open) == (("1", "2"), 1, rule == "committee")
    assert standings[1].as_row()["edge"]["class"] == "q0"
    assert "edge" not in standings[0].as_row()
    assert re.search(r"[\u4e00-\u9fff]", edge.words().say("zh"))


def test_whom_the_committee_chose_is_in_and_the_others_are_not() -> None:
    standings = board(by("committee", 1, 1), 5, 5, 5, decided={"q0": frozenset({"2"})})

    assert {one.rating.society: one.standing for one in standings} == {"0": "rest", "1": "rest", "2": "q0"}
    edges = {one.rating.society: one.edge for one in standings}
    assert {code: edge and (edge.quota, edge.decided) for code, edge in edges.items()} == {
        "0": ("q1", False),
        "1": ("q1", False),
        "2": ("q0", True),
    }


def test_what_the_policy_compares_still_decides_before_anybody_is_equal() -> None:
    whole, half = board(by("none-in", 1), 5, 5)

    assert [one.standing for one in (whole, half)] == ["rest", "rest"]
    by_group = by("none-in", 1, order=("g", "code"))
    assert [one.standing for one in board(by_group, 5, 4)] == ["q0", "rest"]


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=7),
    st.sampled_from(RULES),
    st.permutations("ABCDEFG"),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
)
def test_other_codes_give_nobody_another_class(
    members: list[int], rule: str, codes: list[str], sizes: tuple[int, int]
) -> None:
    of = by(rule, *sizes)
    straight = dict(zip("ABCDEFG", members, strict=False))
    before = {one.rating.society: one.standing for one in board(of, *members, codes="ABCDEFG")}
    after = {one.rating.society: one.standing for one in board(of, *members, codes="".join(codes))}

    assert {members[at]: before["ABCDEFG"[at]] for at in range(len(members))} == {
        members[at]: after[codes[at]] for at in range(len(members))
    }
    assert all(before[one] == before[other] for one in before for other in before if straight[one] == straight[other])


@given(st.lists(st.integers(0, 3), min_size=1, max_size=7), st.sampled_from(RULES), st.integers(0, 3))
def test_where_one_would_stand_among_equals_is_where_a_new_ranking_puts_it(
    members: list[int], rule: str, then: int
) -> None:
    of = by(rule, 2, 2)
    standings = board(of, *members)
    for place in range(len(members)):
        anew = board(of, *(then if at == place else one for at, one in enumerate(members)))
        own: Any = next(one for one in anew if one.rating.society == str(place))

        assert Rivals(standings, str(place), of).standing(own.rating) == own

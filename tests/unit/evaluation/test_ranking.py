from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain import Fact, Policy, Rating, rank, rate_everyone, ratings_hash
from services.evaluation.domain.ranking import Rivals
from services.evaluation.domain.rating import grade_of
from tests.unit.evaluation.histories import TODAY, admitted, hubei, registered, told
from tests.unit.evaluation.little import TEXT, indicator, policy

MEMBERS = {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}}
LINEAR = indicator({"kind": "linear", "measure": "members", "full_at": 100})
LITTLE = policy({"members": MEMBERS}, LINEAR)


def a_board(*members: int, disciplines: str = "") -> list[Rating]:
    facts: list[Fact] = []
    for place, number in enumerate(members):
        society = f"A-{place + 1:02d}"
        discipline = "medicine" if disciplines[place : place + 1] == "m" else "science"
        facts.append(told("membership.society-registered", society=society, name=society, discipline=discipline))
        if number:
            facts.append(admitted(number=number, society=society))
    return rate_everyone(facts, LITTLE, TODAY)


def test_equal_totals_share_a_rank_and_the_next_is_counted_on() -> None:
    standings = rank(a_board(70, 90, 70, 10), LITTLE)

    assert [(one.rating.society, one.rank) for one in standings] == [
        ("A-02", 1),
        ("A-01", 2),
        ("A-03", 2),
        ("A-04", 4),
    ]


def test_peers_are_ranked_among_themselves() -> None:
    standings = rank(a_board(70, 90, 70, 10, disciplines="smms"), LITTLE)

    assert {one.rating.society: (one.peer_rank, one.peer_size) for one in standings} == {
        "A-02": (1, 2),
        "A-03": (2, 2),
        "A-01": (1, 2),
        "A-04": (2, 2),
    }


def test_the_order_in_which_ratings_come_does_not_matter() -> None:
    ratings = a_board(70, 90, 70, 10, 0, 0)

    assert rank(reversed(ratings), LITTLE) == rank(ratings, LITTLE)
    assert ratings_hash(reversed(rank(ratings, LITTLE))) == ratings_hash(rank(ratings, LITTLE))


@given(st.lists(st.integers(0, 6), min_size=1, max_size=9), st.text("ms", min_size=9, max_size=9), st.integers(0, 6))
def test_where_one_would_stand_is_where_a_new_ranking_puts_it(members: list[int], disciplines: str, then: int) -> None:
    ratings = [
        replace(one, restructure=one.total % 3 == 1, ineligible=("r",) if one.total % 5 == 4 else ())
        for one in a_board(*members, disciplines=disciplines)
    ]
    standings = rank(ratings, LITTLE)
    for own in ratings:
        other = replace(own, total=then * 10_000, restructure=False)
        anew = rank([other, *(one for one in ratings if one is not own)], LITTLE)

        assert Rivals(standings, own.society, LITTLE).standing(other) == next(
            one for one in anew if one.rating is other
        )


def test_totals_are_compared_as_parts_of_what_applies() -> None:
    whole, half = a_board(50, 51)
    half = replace(half, total=260_000, max=500_000, known=500_000)

    assert [one.rating.society for one in rank([whole, half], LITTLE)] == ["A-02", "A-01"]
    assert [one.rank for one in rank([whole, replace(half, total=250_000)], LITTLE)] == [1, 1]


def test_where_a_quota_ends_among_equals_completeness_decides_then_the_group_and_never_the_code() -> None:
    one, other, third = (replace(each, findings=()) for each in a_board(50, 50, 50))
    bare = policy({"members": MEMBERS}, LINEAR, ties={"note": TEXT, "order": ["completeness", "code"]})

    def supported(*ratings: Rating) -> list[str]:
        return [each.rating.society for each in rank(ratings, bare) if each.standing == "support"]

    assert supported(third, other, one) == []
    assert supported(replace(one, known=990_000), replace(other, known=990_000), third) == ["A-03"]


def test_quotas_are_filled_from_the_top_and_the_rest_is_the_rest() -> None:
    classes = [one.standing for one in rank(a_board(*range(100, 0, -1)), with_quotas({"size": 30}, {"size": 50}))]

    assert classes == ["q0"] * 30 + ["q1"] * 50 + ["rest"] * 20


def with_quotas(*quotas: dict[str, Any]) -> Policy:
    named = [{"id": f"q{place}", "title": TEXT, "clause": "一", **quota} for place, quota in enumerate(quotas)]
    classes = {"quotas": named, "rest": {"id": "rest", "title": TEXT}}
    return policy({"members": MEMBERS}, LINEAR, classes=classes)


@pytest.mark.parametrize(
    ("listed", "quota", "places"),
    [
        (10, {"share": "25%"}, 2),  # 2.5
        (10, {"share": "25%", "rounded": "up"}, 3),
        (8, {"share": "1/4"}, 2),
        (8, {"share": "1/4", "rounded": "up"}, 2),
        (9, {"share": "1/4", "rounded": "up"}, 3),  # 2.25
        (3, {"share": "25%"}, 0),
        (3, {"share": "100%"}, 3),
        (3, {"size": 5}, 3),
    ],
)
def test_a_quota_may_be_a_share_of_the_listed(listed: int, quota: dict[str, Any], places: int) -> None:
    standings = rank(a_board(*range(90, 90 - listed, -1)), with_quotas(quota))

    assert [one.standing for one in standings] == ["q0"] * places + ["rest"] * (listed - places)


@pytest.mark.parametrize(
    ("quotas", "expected"),
    [
        # Science 90 88 86 84 82, medicine 89 87 85.
        ([{"size": 1, "per": "peer-group"}], "q0 q0 rest rest rest rest rest rest"),
        ([{"share": "40%", "per": "peer-group"}], "q0 q0 q0 rest rest rest rest rest"),  # 2 of 5, 1.2 of 3
        ([{"share": "40%", "per": "peer-group", "rounded": "up"}], "q0 q0 q0 q0 rest rest rest rest"),
        ([{"size": 1}, {"size": 1, "per": "peer-group"}], "q0 q1 q1 rest rest rest rest rest"),
    ],
)
def test_a_quota_may_be_of_each_peer_group(quotas: list[dict[str, Any]], expected: str) -> None:
    standings = rank(a_board(90, 89, 88, 87, 86, 85, 84, 82, disciplines="smsmsmss"), with_quotas(*quotas))

    assert [one.standing for one in standings] == expected.split()


def test_who_is_barred_leaves_the_place_to_the_next_of_the_peer_group() -> None:
    first, other, third = a_board(90, 89, 88, disciplines="sms")
    standings = rank([replace(first, ineligible=("no",)), other, third], with_quotas({"size": 1, "per": "peer-group"}))

    assert [one.standing for one in standings] == ["rest", "q0", "q0"]


def test_a_vetoed_society_takes_no_place_and_the_next_moves_up() -> None:
    facts = []
    for place in range(3):
        society = f"A-{place:02d}"
        facts += [registered("2018-01-01", society=society), admitted(number=300 - 100 * place, society=society)]
        if place:
            facts.append(told("membership.party-organisation-established", society=society, form="own"))
    quota = hubei().classes.quotas[0].model_copy(update={"size": 1})
    classes = hubei().classes.model_copy(update={"quotas": (quota,)})
    by = replace(hubei(), spec=hubei().spec.model_copy(update={"classes": classes}))
    standings = {one.rating.society: one for one in rank(rate_everyone(facts, by, TODAY), by)}

    assert standings["A-00"].rating.vetoes == ("no-party-organisation",)
    assert {code: one.standing for code, one in standings.items()} == {
        "A-00": "regular",
        "A-01": "support",
        "A-02": "regular",
    }


@pytest.mark.parametrize(
    ("total", "most", "vetoes", "grade"),
    [
        (850_000, 1_000_000, (), "excellent"),
        (849_999, 1_000_000, (), "good"),
        (700_000, 1_000_000, (), "good"),
        (599_999, 1_000_000, (), "weak"),
        (0, 1_000_000, (), "weak"),
        (425_000, 500_000, (), "excellent"),
        (424_999, 500_000, (), "good"),
        (900_000, 1_000_000, ("no-party-organisation",), "fair"),
        (900_000, 1_000_000, ("term-overdue",), "good"),
        (900_000, 1_000_000, ("term-overdue", "no-party-organisation"), "fair"),
        (100_000, 1_000_000, ("term-overdue",), "weak"),
    ],
)
def test_a_grade_begins_exactly_at_its_cut_off_and_a_veto_caps_it(
    total: int, most: int, vetoes: tuple[str, ...], grade: str
) -> None:
    assert grade_of(hubei(), total, most, vetoes) == grade


def test_the_board_entry_has_the_agreed_shape() -> None:
    (entry, _) = (one.as_json() for one in rank(a_board(33, 0), LITTLE))

    expected: dict[str, Any] = {
        "society": "A-01",
        "name": "A-01",
        "total": "33",
        "max": "100",
        "completeness": "1",
        "grade": "poor",
        "rank": 1,
        "peer_group": "science",
        "peer_rank": 1,
        "peer_size": 2,
        "range": "support",
        "vetoes": [],
        "ineligible": [],
        "indicators": {"one": {"outcome": "partly", "points": "33", "max": "100"}},
    }
    assert entry == expected


def test_the_hash_covers_every_point() -> None:
    assert ratings_hash(rank(a_board(33), LITTLE)) != ratings_hash(rank(a_board(34), LITTLE))
    assert ratings_hash([]) == "sha256:4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"

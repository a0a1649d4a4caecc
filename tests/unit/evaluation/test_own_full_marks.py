"""A profile may have full marks of its own: 80 points for one class of societies, 100 for all others."""

from typing import Any

import pytest

from services.evaluation.domain import Fact, Policy, check_policy, rank, rate_everyone
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.whatif import compare
from tests.unit.evaluation.histories import TODAY, admitted, told
from tests.unit.evaluation.little import document, policy
from tests.unit.evaluation.test_profiles import BY_POINTS, MEASURES, POINTS, profile

EIGHTY = profile(full=80, groups={"work": {"points": 40}})


def society(code: str, discipline: str, members: int) -> list[Fact]:
    registered = told("membership.society-registered", "2017-01-01", society=code, name=code, discipline=discipline)
    return [registered, admitted(number=members, society=code)]


FACTS = [*society("A-01", "science", 6), *society("A-02", "medicine", 7), *society("A-03", "medicine", 6)]


def of_eighty(**more: Any) -> Policy:
    return policy(MEASURES, *BY_POINTS, points=100, groups=POINTS, profiles=[EIGHTY], **more)


def test_everybody_is_compared_by_the_share_of_what_applies() -> None:
    standings = rank(rate_everyone(FACTS, of_eighty(), TODAY), of_eighty())

    assert [
        (one.rating.society, one.rank, decimal_text(one.rating.total), decimal_text(one.rating.max))
        for one in standings
    ] == [
        ("A-02", 1, "56", "80"),
        ("A-01", 2, "60", "100"),
        ("A-03", 2, "48", "80"),
    ]


def test_a_grade_begins_at_the_same_share_of_either_full_marks() -> None:
    ratings = {one.society: one.grade for one in rate_everyone(FACTS, of_eighty(), TODAY)}

    assert ratings == {"A-01": "good", "A-02": "good", "A-03": "good"}  # 60 %, 70 %, 60 %


def test_a_profile_that_does_not_add_up_to_its_own_full_marks_is_refused() -> None:
    found = check_policy(document(MEASURES, *BY_POINTS, points=100, groups=POINTS, profiles=[EIGHTY | {"full": 90}]))

    assert isinstance(found, list)
    assert [error.sentence.say("en") for error in found] == ["The points of the indicators add up to 80, not to 90"]


@pytest.mark.parametrize(("society", "change", "percent"), [("A-02", "0", "0"), ("A-01", "0", "0")])
def test_a_society_with_the_same_share_of_other_full_marks_has_not_moved(
    society: str, change: str, percent: str
) -> None:
    plain = policy(MEASURES, *BY_POINTS, points=100, groups=POINTS)
    boards = [rank(rate_everyone(FACTS, by, TODAY), by) for by in (plain, of_eighty())]
    found = compare(plain, of_eighty(), *boards).as_json()
    move = next(one for one in found["societies"] if one["society"] == society)

    assert found["unlike_full_marks"]
    assert (move["change"], move["change_percent"]) == (change, percent)


def test_points_of_unlike_full_marks_are_told_apart_from_per_cent() -> None:
    other = policy(
        MEASURES,
        *[one | {"points": one["points"] / 2} for one in BY_POINTS],
        points=50,
        groups={name: {**one, "points": one["points"] / 2} for name, one in POINTS.items()},
        profiles=[profile(full=40, groups={"work": {"points": 20}})],
    )
    fewer = [*FACTS[:3], admitted(number=-5, society="A-01")]
    boards = [rank(rate_everyone(facts, by, TODAY), by) for by, facts in ((of_eighty(), FACTS), (other, fewer))]
    move = next(one for one in compare(of_eighty(), other, *boards).as_json()["societies"] if one["society"] == "A-01")

    assert (move["before"]["total"], move["before"]["full"]) == ("60", "100")
    assert (move["after"]["total"], move["after"]["full"]) == ("5", "50")
    assert (move["change"], move["change_percent"]) == ("-25", "-50")

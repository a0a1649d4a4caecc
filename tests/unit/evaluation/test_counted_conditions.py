"""A table of how many conditions hold, and marks off for a condition."""

from typing import Any

import pytest

from services.evaluation.domain.points import UNITS
from services.evaluation.domain.scores import Award, scores
from services.evaluation.domain.sheet import Sheet
from services.evaluation.domain.texts import Text

Spec = dict[str, Any]
FULL = 5 * UNITS


def is_one(name: str) -> Spec:
    return {"measure": name, "equals": 1}


TABLE: Spec = {"kind": "k-of-n", "points": {3: 5, 2: 4}, "conditions": {name: is_one(name) for name in "abc"}}
DEDUCTED: Spec = {
    "kind": "deductions",
    "deduct": {"no-plan": {"when": {"measure": "plan", "equals": 0}, "each": 2}, "late": {"each": 1, "at_most": 2}},
}


def award(spec: Spec, values: dict[str, Any]) -> Award:
    score = scores[spec["kind"]].model_validate(spec)
    assert list(score.flaws(FULL)) == []
    return score.award(values, FULL)


def flaws(spec: Spec) -> list[str]:
    return [flaw.sentence.say("en") for flaw in scores[spec["kind"]].model_validate(spec).flaws(FULL)]


@pytest.mark.parametrize(
    ("held", "points"),
    [("111", "5"), ("110", "4"), ("011", "4"), ("100", "0"), ("000", "0"), ("11?", "4+1"), ("1??", "0+5")],
)
def test_so_many_conditions_earn_what_the_table_says(held: str, points: str) -> None:
    values = {name: None if sign == "?" else int(sign) for name, sign in zip("abc", held, strict=True)}
    found, (least, _, open_) = award(TABLE, values), points.partition("+")

    assert (found.points, found.open) == (int(least) * UNITS, int(open_ or 0) * UNITS)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({4: 5}, "4 conditions are needed, but there are 3"),
        ({3: 4, 2: 3}, "The best to be earned here is 4 points, but the indicator has 5"),
        ({3: 4, 2: 5}, "3 conditions earn less than 2"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(table: dict[int, int], said: str) -> None:
    assert said in flaws(TABLE | {"points": table})


@pytest.mark.parametrize("keys", [{}, {"need": 2, "points": {2: 5}}])
def test_conditions_are_counted_either_by_need_or_by_a_table(keys: Spec) -> None:
    bare = {key: value for key, value in TABLE.items() if key != "points"}

    with pytest.raises(ValueError, match="either need or a table"):
        scores["k-of-n"].model_validate(bare | keys)


def test_the_next_step_of_the_table_is_what_is_advised() -> None:
    values = {"a": 1, "b": 0, "c": 0}
    sheet = Sheet(values, {name: Text(zh=name, en=name) for name in "abc"})
    said = scores["k-of-n"].model_validate(TABLE).missing(sheet, FULL)

    assert said is not None
    assert said.say("en").startswith("1 more of these would earn 4 more points: ")


@pytest.mark.parametrize(
    ("plan", "late", "points", "open_"), [(1, 0, 5, 0), (0, 0, 3, 0), (0, 9, 1, 0), (None, 1, 2, 2), (None, None, 1, 4)]
)
def test_a_condition_takes_off_its_own_points_and_leaves_no_more_open(
    plan: int | None, late: int | None, points: int, open_: int
) -> None:
    found = award(DEDUCTED, {"plan": plan, "late": late})

    assert (found.points, found.open) == (points * UNITS, open_ * UNITS)


def test_a_condition_happens_once_so_it_has_no_limit_of_its_own() -> None:
    with pytest.raises(ValueError, match="at_most"):
        scores["deductions"].model_validate(
            {"kind": "deductions", "deduct": {"a": {"when": is_one("a"), "each": 2, "at_most": 1}}}
        )


def said_of_deductions(plan: int | None, late: int | None) -> str | None:
    sheet = Sheet({"plan": plan, "late": late}, {name: Text(zh=name, en=name) for name in ("plan", "late")})
    missing = scores["deductions"].model_validate(DEDUCTED).missing(sheet, FULL)
    return missing and missing.say("en")


def test_what_takes_off_most_is_what_is_advised_and_never_a_step_of_no_points() -> None:
    assert said_of_deductions(0, 1) == "not (plan is one of: 0) would earn 2 more points"
    assert said_of_deductions(1, 1) == "late: 0 instead of 1 would earn 1 more points"
    assert said_of_deductions(None, 0) is None
    assert said_of_deductions(1, None) is None

from fractions import Fraction
from typing import Any

import pytest

from services.evaluation.domain import Outcome
from services.evaluation.domain.folds import Value
from services.evaluation.domain.points import UNITS, decimal_text, fraction_of, half_up, units_of
from services.evaluation.domain.scores import Award, scores
from services.evaluation.domain.sheet import Sheet
from services.evaluation.domain.texts import Text

FULL = 6 * UNITS
TIERS = [{"at_least": 300, "points": 6}, {"at_least": 200, "points": 3}, {"at_least": 0, "points": "0.5"}]


def award(spec: dict[str, Any], full: int = FULL, **values: Value) -> Award:
    score = scores[spec["kind"]].model_validate(spec)
    sheet = Sheet(values, {name: Text(zh=name, en=name) for name in values})
    awarded = score.award(values, full)
    if not awarded.open:
        assert score.words(sheet, full).say("en")
        missing = score.missing(sheet, full)
        assert missing is not None or awarded.points == full
    return awarded


def told(spec: dict[str, Any], full: int = FULL, **values: Value) -> tuple[Outcome, str, str]:
    """Outcome, points that are certain, points that cannot be told yet."""
    found = award(spec, full, **values)
    return found.outcome, decimal_text(found.points), decimal_text(found.open)


def points(spec: dict[str, Any], full: int = FULL, **values: Value) -> str:
    return decimal_text(award(spec, full, **values).points)


@pytest.mark.parametrize(
    ("members", "earned"), [(-1, "0"), (0, "0.5"), (199, "0.5"), (200, "3"), (299, "3"), (300, "6"), (9000, "6")]
)
def test_a_tier_begins_exactly_at_its_floor(members: int, earned: str) -> None:
    assert points({"kind": "tiers", "measure": "m", "tiers": TIERS}, m=members) == earned
    assert points({"kind": "tiers", "measure": "m", "tiers": TIERS[::-1]}, m=members) == earned


@pytest.mark.parametrize(
    ("part", "whole", "earned"),
    [(30, 40, "6"), (29, 40, "3"), (27, 40, "3"), (26, 40, "0"), (3, 4, "6"), (58, 77, "6"), (57, 77, "3")],
)
def test_three_quarters_are_compared_without_rounding(part: int, whole: int, earned: str) -> None:
    tiers = [{"at_least": "3/4", "points": 6}, {"at_least": "2/3", "points": 3}]

    assert points({"kind": "share", "part": "p", "whole": "w", "tiers": tiers}, p=part, w=whole) == earned


@pytest.mark.parametrize(("standing", "earned"), [(25, "6"), (26, "0")])
def test_twenty_five_of_seventy_seven_are_just_under_a_third(standing: int, earned: str) -> None:
    assert points({"kind": "share", "part": "p", "whole": "w", "at_most": "1/3"}, p=standing, w=77) == earned


def test_a_share_of_nothing_cannot_be_told() -> None:
    assert award({"kind": "share", "part": "p", "whole": "w", "at_least": "1/3"}, p=0, w=0).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("issues", "earned"), [(-3, "0"), (0, "0"), (1, "0.8571"), (2, "1.7143"), (6, "5.1429"), (7, "6"), (8, "6")]
)
def test_a_linear_score_is_rounded_half_up_to_four_places(issues: int, earned: str) -> None:
    assert points({"kind": "linear", "measure": "m", "full_at": 7}, m=issues) == earned


def test_a_linear_score_begins_above_its_foot() -> None:
    spec = {"kind": "linear", "measure": "m", "above": 100, "full_at": 300}

    assert [points(spec, m=members) for members in (100, 101, 200, 300)] == ["0", "0.03", "3", "6"]


@pytest.mark.parametrize(("held", "earned"), [(0, "0"), (1, "1.5"), (3, "4.5"), (4, "6"), (9, "6")])
def test_a_capped_count_stops_at_its_cap(held: int, earned: str) -> None:
    assert points({"kind": "capped-count", "measure": "m", "each": "1.5", "up_to": 4}, m=held) == earned


def named(*measures: str) -> dict[str, Any]:
    return {"conditions": {name: {"measure": name, "at_least": 1} for name in measures}}


def test_k_of_n_pays_in_proportion_until_enough_hold() -> None:
    spec = {"kind": "k-of-n", "need": 3, **named("a", "b", "c", "d")}

    assert points(spec, a=0, b=0, c=0, d=0) == "0"
    assert points(spec, a=1, b=0, c=0, d=0) == "2"
    assert points(spec, a=1, b=1, c=0, d=1) == "6"
    assert points(spec, a=1, b=1, c=1, d=1) == "6"


def test_k_of_n_is_unknown_only_while_the_unknown_could_still_pay() -> None:
    spec = {"kind": "k-of-n", "need": 2, **named("a", "b", "c")}

    assert told(spec, a=1, b=1, c=None) == (Outcome.MET, "6", "0")
    assert told(spec, a=1, b=0, c=None) == (Outcome.UNKNOWN, "3", "3")
    assert told(spec, a=0, b=0, c=None) == (Outcome.UNKNOWN, "0", "3")
    assert told(spec | {"need": 3}, a=1, b=0, c=None) == (Outcome.PARTLY, "2", "2")


def test_all_of_is_all_or_nothing_and_one_failure_settles_it() -> None:
    spec = {"kind": "all-of", **named("a", "b")}

    assert told(spec, a=1, b=1) == (Outcome.MET, "6", "0")
    assert told(spec, a=1, b=0) == (Outcome.UNMET, "0", "0")
    assert told(spec, a=None, b=0) == (Outcome.UNMET, "0", "0")
    assert told(spec, a=None, b=1) == (Outcome.UNKNOWN, "0", "6")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"measure": "m", "at_least": 2}, True),
        ({"measure": "m", "at_least": 3}, False),
        ({"measure": "m", "at_most": 2}, True),
        ({"measure": "m", "at_most": 1}, False),
        ({"measure": "m", "at_least": 1, "at_most": 2}, True),
        ({"measure": "m", "equals": 2}, True),
        ({"measure": "m", "one_of": [1, 3]}, False),
        ({"measure": "half", "equals": "0.5"}, True),
        ({"measure": "half", "one_of": ["0.50", 3]}, True),
        ({"measure": "word", "one_of": ["own", "joint"]}, True),
        ({"part": "m", "whole": "w", "at_least": "2/3"}, True),
        ({"part": "m", "whole": "w", "at_most": "1/3"}, False),
        ({"not": {"measure": "m", "equals": 2}}, False),
        ({"any": [{"measure": "u", "equals": 2}, {"measure": "m", "equals": 2}]}, True),
        ({"any": [{"measure": "u", "equals": 2}, {"measure": "m", "equals": 1}]}, None),
        ({"all": [{"measure": "u", "equals": 2}, {"measure": "m", "equals": 1}]}, False),
        ({"all": [{"measure": "u", "equals": 2}, {"measure": "m", "equals": 2}]}, None),
        ({"not": {"measure": "u", "equals": 2}}, None),
    ],
)
def test_a_condition_is_true_false_or_unknown(condition: dict[str, Any], holds: bool | None) -> None:
    outcome = {True: Outcome.MET, False: Outcome.UNMET, None: Outcome.UNKNOWN}[holds]

    assert (
        award({"kind": "yes", "when": condition}, m=2, w=3, u=None, word="own", half=Fraction(1, 2)).outcome is outcome
    )


def test_a_table_pays_by_the_word_and_nothing_for_a_word_it_does_not_have() -> None:
    spec = {"kind": "best", "measure": "m", "table": {"own": 6, "functional": "4.5"}}

    assert [points(spec, m=word) for word in ("own", "functional", "other", 0)] == ["6", "4.5", "0", "0"]
    assert award(spec, m="functional").outcome is Outcome.PARTLY


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": "tiers", "measure": "m", "tiers": TIERS},
        {"kind": "linear", "measure": "m", "full_at": 7},
        {"kind": "capped-count", "measure": "m", "each": 1, "up_to": 6},
        {"kind": "best", "measure": "m", "table": {"own": 6}},
        {"kind": "yes", "when": {"measure": "m", "at_least": 1}},
    ],
)
def test_unknown_is_not_zero(spec: dict[str, Any]) -> None:
    assert told(spec, m=None) == (Outcome.UNKNOWN, "0", "6")


@pytest.mark.parametrize(
    ("numerator", "denominator", "nearest"), [(1, 2, 1), (3, 2, 2), (1, 3, 0), (2, 3, 1), (-1, 2, 0), (5, 10, 1)]
)
def test_a_half_is_rounded_up(numerator: int, denominator: int, nearest: int) -> None:
    assert half_up(numerator, denominator) == nearest


@pytest.mark.parametrize(("text", "units"), [(3, 30_000), ("1.5", 15_000), ("0.0001", 1), ("72.50", 725_000)])
def test_points_are_read_and_written_exactly(text: object, units: int) -> None:
    assert units_of(text) == units
    assert units_of(decimal_text(units)) == units


@pytest.mark.parametrize("text", [True, "1.00001", "x", None, "３", "1e3", ""])
def test_what_is_no_plain_decimal_is_no_number_of_points(text: object) -> None:
    with pytest.raises(ValueError, match="points are a decimal number"):
        units_of(text)


def test_points_below_nothing_are_told_where_they_belong() -> None:
    with pytest.raises(ValueError, match="points are not negative here"):
        units_of(-26)


@pytest.mark.parametrize("text", ["0.75", "3/0", "-1/3", 0.75, True, "1 / 3"])
def test_a_share_is_a_quotient_of_integers(text: object) -> None:
    with pytest.raises(ValueError, match="a quotient of integers"):
        fraction_of(text)

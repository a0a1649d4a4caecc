"""Every kind of score against numbers worked out by hand, on both sides of every boundary."""

from fractions import Fraction
from typing import Any

import pytest

from services.evaluation.domain import Outcome
from services.evaluation.domain.folds import Value
from services.evaluation.domain.formulas import formula_of
from services.evaluation.domain.points import UNITS, decimal_text
from services.evaluation.domain.scores import Award, scores
from services.evaluation.domain.sheet import Sheet
from services.evaluation.domain.texts import Text

Spec = dict[str, Any]


def award(spec: Spec, full: str, **values: Value) -> Award:
    """The award out of so many points; every sentence about it can be said."""
    units = int(Fraction(full) * UNITS)
    score = scores[spec["kind"]].model_validate(spec)
    assert list(score.flaws(units)) == []
    found = score.award(values, units)
    sheet = Sheet(values, {name: Text(zh=name, en=name) for name in values})
    assert "{" not in score.words(sheet, units).say("en") + score.words(sheet, units).say("zh")
    missing = score.missing(sheet, units)
    assert missing is None or found.points < units
    assert missing is None or "{" not in missing.say("en") + missing.say("zh")
    return found


def earns(spec: Spec, full: str, **values: Value) -> str:
    """The points; with what is open if anything is, ``unknown`` if everything is."""
    found = award(spec, full, **values)
    if found.open and not found.points and found.open == found.full:
        return "unknown"
    return decimal_text(found.points) + (f" + {decimal_text(found.open)}?" if found.open else "")


def least(measure: str, floor: int = 1) -> Spec:
    return {"measure": measure, "at_least": floor}


CONCURRENT: Spec = {
    "kind": "cases",
    "cases": [
        {"when": {"any": [least("members", 300), least("units", 20)]}, "points": 10},
        {"when": least("members", 100), "points": "60%"},
    ],
}


@pytest.mark.parametrize(
    ("members", "units", "earned"),
    [(300, 0, "10"), (299, 20, "10"), (299, 19, "6"), (100, 0, "6"), (99, 19, "0"), (None, 20, "10")],
)
def test_a_tier_met_by_any_of_several_conditions(members: int | None, units: int, earned: str) -> None:
    assert earns(CONCURRENT, "10", members=members, units=units) == earned


def test_a_case_that_may_yet_pay_more_cannot_be_told() -> None:
    assert earns(CONCURRENT, "10", members=None, units=19) == "unknown"
    assert earns(CONCURRENT, "10", members=100, units=None) == "6 + 4?"


CHECKLIST: Spec = {
    "kind": "checklist",
    "entries": {
        "elected": {"when": least("a"), "points": 4},
        "no-other": {"when": least("b"), "points": 2},
        "approved": {"when": least("c"), "points": 2},
        "age": {"when": least("d"), "points": 2},
    },
    "special": [{"when": least("lent"), "points": 0}],
}


@pytest.mark.parametrize(
    ("held", "earned"),
    [((1, 1, 1, 1), "10"), ((1, 0, 0, 0), "4"), ((0, 1, 1, 0), "4"), ((1, 0, 1, 1), "8"), ((0, 0, 0, 0), "0")],
)
def test_conditions_with_points_of_their_own_add_up(held: tuple[int, ...], earned: str) -> None:
    assert earns(CHECKLIST, "10", **dict(zip("abcd", held, strict=True)), lent=0) == earned


def test_a_special_case_settles_the_points_and_an_unknown_entry_does_not() -> None:
    assert earns(CHECKLIST, "10", a=1, b=1, c=1, d=1, lent=1) == "0"
    assert earns(CHECKLIST, "10", a=1, b=1, c=1, d=None, lent=0) == "8 + 2?"
    assert earns(CHECKLIST, "10", a=1, b=1, c=1, d=1, lent=None) == "unknown"


def test_a_checklist_worth_more_than_the_indicator_is_cut_at_it() -> None:
    entries = {name: {"when": least(name), "points": 3} for name in "abc"}
    spec = {"kind": "checklist", "entries": entries}

    assert [earns(spec, "6", a=1, b=n, c=m) for n, m in ((0, 0), (1, 0), (1, 1))] == ["3", "6", "6"]
    assert earns(spec, "6", a=1, b=1, c=None) == "6"


@pytest.mark.parametrize(
    ("missed", "late", "earned"), [(0, 0, "10"), (1, 0, "8"), (4, 0, "2"), (5, 0, "0"), (9, 0, "0"), (0, 9, "7")]
)
def test_deductions_stop_at_nothing_and_one_kind_at_its_own_limit(missed: int, late: int, earned: str) -> None:
    spec = {"kind": "deductions", "deduct": {"missed": {"each": 2}, "late": {"each": "0.5", "at_most": 3}}}

    assert earns(spec, "10", missed=missed, late=late) == earned


def test_deductions_stop_at_their_floor() -> None:
    spec = {"kind": "deductions", "deduct": {"missed": {"each": 2}}, "floor": 4}

    assert [earns(spec, "10", missed=n) for n in (0, 2, 3, 4)] == ["10", "6", "4", "4"]
    assert earns(spec, "10", missed=None) == "4 + 6?"


@pytest.mark.parametrize(("staff", "earned"), [(0, "0"), (1, "3"), (2, "4"), (3, "5"), (4, "5")])
def test_the_first_staff_three_each_further_one_capped_at_five(staff: int, earned: str) -> None:
    assert earns({"kind": "first-then", "measure": "m", "first": 3, "then": 1}, "5", m=staff) == earned


@pytest.mark.parametrize(
    ("downloads", "earned"),
    [(0, "5"), (999, "5"), (1000, "6"), (1999, "6"), (24_999, "29"), (25_000, "30"), (99_000, "30")],
)
def test_five_below_a_thousand_downloads_and_one_per_thousand_more(downloads: int, earned: str) -> None:
    spec = {"kind": "first-then", "measure": "m", "begins": 0, "first": 5, "every": 1000, "then": 1}

    assert earns(spec, "30", m=downloads) == earned


@pytest.mark.parametrize(
    ("value", "earned"),
    [(-5, "1"), (0, "1"), (5, "3"), (10, "5"), (11, "5.25"), (30, "10"), (31, "10")],
)
def test_a_broken_line_is_level_outside_its_corners(value: int, earned: str) -> None:
    corners = [{"at": 0, "points": 1}, {"at": 10, "points": 5}, {"at": 30, "points": 10}]

    assert earns({"kind": "piecewise", "measure": "m", "corners": corners}, "10", m=value) == earned


def test_impact_times_rate_times_twenty_is_exact_and_capped() -> None:
    spec = {"kind": "formula", "formula": "impact * others_rate * 20"}

    assert earns(spec, "20", impact=Fraction("0.731"), others_rate=Fraction("0.87")) == "12.7194"
    assert earns(spec, "20", impact=Fraction("1.25"), others_rate=Fraction("0.8")) == "20"
    assert earns(spec, "20", impact=Fraction("1.2"), others_rate=Fraction("0.8")) == "19.2"
    assert earns(spec, "20", impact=None, others_rate=1) == "unknown"


CAST = "min(full / 2, full * v / 100000) + min(full / 2, full / 2 * (100 * v1 / v) / threshold)"


@pytest.mark.parametrize(
    ("v", "v1", "threshold", "earned"),
    [
        # half 1 = 9.875 * 9999 / 100000 = 0.98740125; r = 80.008 % of 80: all of the other half, 4.9375
        (9_999, 8_000, 80, "5.9249"),
        # half 1 = 0.9875; r = 60 % of 70: 4.9375 * 60 / 70 = 4.232142857…
        (10_000, 6_000, 70, "5.2196"),
        (10_000, 7_000, 70, "5.925"),
        (50_000, 25_000, 50, "9.875"),
        (49_999, 25_000, 60, "9.0521"),  # 4.93740125 + 4.9375 * 50.001 / 60 = 4.93740125 + 4.11466562…
        (90_000, 0, 50, "4.9375"),
    ],
)
def test_the_formula_with_a_threshold_by_size(v: int, v1: int, threshold: int, earned: str) -> None:
    assert earns({"kind": "formula", "formula": CAST}, "9.875", v=v, v1=v1, threshold=threshold) == earned


def test_a_formula_that_divides_by_nothing_cannot_be_told() -> None:
    assert earns({"kind": "formula", "formula": CAST}, "9.875", v=0, v1=0, threshold=80) == "unknown"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-2 - -3", 1),
        ("8 / 4 / 2", 1),
        ("1 / 3 * 3", 1),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("min(3, 2, 5) + max(1, 4)", 6),
        ("floor(7 / 2)", 3),
        ("floor(-7 / 2)", -4),
        ("round(5 / 2)", 3),
        ("a*a", 49),
    ],
)
def test_a_formula_is_arithmetic_as_everybody_knows_it(formula: str, value: object) -> None:
    assert formula_of(formula).value({"a": 7}) == value


@pytest.mark.parametrize(
    "formula",
    ["", "1 +", "a b", "(1", "1)", "a ** 2", "__import__('os')", "abs(1)", "min(1)", "floor(1, 2)", "1e3", "A"],
)
def test_what_is_no_formula_is_refused(formula: str) -> None:
    with pytest.raises(ValueError, match="a formula is made of"):
        formula_of(formula)


@pytest.mark.parametrize("formula", ["(" * 50, "+".join("a" * 400)], ids=["deep", "long"])
def test_a_formula_has_an_end(formula: str) -> None:
    with pytest.raises(ValueError, match="a formula is made of"):
        formula_of(formula)


@pytest.mark.parametrize(("part", "earned"), [(0, "0"), (10, "2"), (39, "7.8"), (40, "8"), (41, "8")])
def test_a_ratio_is_in_proportion_below_its_threshold(part: int, earned: str) -> None:
    assert earns({"kind": "ratio", "part": "p", "whole": "w", "full_at": "80%"}, "8", p=part, w=50) == earned


def test_a_ratio_may_begin_above_nothing_and_its_whole_may_not_be_nothing() -> None:
    spec = {"kind": "ratio", "part": "p", "whole": "w", "none_at": "1/2", "full_at": 1}

    assert [earns(spec, "10", p=part, w=10) for part in (4, 5, 6, 10)] == ["0", "0", "2", "10"]
    assert earns(spec, "10", p=0, w=0) == "unknown"


@pytest.mark.parametrize(("mark", "points"), [(-11, "-10"), (-10, "-10"), (-3, "-3"), (0, "0"), (10, "10"), (11, "10")])
def test_a_mark_from_minus_ten_to_ten(mark: int, points: str) -> None:
    assert earns({"kind": "range", "measure": "m", "least": -10, "most": 10}, "10", m=mark) == points


def test_what_is_taken_off_the_total_is_a_range_below_nothing() -> None:
    spec = {"kind": "range", "measure": "sanctions", "each": -5, "least": -20, "most": 0}

    assert [earns(spec, "0", sanctions=n) for n in (0, 1, 4, 5)] == ["0", "-5", "-20", "-20"]
    assert award(spec, "0", sanctions=1).outcome is Outcome.UNMET
    assert award(spec, "0", sanctions=0).outcome is Outcome.MET


def test_a_level_of_participation_pays_its_part_of_the_item() -> None:
    table = {"lead": "100%", "part": "75%", "people": "50%", "materials": "25%"}
    spec = {"kind": "best", "measure": "level", "table": table}

    assert [earns(spec, "6", level=word) for word in (*table, 0)] == ["6", "4.5", "3", "1.5", "0"]


def test_satisfaction_pays_its_percentage() -> None:
    spec = {"kind": "linear", "measure": "m", "full_at": 100}

    assert [earns(spec, "8", m=Fraction(percent)) for percent in ("0", "87.5", "100")] == ["0", "7", "8"]


PARTS: Spec = {
    "size": {"points": 4, "score": {"kind": "linear", "measure": "a", "full_at": 4}},
    "share": {
        "points": "60%",
        "score": {"kind": "tiers", "measure": "b", "tiers": [{"at_least": 5, "points": "100%"}]},
    },
}


def test_the_sum_of_parts_is_cut_at_the_whole() -> None:
    spec = {"kind": "sum", "parts": PARTS}

    assert [earns(spec, "10", a=a, b=b) for a, b in ((4, 5), (1, 5), (3, 4), (0, 0))] == ["10", "7", "3", "0"]
    assert earns(spec, "10", a=None, b=5) == "6 + 4?"


def test_the_highest_of_parts_counts_alone() -> None:
    spec = {"kind": "highest", "parts": PARTS | {"all": {"points": 10, "score": {"kind": "yes", "when": least("c")}}}}

    assert [earns(spec, "10", a=a, b=b, c=c) for a, b, c in ((4, 5, 0), (4, 4, 0), (0, 0, 1))] == ["6", "4", "10"]
    assert earns(spec, "10", a=None, b=0, c=1) == "10"
    assert earns(spec, "10", a=4, b=None, c=0) == "4 + 2?"


def test_another_rule_for_another_size() -> None:
    spec = {
        "kind": "choose",
        "cases": [{"when": least("members", 1000), "score": {"kind": "linear", "measure": "m", "full_at": 20}}],
        "otherwise": {"kind": "linear", "measure": "m", "full_at": 10},
    }

    assert [earns(spec, "10", members=size, m=5) for size in (999, 1000)] == ["5", "2.5"]
    assert earns(spec, "10", members=None, m=5) == "2.5 + 2.5?"
    assert earns(spec, "10", members=None, m=0) == "0"  # nothing by either rule


HOLDS: Spec = {"kind": "yes", "when": least("m")}
NINE: Spec = {"kind": "range", "measure": "m", "most": 9}
IMPOSSIBLE = {
    "cases that pay too little": {"kind": "cases", "cases": [{"when": least("m"), "points": 9}]},
    "entries that pay too little": {"kind": "checklist", "entries": {"a": {"when": least("m"), "points": 9}}},
    "a special case that pays too much": {
        "kind": "checklist",
        "entries": {"a": {"when": least("m"), "points": 10}},
        "special": [{"when": least("m"), "points": 11}],
    },
    "a floor above all": {"kind": "deductions", "deduct": {"m": {"each": 1}}, "floor": 11},
    "a first above all": {"kind": "first-then", "measure": "m", "first": 11, "then": 1},
    "steps of nothing": {"kind": "first-then", "measure": "m", "first": 1, "then": 1, "every": 0},
    "a line that ends too low": {
        "kind": "piecewise",
        "measure": "m",
        "corners": [{"at": 0, "points": 0}, {"at": 1, "points": 9}],
    },
    "a line that stands upright": {
        "kind": "piecewise",
        "measure": "m",
        "corners": [{"at": 1, "points": 0}, {"at": 1, "points": 10}],
    },
    "a range that ends too low": NINE,
    "parts that are too little": {"kind": "sum", "parts": {"a": {"points": 9, "score": HOLDS}}},
    "a part with a flaw": {"kind": "sum", "parts": {"a": {"points": 10, "score": NINE}}},
    "a part that is too much": {"kind": "highest", "parts": {"a": {"points": 11, "score": HOLDS}}},
    "a best part that is too little": {"kind": "highest", "parts": {"a": {"points": 9, "score": HOLDS}}},
    "a choice with a flaw": {"kind": "choose", "cases": [{"when": least("m"), "score": NINE}], "otherwise": HOLDS},
    "another choice with a flaw": {
        "kind": "choose",
        "cases": [{"when": least("m"), "score": HOLDS}],
        "otherwise": NINE,
    },
    "a gap": {
        "kind": "tiers",
        "measure": "m",
        "tiers": [{"at_least": 1, "below": 4, "points": 5}, {"at_least": 5, "points": 10}],
    },
    "an overlap": {
        "kind": "tiers",
        "measure": "m",
        "tiers": [{"at_least": 1, "below": 6, "points": 5}, {"at_least": 5, "points": 10}],
    },
    "a gap above": {"kind": "tiers", "measure": "m", "tiers": [{"at_least": 5, "below": 9, "points": 10}]},
}


@pytest.mark.parametrize("spec", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_score_that_cannot_be_right_for_ten_points_is_a_flaw(spec: Spec) -> None:
    assert list(scores[spec["kind"]].model_validate(spec).flaws(10 * UNITS))

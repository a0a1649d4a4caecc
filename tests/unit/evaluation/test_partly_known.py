"""What is known counts, what is not stays open, and an outcome is told as soon as the unknown cannot change it."""

from typing import Any

import pytest

from services.evaluation.domain import Outcome, explain, rate_history
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.scores import scores
from tests.unit.evaluation.histories import SOCIETY, TODAY, admitted, registered, told
from tests.unit.evaluation.little import TEXT, indicator, policy

Spec = dict[str, Any]
TEN = 10 * 10_000


def is_one(name: str) -> Spec:
    return {"measure": name, "equals": 1}


ENTRIES: Spec = {
    "a": {"when": is_one("a"), "points": 4},
    "b": {"when": is_one("b"), "points": 3},
    "c": {"when": is_one("c"), "points": 3},
}
CHECKLIST: Spec = {"kind": "checklist", "entries": ENTRIES}
SUM: Spec = {
    "kind": "sum",
    "parts": {
        name: {"points": one["points"], "score": {"kind": "yes", "when": one["when"]}} for name, one in ENTRIES.items()
    },
}
TWO_OF_THREE: Spec = {"kind": "k-of-n", "need": 2, "conditions": {name: is_one(name) for name in "abc"}}
DEDUCTIONS: Spec = {
    "kind": "deductions",
    "deduct": {"a": {"each": 2}, "b": {"each": 1, "at_most": 3}, "c": {"each": "0.5", "at_most": 1}},
    "floor": 1,
}
CASES: Spec = {
    "kind": "cases",
    "cases": [{"when": is_one("a"), "points": 10}, {"when": is_one("b"), "points": 6}],
    "otherwise": 2,
}
HIGHEST: Spec = {
    "kind": "highest",
    "parts": {
        "a": {"points": 10, "score": {"kind": "yes", "when": is_one("a")}},
        "b": {"points": 6, "score": {"kind": "yes", "when": is_one("b")}},
    },
}
CHOOSE: Spec = {
    "kind": "choose",
    "cases": [{"when": is_one("a"), "score": {"kind": "linear", "measure": "b", "full_at": 4}}],
    "otherwise": {"kind": "linear", "measure": "b", "full_at": 2},
}
SPECIAL: Spec = CHECKLIST | {"special": [{"when": is_one("d"), "points": 0}, {"when": is_one("e"), "points": 5}]}
SPECIAL_OF_THREE: Spec = TWO_OF_THREE | {"special": [{"when": is_one("d"), "points": 10}]}
SUM_WITH_MARKS_OFF: Spec = {
    "kind": "sum",
    "parts": {
        "a": {"points": 10, "score": {"kind": "yes", "when": is_one("a")}},
        "b": {"points": 0, "score": {"kind": "range", "measure": "b", "each": -1, "least": -3, "most": 0}},
    },
}
UNKNOWN, MET, PARTLY, UNMET = Outcome.UNKNOWN, Outcome.MET, Outcome.PARTLY, Outcome.UNMET


@pytest.mark.parametrize(
    ("spec", "values", "outcome", "points", "still_open"),
    [
        # Entries of 4, 3, 3: two known and earned, the third may add 3 or nothing: met, or partly.
        (CHECKLIST, (1, 1, None), UNKNOWN, "7", "3"),
        (CHECKLIST, (1, 0, None), PARTLY, "4", "3"),  # 4 or 7 of 10: partly whatever it is
        (CHECKLIST, (0, 0, None), UNKNOWN, "0", "3"),  # 0 or 3: unmet, or partly
        (CHECKLIST, (None, None, None), UNKNOWN, "0", "10"),
        (CHECKLIST, (0, 0, 0), UNMET, "0", "0"),
        (SUM, (1, 1, None), UNKNOWN, "7", "3"),
        (SUM, (1, 0, None), PARTLY, "4", "3"),
        (SUM, (0, 0, None), UNKNOWN, "0", "3"),
        (TWO_OF_THREE, (1, 1, None), MET, "10", "0"),  # enough, whatever the third
        (TWO_OF_THREE, (1, 0, None), UNKNOWN, "5", "5"),
        (TWO_OF_THREE, (1, None, None), UNKNOWN, "5", "5"),  # two that are needed at most
        (TWO_OF_THREE, (0, 0, None), UNKNOWN, "0", "5"),
        (TWO_OF_THREE, (0, 0, 0), UNMET, "0", "0"),
        # 10 - 2 = 8, and c takes up to 1 of it.
        (DEDUCTIONS, (1, 0, None), PARTLY, "7", "1"),
        (DEDUCTIONS, (1, None, 0), PARTLY, "5", "3"),
        (DEDUCTIONS, (0, 0, None), UNKNOWN, "9", "1"),  # all, or not quite
        (DEDUCTIONS, (None, 0, 0), UNKNOWN, "1", "9"),  # nothing below the floor
        (DEDUCTIONS, (9, None, None), PARTLY, "1", "0"),  # at the floor already
        (CASES, (1, None, 0), MET, "10", "0"),
        (CASES, (0, None, 0), PARTLY, "2", "4"),  # 2 or 6
        (CASES, (None, 1, 0), UNKNOWN, "6", "4"),
        (CASES, (None, 0, 0), UNKNOWN, "2", "8"),
        (HIGHEST, (0, None, 0), UNKNOWN, "0", "6"),
        (HIGHEST, (None, 1, 0), UNKNOWN, "6", "4"),
        (HIGHEST, (1, None, 0), MET, "10", "0"),
        (CHOOSE, (None, 1, 0), PARTLY, "2.5", "2.5"),  # 10 x 1/4 or 10 x 1/2
        (CHOOSE, (None, 2, 0), UNKNOWN, "5", "5"),
        (CHOOSE, (None, 4, 0), MET, "10", "0"),  # all by either rule
        (CHOOSE, (None, 0, 0), UNMET, "0", "0"),
        (SUM_WITH_MARKS_OFF, (1, None, 0), UNKNOWN, "7", "3"),  # up to 3 may be taken off
        (SUM_WITH_MARKS_OFF, (0, None, 0), UNMET, "0", "0"),  # nothing to take off
    ],
)
def test_known_parts_count_and_unknown_ones_stay_open(
    spec: Spec, values: tuple[int | None, ...], outcome: Outcome, points: str, still_open: str
) -> None:
    found = scores[spec["kind"]].model_validate(spec).award(dict(zip("abc", values, strict=True)), TEN)

    assert (found.outcome, decimal_text(found.points), decimal_text(found.open)) == (outcome, points, still_open)


@pytest.mark.parametrize(
    ("spec", "d", "e", "points", "still_open"),
    [
        (SPECIAL, 1, None, "0", "0"),  # the first special case decides
        (SPECIAL, 0, 1, "5", "0"),
        (SPECIAL, 0, 0, "7", "0"),  # 4 + 3
        (SPECIAL, None, 1, "0", "5"),  # 0 or 5
        (SPECIAL, 0, None, "5", "2"),  # 5 or 7
        (SPECIAL, None, 0, "0", "7"),
        (SPECIAL_OF_THREE, 1, 0, "10", "0"),
        (SPECIAL_OF_THREE, None, 0, "10", "0"),  # all of it either way
    ],
)
def test_a_special_case_settles_the_points_once_it_is_known(
    spec: Spec, d: int | None, e: int | None, points: str, still_open: str
) -> None:
    found = scores[spec["kind"]].model_validate(spec).award({"a": 1, "b": 1, "c": 0, "d": d, "e": e}, TEN)

    assert (decimal_text(found.points), decimal_text(found.open)) == (points, still_open)


def judged(item: str, holds: bool = True) -> Any:
    return told("evaluation.assessment-recorded", item=item, kind="finding", assessor="x", holds=holds)


MEASURES = {
    name: {
        "fold": "latest",
        "events": ["evaluation.assessment-recorded.v1"],
        "where": {"item": name},
        "field": "holds",
        "title": {"zh": name, "en": name},
    }
    for name in "abc"
}


def test_a_rating_counts_what_is_known_and_its_completeness_what_is_not() -> None:
    by = policy(MEASURES, indicator(CHECKLIST, 10))
    rating = rate_history([registered(), judged("a"), judged("b", holds=False)], by, TODAY)

    assert (decimal_text(rating.total), rating.completeness) == ("4", "0.7")
    assert rating.findings[0].outcome is Outcome.PARTLY


def test_what_is_known_of_a_part_follows_the_profile() -> None:
    profile = {"id": "p", "title": TEXT, "clause": "一", "when": is_one("a"), "points": {"one": 20, "two": 0}}
    by = policy(
        MEASURES,
        indicator(CHECKLIST, 10),
        indicator({"kind": "yes", "when": is_one("c")}, 10, id="two"),
        profiles=[profile],
    )
    rating = rate_history([registered(), judged("a"), judged("b", holds=False)], by, TODAY)

    assert [(decimal_text(one.points), decimal_text(one.open)) for one in rating.findings] == [("8", "6"), ("0", "0")]
    assert rating.completeness == "0.7"


def test_where_nobody_knows_whether_an_indicator_applies_all_of_it_is_open() -> None:
    by = policy(MEASURES, indicator(CHECKLIST, 10, applies_when=is_one("c")))
    rating = rate_history([registered(), judged("a"), judged("b")], by, TODAY)

    assert (rating.total, decimal_text(rating.max), rating.known) == (0, "10", 0)
    assert rating.findings[0].outcome is Outcome.UNKNOWN


def test_an_explanation_says_what_is_certain_and_what_would_show_the_rest() -> None:
    by = policy(MEASURES, indicator(CHECKLIST, 10))
    found = explain([registered(), judged("a"), judged("b", holds=False)], by, TODAY, society=SOCIETY).indicators[0]

    assert found.arithmetic.say("en") == (
        "a: yes (4): 4 of 10 points; 3 points cannot be told yet: nothing is recorded of c"
    )
    assert found.missing is not None
    assert found.missing.say("en") == (
        "Still to be earned: b: yes (3), c: yes (3); what is unknown: A record of c would show it"
    )
    assert "{" not in found.arithmetic.say("zh") + found.missing.say("zh")


def test_of_a_sum_a_part_that_cannot_be_told_says_so() -> None:
    by = policy(
        {**MEASURES, "members": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}}},
        indicator(
            {
                "kind": "sum",
                "parts": {
                    "size": {"points": 4, "score": {"kind": "linear", "measure": "members", "full_at": 4}},
                    "rules": {"title": TEXT, "points": 6, "score": {"kind": "yes", "when": is_one("c")}},
                },
            },
            10,
        ),
    )
    found = explain([registered(), admitted(number=2)], by, TODAY, society=SOCIETY).indicators[0]

    assert found.arithmetic.say("en") == (
        "text: 2, in proportion from 0 (none) to 4 (all): 2 of 4 points, text: cannot be told yet; "
        "together 2 of 10 points; 6 points cannot be told yet: nothing is recorded of c"
    )

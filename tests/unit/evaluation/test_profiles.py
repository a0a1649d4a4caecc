"""A profile gives sections and indicators another worth; what it makes of the policy must add up like the policy."""

from typing import Any

import pytest

from services.evaluation.domain import Outcome, Policy, check_policy, rate_history
from services.evaluation.domain.points import decimal_text
from tests.unit.evaluation.histories import SOCIETY, TODAY, admitted, told
from tests.unit.evaluation.little import TEXT, document, indicator, policy

Spec = dict[str, Any]
MEASURES: Spec = {
    "members": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}},
    "discipline": {"fold": "latest", "events": ["membership.society-registered.v1"], "field": "discipline"},
}
HALF = {"kind": "linear", "measure": "members", "full_at": 10}
MEDICINE = {"measure": "discipline", "equals": "medicine"}


def line(name: str, group: str, points: int | None = None, weight: str | None = None) -> Spec:
    made = indicator(HALF, points or 0, id=name, group=group)
    return made if weight is None else {key: one for key, one in made.items() if key != "points"} | {"weight": weight}


BY_POINTS = [line("a", "basis", 10), line("b", "basis", 30), line("c", "work", 60)]
POINTS = {"basis": TEXT | {"points": 40}, "work": TEXT | {"points": 60}}
NESTED = {"basis": TEXT, "deep": TEXT | {"within": "basis"}, "work": TEXT}
BY_DEPTH = [line("a", "basis", 10), line("b", "deep", 20), line("d", "deep", 10), line("c", "work", 60)]
BY_WEIGHT = [line("a", "basis", weight="25%"), line("b", "basis", weight="75%"), line("c", "work", weight="100%")]
WEIGHTS = {"basis": TEXT | {"weight": "40%"}, "work": TEXT | {"weight": "60%"}}


def profile(**changes: Any) -> Spec:
    return {"id": "p", "title": TEXT, "clause": "一", "when": MEDICINE, **changes}


def fulls(tree: Spec, lines: list[Spec], **changes: Any) -> dict[str, str]:
    by = policy(MEASURES, *lines, points=100, groups=tree, profiles=[profile(**changes)])
    registered = told("membership.society-registered", "2017-01-01", name="学会", discipline="medicine")
    rating = rate_history([registered, admitted(number=5)], by, TODAY)

    assert rating.profile == "p"
    assert rating.total - 500_000 in (0, 1)  # half of everything, each rounded up, whatever it is worth
    return {one.indicator: decimal_text(one.max) for one in rating.findings}


@pytest.mark.parametrize(
    ("groups", "lines", "changes", "expected"),
    [
        # What lies within keeps its part: a quarter and three quarters of the basis.
        (POINTS, BY_POINTS, {"groups": {"basis": {"points": 60}, "work": {"points": 40}}}, "15 45 40"),
        (POINTS, BY_POINTS, {"groups": {"basis": {"points": 100}, "work": {"points": 0}}}, "25 75 0"),
        (
            POINTS,
            BY_POINTS,
            {"groups": {"basis": {"points": 60}, "work": {"points": 40}}, "points": {"a": 20, "b": 40}},
            "20 40 40",
        ),
        # a 10, and b 20 and d 10 one deeper: of 80 they have 20, 40, 20.
        (NESTED, BY_DEPTH, {"groups": {"basis": {"points": 80}, "work": {"points": 20}}}, "20 40 20 20"),
        (NESTED, BY_DEPTH, {"groups": {"deep": {"points": 40}}, "points": {"a": 10}}, None),
        (NESTED, BY_DEPTH, {"groups": {"deep": {"points": 15}}, "points": {"a": 25}}, "25 10 5 60"),
        (WEIGHTS, BY_WEIGHT, {"groups": {"basis": {"weight": "30%"}, "work": {"weight": "70%"}}}, "7.5 22.5 70"),
        (WEIGHTS, BY_WEIGHT, {"weights": {"a": "50%", "b": "50%"}}, "20 20 60"),
        (
            WEIGHTS,
            BY_WEIGHT,
            {"weights": {"a": "1/3", "b": "2/3"}, "groups": {"basis": {"weight": "1/2"}, "work": {"weight": "1/2"}}},
            "16.6667 33.3333 50",
        ),
    ],
)
def test_a_profile_gives_other_points_weights_and_sections(
    groups: Spec, lines: list[Spec], changes: Spec, expected: str | None
) -> None:
    if expected is None:
        assert flaws(groups, lines, **changes)
    else:
        assert " ".join(fulls(groups, lines, **changes).values()) == expected


def test_what_a_profile_leaves_no_points_does_not_apply() -> None:
    by = policy(
        MEASURES,
        *BY_POINTS,
        points=100,
        groups=POINTS,
        profiles=[profile(groups={"basis": {"points": 100}, "work": {"points": 0}})],
    )
    registered = told("membership.society-registered", "2017-01-01", name="学会", discipline="medicine")
    rating = rate_history([registered], by, TODAY, society=SOCIETY)

    assert [one.outcome for one in rating.findings][2] is Outcome.NOT_APPLICABLE
    assert decimal_text(rating.max) == "100"


def flaws(tree: Spec, lines: list[Spec], **changes: Any) -> list[tuple[str, str]]:
    checked = check_policy(document(MEASURES, *lines, points=100, groups=tree, profiles=[profile(**changes)]))
    return [] if isinstance(checked, Policy) else [(error.path, error.sentence.say("en")) for error in checked]


@pytest.mark.parametrize(
    ("groups", "lines", "changes", "path", "message"),
    [
        (
            POINTS,
            BY_POINTS,
            {"groups": {"basis": {"points": 60}}},
            "profiles.0.groups",
            "The points of the indicators add up to 120, not to 100",
        ),
        (
            POINTS,
            BY_POINTS,
            {"groups": {"basis": {"points": 40}}, "points": {"a": 20}},
            "profiles.0.groups.basis",
            "The points of its parts add up to 50, not to 40",
        ),
        (
            WEIGHTS,
            BY_WEIGHT,
            {"weights": {"a": "50%"}},
            "profiles.0.weights",
            "The weights of its parts add up to 125 %, not to 100 %",
        ),
        (
            WEIGHTS,
            BY_WEIGHT,
            {"groups": {"basis": {"weight": "30%"}}},
            "profiles.0.groups",
            "The weights of its parts add up to 90 %, not to 100 %",
        ),
        (
            WEIGHTS,
            BY_WEIGHT,
            {"points": {"a": 10}},
            "profiles.0.points",
            "Its parts have now points, now weights: all must have the one or the other",
        ),
        (POINTS, BY_POINTS, {"groups": {"x": {"points": 1}}}, "profiles.0.groups.x", "x is not one of: basis, work"),
        (POINTS, BY_POINTS, {"weights": {"x": "1%"}}, "profiles.0.weights.x", "x is not one of: a, b, c"),
        (POINTS, BY_POINTS, {}, "profiles.0", "a profile changes points or weights of indicators, or groups"),
        (
            POINTS,
            BY_POINTS,
            {"groups": {"basis": {}}},
            "profiles.0.groups.basis",
            "under a profile a group has points or a weight",
        ),
        (
            POINTS,
            BY_POINTS,
            {"points": {"a": 1}, "weights": {"a": "1%"}},
            "profiles.0",
            "an indicator has either points or a weight",
        ),
    ],
)
def test_a_profile_that_does_not_add_up_is_named_with_its_sum(
    groups: Spec, lines: list[Spec], changes: Spec, path: str, message: str
) -> None:
    assert flaws(groups, lines, **changes) == [(path, message)]

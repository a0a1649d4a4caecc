"""A policy that is in order may still hardly be meant so: its author is warned, and what is meant is left alone."""

from typing import Any

import pytest

from services.evaluation.domain import proofread
from services.evaluation.shipped import SHIPPED, text_of
from tests.unit.evaluation.little import TEXT, document, indicator

Spec = dict[str, Any]
MEASURES: Spec = {
    "held": {"fold": "count", "events": ["events.activity-held.v1"]},
    "level": {
        "fold": "best",
        "events": ["events.activity-held.v1"],
        "field": "level",
        "ranking": ["national", "society"],
    },
    "staff": {"fold": "latest", "events": ["membership.secretariat-recorded.v1"], "field": "full_time_staff"},
    "office": {
        "fold": "latest",
        "events": ["membership.secretariat-recorded.v1"],
        "field": "own_office",
        "absent": "zero",
    },
}


def at(measure: str, **asked: Any) -> Spec:
    return {"measure": measure, **asked}


def warned(score: Spec, **more: Any) -> list[tuple[str, str]]:
    """What an author is warned of, but for the measures that a little policy has for others."""
    checked = proofread(document(MEASURES, indicator(score), **more))
    assert not checked.faults, checked.faults
    assert all(one.sentence.say("zh") != one.sentence.say("en") for one in checked.warnings)
    return [(one.path, one.sentence.say("en")) for one in checked.warnings if not one.path.startswith("measures.")]


def cases(*pairs: tuple[Spec, int], kind: str = "cases") -> Spec:
    return {"kind": kind, "cases": [{"when": when, "points": points} for when, points in pairs]}


NEVER_PAID = "This case is never paid: whenever it holds, another one holds that pays no less"
NEVER_REACHED = "This case is never reached: whenever it holds, an earlier one holds"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (at("held", at_least=1), at("held", at_least=3)),
        (at("held", at_least=1), at("held", more_than=1)),
        (at("held", more_than=1), at("held", at_least=2)),
        (at("held", at_most=5), at("held", less_than=5)),
        (at("held", at_least=1), at("held", at_least=2, at_most=4)),
        (at("held", at_least=1), at("held", equals=2)),
        (at("level", one_of=["national", "society"]), at("level", equals="national")),
        ({"any": [at("held", at_least=1), at("staff", at_least=1)]}, at("staff", at_least=2)),
        (at("held", at_least=1), {"all": [at("held", at_least=1), at("staff", at_least=2)]}),
        ({"part": "held", "whole": "staff", "at_least": "1/2"}, {"part": "held", "whole": "staff", "at_least": "3/4"}),
        ({"not": at("held", at_least=3)}, {"not": at("held", at_least=1)}),
    ],
)
def test_a_case_that_another_always_outdoes_is_never_paid(better: Spec, worse: Spec) -> None:
    assert warned(cases((better, 100), (worse, 4))) == [("indicators.0.score.cases.1", NEVER_PAID)]
    assert warned(cases((better, 4), (worse, 100))) == []


def test_a_case_behind_one_that_always_holds_with_it_is_never_reached() -> None:
    values = [{"when": at("held", at_least=1), "value": 1}, {"when": at("held", at_least=3), "value": 2}]
    figures = {"f": {"figure": "cases", "title": TEXT, "cases": values}}
    score = {"kind": "linear", "measure": "f", "full_at": 2}

    assert warned(score, figures=figures) == [("figures.f.cases.1", NEVER_REACHED)]
    assert warned(score, figures={"f": figures["f"] | {"cases": values[::-1]}}) == []


def test_a_special_case_and_a_profile_are_reached_in_their_order() -> None:
    special = [{"when": at("held", at_least=1), "points": 0}, {"when": at("held", at_least=2), "points": 9}]
    entries = {"a": {"when": at("staff", at_least=1), "points": 100}}
    profiles = [
        {"id": name, "clause": "一", "title": TEXT, "when": at("held", at_least=least), "points": {"one": 100}}
        for name, least in (("a", 1), ("b", 2))
    ]

    found = warned({"kind": "checklist", "entries": entries, "special": special}, profiles=profiles)

    assert found == [("indicators.0.score.special.1", NEVER_REACHED), ("profiles.1", NEVER_REACHED)]


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (at("held", at_least=0), "This always holds: held is never less than 0"),
        (at("held", more_than=-1), "This always holds: held is never less than 0"),
        (at("office", at_most=1), "This always holds: office lies from 0 to 1"),
    ],
)
def test_a_condition_that_every_value_meets_is_told(condition: Spec, why: str) -> None:
    found = warned({"kind": "yes", "when": {"all": [condition, at("staff", at_least=1)]}})

    assert found == [("indicators.0.score.when.all.0", why)]


def test_a_condition_that_asks_whether_a_value_is_known_is_no_condition_that_always_holds() -> None:
    assert warned({"kind": "yes", "when": at("staff", at_least=0)}) == []


def test_measures_and_figures_that_nothing_uses_are_told() -> None:
    figures = {"f": {"figure": "formula", "title": TEXT, "formula": "held + 1"}}
    text = document(MEASURES, indicator({"kind": "yes", "when": at("staff", at_least=1)}), figures=figures)

    assert [one.sentence.say("en") for one in proofread(text).warnings] == [
        "Nothing uses the measure level",
        "Nothing uses the measure office",
        "Nothing uses the figure f",
    ]


def test_words_of_one_title_are_told() -> None:
    words = {"good": {"zh": "好", "en": "Good"}, "fine": {"zh": "好 ", "en": "Fine"}, "poor": "差"}
    text = document(MEASURES, indicator({"kind": "yes", "when": at("staff", at_least=1)}), words=words)

    assert "fine has the title of good: who enters it cannot say which is meant" in [
        one.sentence.say("en") for one in proofread(text).warnings
    ]


@pytest.mark.parametrize("policy", SHIPPED)
def test_no_policy_that_comes_with_the_platform_is_warned_of(policy: str) -> None:
    assert proofread(text_of(policy)).warnings == []


def test_strictly_every_warning_is_a_fault() -> None:
    checked = proofread(document(MEASURES, indicator({"kind": "yes", "when": at("staff", at_least=1)})))

    assert checked.policy is not None
    assert checked.strictly().policy is None
    assert checked.strictly().faults == checked.warnings

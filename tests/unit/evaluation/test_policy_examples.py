"""A policy is tried on the examples of its own file: records, judgements or measures, and what must come of them."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Tried, load_policy, proofread, try_examples
from services.evaluation.shipped import SHIPPED, text_of
from tests.unit.evaluation.little import document, indicator

Spec = dict[str, Any]
DAY = date(2026, 6, 30)
MEASURES: Spec = {
    "held": {
        "fold": "count",
        "events": ["events.activity-held.v1"],
        "where": {"kind": "lecture"},
        "window": {"years": 1},
    },
    "level": {
        "fold": "best",
        "events": ["evaluation.assessment-recorded.v1"],
        "where": {"item": "task"},
        "field": "word",
        "ranking": ["lead", "part"],
        "absent": "unknown",
    },
}


def text(*examples: Spec) -> str:
    held = indicator({"kind": "capped-count", "measure": "held", "each": 10, "up_to": 6}, 60, id="held")
    level = indicator({"kind": "best", "measure": "level", "table": {"lead": 40, "part": "50%"}}, 40, id="level")
    return document(MEASURES, held, level, examples=list(examples))


def tried(given: Spec, **expected: Any) -> Tried:
    (one,) = try_examples(load_policy(text({"given": given, "expected": expected})), DAY)
    return one


def lecture(on: str, **more: Any) -> Spec:
    return {"event": "events.activity-held.v1", "on": on, "kind": "lecture", **more}


def test_records_and_judgements_are_counted_as_those_of_the_services_are() -> None:
    given = {
        "records": [lecture("2026-01-01"), lecture("2025-06-30"), lecture("2026-06-30", attendance=9)],
        "judgements": [{"item": "task", "word": "part", "kind": "participation"}],
    }

    one = tried(given, total=40, indicators={"held": 20, "level": {"points": 20, "open": 0, "outcome": "partly"}})

    assert one.passed, [each for each in one.compared if not each.passed]


def test_measures_are_taken_as_they_are_given() -> None:
    assert tried({"measures": {"held": 6, "level": "lead"}}, total=100, completeness=1, grade="good").passed
    unknown = tried({"measures": {"held": 6}}, indicators={"level": "unknown"}, completeness="0.6", max=100, vetoes=[])
    assert unknown.passed, unknown


def test_what_came_out_otherwise_is_told_with_what_was_expected_and_the_arithmetic() -> None:
    one = tried({"measures": {"held": 2, "level": "lead"}}, total=61, indicators={"held": 21})

    assert [(each.path, each.expected, each.got) for each in one.compared] == [
        ("indicators.held", "21", "20"),
        ("total", "61", "60"),
    ]
    assert not one.passed
    assert one.compared[0].arithmetic is not None


@pytest.mark.parametrize(
    ("example", "path", "message"),
    [
        ({"given": {}, "expected": {}}, "examples.0.expected", "an example expects something"),
        (
            {"given": {"records": [lecture("2026-01-01", kinds="x")]}, "expected": {"total": 0}},
            "examples.0.given.records.0.kinds",
            "events.activity-held.v1 has no field kinds; is kind meant?",
        ),
        (
            {"given": {"records": [lecture("2026-01-01") | {"kind": "lectures"}]}, "expected": {"total": 0}},
            "examples.0.given.records.0.kind",
            "is lecture meant?",
        ),
        (
            {"given": {"records": [{"event": "events.activity-hold.v1"}]}, "expected": {"total": 0}},
            "examples.0.given.records.0.event",
            "is events.activity-held.v1 meant?",
        ),
        (
            {"given": {"measures": {"holds": 1}}, "expected": {"total": 0}},
            "examples.0.given.measures.holds",
            "There is no measure holds",
        ),
        (
            {"given": {"measures": {"level": "led"}}, "expected": {"total": 0}},
            "examples.0.given.measures.level",
            "led is not one of: lead, part",
        ),
        (
            {"given": {"judgements": [{"item": "task"}]}, "expected": {"total": 0}},
            "examples.0.given.judgements.0",
            "a judgement says one of number, word, holds",
        ),
        (
            {"given": {}, "expected": {"indicators": {"hold": 1}}},
            "examples.0.expected.indicators.hold",
            "is held meant?",
        ),
        ({"given": {}, "expected": {"grade": "goood"}}, "examples.0.expected.grade", "is good meant?"),
    ],
)
def test_an_example_that_names_what_is_not_there_is_a_fault(example: Spec, path: str, message: str) -> None:
    found = [(one.path, one.sentence.say("en")) for one in proofread(text(example)).faults]

    assert any(where == path and message in why for where, why in found), found


@pytest.mark.parametrize("policy", SHIPPED)
def test_every_policy_that_comes_with_the_platform_has_examples_that_come_out(policy: str) -> None:
    found = try_examples(load_policy(text_of(policy)), DAY)

    assert found
    assert [(one.number, each) for one in found for each in one.compared if not each.passed] == []

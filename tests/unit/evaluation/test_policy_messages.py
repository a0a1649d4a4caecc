"""What a policy's author is told says what would be right, in both languages, at the line of the key that is wrong."""

import re
from typing import Any

import pytest

from services.evaluation.domain import Policy, PolicyError, check_policy
from tests.unit.evaluation.little import TEXT, document, indicator

Spec = dict[str, Any]
MEETINGS = {"fold": "count", "events": ["membership.meeting-held.v1"]}
YES = {"kind": "yes", "when": {"measure": "m", "at_least": 1}}
CLOCK = {
    "clock": "at-least", "id": "c", "clause": "一", "title": TEXT, "remedy": TEXT,
    "told": {"event": "membership.meeting-held.v1"}, "per": "year",
}  # fmt: skip


def mistakes(score: Spec | None = None, measures: Spec | None = None, **more: Any) -> list[PolicyError]:
    whole = document({"m": MEETINGS} | (measures or {}), indicator(score or YES), **more)
    checked = check_policy(whole)
    return [] if isinstance(checked, Policy) else checked


def said(errors: list[PolicyError]) -> list[tuple[str, str]]:
    return [(error.path, error.sentence.say("en")) for error in errors]


@pytest.mark.parametrize(
    ("arguments", "path", "message"),
    [
        ({"clocks": [CLOCK | {"per": "month"}]}, "clocks.0.per", "per: month is not one of: year, half-year, quarter"),
        (
            {"clocks": [CLOCK | {"severity": "grave"}]},
            "clocks.0.severity",
            "severity: grave is not one of: light, serious",
        ),
        (
            {"measures": {"n": MEETINGS | {"window": "fortnight"}}},
            "measures.n.window",
            "a window is calendar-year, or days, months, years, calendar_years, or from and until",
        ),
        (
            {"measures": {"n": MEETINGS | {"window": 7}}},
            "measures.n.window",
            "a window is calendar-year, or days, months, years, calendar_years, or from and until",
        ),
        (
            {"measures": {"n": MEETINGS | {"absent": "none"}}},
            "measures.n.absent",
            "absent: none is not one of: zero, unknown",
        ),
        (
            {"measures": {"n": MEETINGS | {"events": "membership.meeting-held.v1"}}},
            "measures.n.events",
            "events is not a list",
        ),
        ({"vetoes": {}}, "vetoes", "vetoes is not a list"),
        (
            {"extras": {"over_full": "perhaps"}},
            "extras.over_full",
            "over_full: perhaps is neither true nor false",
        ),
        (
            {"score": YES | {"kind": True}},
            "indicators.0.score.kind",
            "kind: put the word in quotes; without them YAML reads yes and no as true and false",
        ),
        (
            {"measures": {"n": MEETINGS | {"fold": "counts"}}},
            "measures.n.fold",
            "Unknown kind counts; is count meant? There are: best, count,",
        ),
        (
            {"clocks": [CLOCK | {"clock": "atleast"}]},
            "clocks.0.clock",
            "Unknown kind atleast; is at-least meant? There are: ahead, at-least,",
        ),
        (
            {"measures": {"n": MEETINGS | {"events": ["membership.meetings-held.v1"]}}},
            "measures.n.events.0",
            "There is no event membership.meetings-held.v1; is membership.meeting-held.v1 meant?",
        ),
        (
            {"measures": {"n": MEETINGS | {"where": {"organs": "council"}}}},
            "measures.n.where.organs",
            "membership.meeting-held.v1 has no field organs; is organ meant?",
        ),
        (
            {"measures": {"best-level": MEETINGS}, "score": {"kind": "formula", "formula": "best-level * 2"}},
            "indicators.0.score.formula",
            "There is no measure best; best-level cannot stand in a formula: write it with underscores",
        ),
        (
            {"score": {"kind": "deductions", "deduct": {"m": {"each": -26}}}},
            "indicators.0.score.deduct.m.each",
            "each: -26 cannot stand here: write 26: deductions are taken off by themselves",
        ),
    ],
)
def test_a_mistake_is_told_with_what_would_be_right(arguments: Spec, path: str, message: str) -> None:
    errors = mistakes(**arguments)

    assert any(where == path and message in why for where, why in said(errors)), said(errors)
    assert all(re.search("[\u4e00-\u9fff]", error.sentence.say("zh")) for error in errors)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: b\n\tc: d", 2, "This is not YAML, at column 1: a sign that begins nothing, such as a tab, % or @"),
        ("a: b: c", 1, "This is not YAML, at column 5: a colon where none can be: put texts with a colon in quotes"),
        ("a: {b: 1", 1, "This is not YAML, at column 9: a bracket that is never closed, or a comma that is missing"),
        ("a: [1, 2\nb: 3", 1, "the bracket that opens here is never closed, or a comma is missing before line 2"),
        ("a: 'b", 1, "the quotation mark that opens here is never closed"),
        ("a: 1\n  b: 2", 2, "the indentation is not that of the lines above it"),
        ("a: 1\n- b", 2, "the indentation is not that of the lines above it"),
        ("a:\n  b: 1\n c: 2", 3, "the indentation is not that of the lines above it"),
        ("a: 1\nb\nc: 2", 3, "This is not YAML, at column 1: a key without its colon"),
        ('a: "\\q"', 1, "This is not YAML, at column 6: a backslash that YAML cannot read: use single quotes"),
        ("a: 1\n---\nb: 2", 2, "This is not YAML, at column 1: more than one document: a policy is a file of one"),
        ("a: 1\nb: \x07", 2, "This is not YAML, at column 4: a character that YAML does not allow"),
        ("a: ]", 1, "This is not YAML, at column 4: the text ends, or a bracket closes, where a value should stand"),
        ("%YAML 2.0\n--- a", 1, "This is not YAML, at column 1: what stands here is not as YAML wants it"),
    ],
)
def test_what_is_no_yaml_is_told_in_both_languages(text: str, line: int, message: str) -> None:
    (error,) = mistakes_of(text)

    assert (error.line, error.sentence.say("en")[: len(message)]) == (line, message)
    assert not re.search("[a-z]{4}", error.sentence.say("zh").replace("policy", ""))  # no English of the parser


def mistakes_of(text: str) -> list[PolicyError]:
    checked = check_policy(text)
    assert isinstance(checked, list)
    return checked

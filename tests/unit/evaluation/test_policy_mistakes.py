"""Mistakes in the parts of a policy beyond measures and tiers: each named, all at once, in both languages."""

import json
import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.domain import Policy, PolicyError, check_policy, rate_history
from services.evaluation.domain.marked_yaml import read
from tests.unit.evaluation.histories import TODAY, registered
from tests.unit.evaluation.little import TEXT, document, indicator

Spec = dict[str, Any]
MEASURES: Spec = {
    "members": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}},
    "level": {
        "fold": "best",
        "events": ["events.activity-held.v1"],
        "field": "level",
        "ranking": ["international", "national"],
    },
}
SYSTEMS = Path("tests/unit/evaluation/systems")
ENOUGH = {"measure": "members", "at_least": 1}
CLOCK = {
    "clock": "yearly", "id": "report", "clause": "二", "title": TEXT, "remedy": TEXT, "by": "03-31",
    "told": {"event": "membership.work-report-filed.v1"},
}  # fmt: skip
VETO = {"id": "v", "clause": "二", "title": TEXT, "when": ENOUGH}


def mistakes(score: Spec | None = None, measures: Spec | None = None, **more: Any) -> list[PolicyError]:
    whole = document(MEASURES | (measures or {}), indicator(score or {"kind": "yes", "when": ENOUGH}), **more)
    checked = check_policy(whole)
    assert isinstance(checked, list)
    lines = whole.splitlines()
    for error in checked:
        assert 1 <= error.line <= len(lines)
        assert error.sentence.say("zh") != error.sentence.say("en")
    return checked


def said(*args: Any, **more: Any) -> list[tuple[str, str]]:
    return [(error.path, error.sentence.say("en")) for error in mistakes(*args, **more)]


def formula(text: str) -> Spec:
    return {"figure": "formula", "title": TEXT, "formula": text}


@pytest.mark.parametrize(
    ("figures", "path", "message"),
    [
        ({"f": formula("members / nobody")}, "figures.f.formula", "There is no measure nobody"),
        ({"f": formula("member * 2")}, "figures.f.formula", "There is no measure member; is members meant?"),
        ({"f": formula("level * 2")}, "figures.f.formula", "level is a word, where a number is needed"),
        ({"members": formula("1")}, "figures.members", "There is a measure members already"),
        ({"f": formula("g"), "g": formula("f")}, "figures.f", "These look at one another in a circle: f, g, f"),
        ({"f": formula("2 **")}, "figures.f.formula", "a formula is made of names, numbers, + - * / ( ), min(a, b),"),
        (
            {
                "f": {
                    "figure": "bands",
                    "title": TEXT,
                    "of": "members",
                    "bands": [{"at_least": 0, "below": 9, "value": 1}, {"at_least": 10, "value": "many"}],
                }
            },
            "figures.f.bands.0.below",
            "A gap: this band ends at 9, the next begins at 10",
        ),
        (
            {"f": {"figure": "table", "title": TEXT, "of": "level", "table": {"world": 3}}},
            "figures.f.of",
            "world is not one of: international, national",
        ),
        (
            {"f": {"figure": "guess", "title": TEXT}},
            "figures.f.figure",
            "Unknown kind guess; there are: bands, cases, formula,",
        ),
    ],
)
def test_a_figure_that_cannot_be_worked_out_is_named(figures: Spec, path: str, message: str) -> None:
    found = said(figures=figures)

    assert any(where == path and message in why for where, why in found), found


@pytest.mark.parametrize(
    ("score", "path", "message"),
    [
        (
            {
                "kind": "sum",
                "parts": {"a": {"points": "100%", "score": {"kind": "linear", "measure": "x", "full_at": 1}}},
            },
            "indicators.0.score.parts.a.score.measure",
            "There is no measure x",
        ),
        (
            {"kind": "sum", "parts": {"a": {"points": 100, "score": {"kind": "guess"}}}},
            "indicators.0.score.parts.a.score.kind",
            "Unknown kind guess; there are: all-of, best,",
        ),
        (
            {"kind": "checklist", "entries": {"a": {"when": {"measure": "members"}, "points": 100}}},
            "indicators.0.score.entries.a.when",
            "a comparison needs at_least, at_most, more_than, less_than, equals or one_of",
        ),
        ({"kind": "formula", "formula": "full * x"}, "indicators.0.score.formula", "There is no measure x"),
        (
            {"kind": "yes", "when": {"measure": "members", "at_least": 3, "at_most": 2}},
            "indicators.0.score.when",
            "this can never hold: at_least is greater than at_most",
        ),
        ({"kind": "range", "measure": "members", "least": 5, "most": 1}, "indicators.0.score", "most must not be less"),
    ],
)
def test_a_mistake_inside_a_score_is_named_where_it_is(score: Spec, path: str, message: str) -> None:
    found = said(score)

    assert any(where == path and message in why for where, why in found), found


@pytest.mark.parametrize(
    ("more", "path", "message"),
    [
        (
            {"vetoes": [VETO | {"caps": {"zero": {"groups": ["h"]}}}]},
            "vetoes.0.caps.zero.groups.0",
            "h is not one of: g",
        ),
        (
            {"vetoes": [VETO | {"caps": {"zero": {"indicators": ["two"]}}}]},
            "vetoes.0.caps.zero.indicators.0",
            "two is not one of: one",
        ),
        (
            {"eligibility": [VETO | {"when": {"measure": "x", "at_least": 1}}]},
            "eligibility.0.when.measure",
            "There is no measure x",
        ),
        (
            {"profiles": [VETO | {"points": {"two": 100}}]},
            "profiles.0.points.two",
            "two is not one of: one",
        ),
        (
            {"sizes": {"clause": "五", "measure": "level", "classes": [{"id": "a", "title": TEXT, "at_least": 0}]}},
            "sizes.measure",
            "level is a word, where a number is needed",
        ),
        (
            {"validity": {"clause": "五", "years": 5, "begins": "tomorrow"}},
            "validity.begins",
            "begins: tomorrow is not one of: announcement, next-january",
        ),
        (
            {"grades": [{"id": "5A", "title": TEXT, "at_least": 101}], "extras": {"over_full": False}},
            "grades.0.at_least",
            "No society can reach 101: the most is 100",
        ),
        (
            {"eligibility": [VETO | {"when": {"clock": "report", "state": "breached"}}]},
            "eligibility.0.when.clock",
            "There is no clock report",
        ),
        (
            {"clocks": [CLOCK], "eligibility": [VETO | {"when": {"not": {"clock": "reports", "state": "due"}}}]},
            "eligibility.0.when.not.clock",
            "There is no clock reports; is report meant?",
        ),
        (
            {"clocks": [CLOCK], "eligibility": [VETO | {"when": {"clock": "report", "state": "lost"}}]},
            "eligibility.0.when.state",
            "state: lost is not one of: fulfilled, due, breached, late",
        ),
        (
            {"clocks": [CLOCK], "eligibility": [VETO | {"when": {"clock": "report", "state": "due", "at_least": 0}}]},
            "eligibility.0.when.at_least",
            "at_least: 0 is too small",
        ),
        ({"falsity": {"clause": "五", "answers": 0}}, "falsity.answers", "answers: 0 is too small"),
    ],
)
def test_a_mistake_in_what_stands_beside_the_indicators_is_named(more: Spec, path: str, message: str) -> None:
    assert (path, message) in said(**more)


@pytest.mark.parametrize(
    ("measure", "path", "message"),
    [
        (
            {"fold": "trimmed-mean", "events": ["events.activity-held.v1"], "field": "papers", "by": "expert"},
            "measures.m.by",
            "events.activity-held.v1 has no field expert",
        ),
        (
            {
                "fold": "maximum",
                "events": ["events.activity-held.v1"],
                "field": {"cases": [{"where": {"kind": "party"}, "value": 1}]},
            },
            "measures.m.field.cases.0.where.kind",
            "party is not one of: academic-meeting",
        ),
        (
            {"fold": "count", "events": ["evaluation.assessment-recorded.v1"], "where": {"answer": 2025}},
            "measures.m.where.answer",
            "2025 does not fit answer, which holds values of kind text; texts need quotes",
        ),
        (
            {"fold": "count", "events": ["evaluation.assessment-recorded.v1"], "where": {"holds": "true"}},
            "measures.m.where.holds",
            "true does not fit holds, which holds values of kind flag",
        ),
        (
            {"fold": "count", "events": ["events.activity-held.v1"], "where": {"kind": {"at_least": 1}}},
            "measures.m.where.kind",
            "kind of events.activity-held.v1 is of kind word; what can be used here: number",
        ),
        (
            {"fold": "count", "events": ["events.activity-held.v1"], "window": {"calendar_years": 1, "until": "13-01"}},
            "measures.m.window.until",
            "until: 13-01 cannot stand here: a day of the year is written MM-DD, such as 03-31",
        ),
        (
            {
                "fold": "years-running",
                "each": {"fold": "count", "events": ["events.nothing.v1"], "title": TEXT},
                "at_least": 1,
                "up_to": 3,
            },
            "measures.m.each.events.0",
            "There is no event events.nothing.v1",
        ),
    ],
)
def test_a_mistake_inside_a_measure_is_named_where_it_is(measure: Spec, path: str, message: str) -> None:
    found = said(measures={"m": measure})

    assert any(where == path and message in why for where, why in found), found


def test_mistakes_of_all_parts_are_told_at_once() -> None:
    found = said(
        {"kind": "formula", "formula": "full * x"},
        figures={"f": formula("nobody")},
        vetoes=[VETO | {"caps": {"zero": {"groups": ["h"]}}}],
        groups={"g": TEXT | {"points": 90}},
    )

    assert {path for path, _ in found} >= {
        "groups.g",
        "indicators.0.score.formula",
        "figures.f.formula",
        "vetoes.0.caps.zero.groups.0",
    }
    lines = [error.line for error in mistakes(groups={"g": TEXT | {"points": 90}}, vetoes=[VETO | {"caps": {"x": 1}}])]
    assert lines == sorted(lines)


WHOLES = [read(path.read_text(encoding="utf-8")).value for path in sorted(SYSTEMS.glob("*.yaml"))]
JUNK = st.sampled_from(
    [None, "", "x", "members", 0, -1, 7, "1/3", "50%", True, [], {}, ["x"], {"x": 1}, {"kind": "yes"}]
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """The text of a real policy with up to three parts replaced, renamed or left out."""
    whole = deepcopy(draw(st.sampled_from(WHOLES)))
    for _ in range(draw(st.integers(1, 3))):
        part, depth = whole, draw(st.integers(1, 6))
        while depth and isinstance(part, dict | list) and part:
            key = draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
            depth -= 1
            if depth and isinstance(part[key], dict | list) and part[key]:
                part = part[key]
                continue
            if isinstance(part, dict) and draw(st.booleans()):
                del part[key]
            else:
                part[key] = deepcopy(draw(JUNK))
            break
    text = json.dumps(whole, ensure_ascii=False, default=date.isoformat, indent=1)
    return re.sub(r'"(\d{4}-\d{2}-\d{2})"', r"\1", text)


@settings(max_examples=300)
@given(spoiled())
def test_no_spoiled_policy_is_too_much_for_the_check(text: str) -> None:
    checked = check_policy(text)

    if isinstance(checked, Policy):
        assert rate_history([registered()], checked, TODAY).max <= checked.full
    else:
        assert checked
        assert all(1 <= error.line <= text.count("\n") + 1 for error in checked)
        assert all(error.sentence.say(language) for error in checked for language in ("zh", "en"))

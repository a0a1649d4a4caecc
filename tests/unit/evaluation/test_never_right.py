"""What can never work is refused before anybody is rated by it: where it stands, and what would be right."""

from typing import Any

import pytest

from services.evaluation.domain import Policy, PolicyError, check_policy
from tests.unit.evaluation.little import TEXT, document, indicator

Spec = dict[str, Any]
CHECK, ASSESSED = "membership.annual-check-concluded.v1", "evaluation.assessment-recorded.v1"
HELD, SECRETARIAT = "events.activity-held.v1", "membership.secretariat-recorded.v1"
MEASURES: Spec = {
    "members": {"fold": "sum", "plus": {"membership.members-admitted.v1": "count"}},
    "meetings": {"fold": "count", "events": ["membership.meeting-held.v1"]},
    "conclusion": {"fold": "latest", "events": [CHECK], "field": "conclusion"},
    "finding": {"fold": "latest", "events": [ASSESSED], "field": "word"},
    "own_office": {"fold": "latest", "events": [SECRETARIAT], "field": "own_office"},
    "level": {"fold": "best", "events": [HELD], "field": "level", "ranking": ["international", "national"]},
    "years": {
        "fold": "years-running",
        "each": {"fold": "count", "events": [HELD], "title": TEXT},
        "at_least": 1,
        "up_to": 3,
    },
}
ENOUGH = {"measure": "members", "at_least": 1}
VETO = {"id": "v", "clause": "二", "title": TEXT, "when": ENOUGH}


def mistakes(score: Spec | None = None, measures: Spec | None = None, **more: Any) -> list[PolicyError]:
    whole = document(MEASURES | (measures or {}), indicator(score or {"kind": "yes", "when": ENOUGH}), **more)
    checked = check_policy(whole)
    if isinstance(checked, Policy):
        return []
    lines = whole.splitlines()
    for error in checked:
        # The line is that of the last key of the path.
        last = next(step for step in reversed(error.path.split(".")) if not step.isdigit())
        assert f'"{last}"' in lines[error.line - 1] or error.path.split(".")[-1].isdigit(), (error.path, error.line)
        assert error.sentence.say("zh") != error.sentence.say("en")
    return checked


def said(*args: Any, **more: Any) -> list[tuple[str, str]]:
    return [(error.path, error.sentence.say("en")) for error in mistakes(*args, **more)]


def asks(measure: str, **asked: Any) -> Spec:
    return {"kind": "yes", "when": {"measure": measure, **asked}}


WHEN = "indicators.0.score.when.measure"


@pytest.mark.parametrize(
    ("score", "path", "message"),
    [
        (asks("conclusion", at_least=1), WHEN, "conclusion is a word, where a number is needed"),
        (asks("finding", more_than=1), WHEN, "finding is a word, where a number is needed"),
        (
            {"kind": "linear", "measure": "finding", "full_at": 3},
            "indicators.0.score.measure",
            "finding is a word, where a number is needed",
        ),
        (
            {"kind": "share", "part": "level", "whole": "members", "at_least": "1/2"},
            "indicators.0.score.part",
            "level is a word, where a number is needed",
        ),
        (asks("own_office", equals="true"), WHEN, "own_office is yes or no, which are 1 and 0, and never true"),
        (asks("own_office", equals=2), WHEN, "own_office is yes or no, which are 1 and 0, and never 2"),
        (
            asks("own_office", equals=True),
            "indicators.0.score.when.equals",
            "equals: true cannot stand here: yes and no are 1 and 0 here; a word",
        ),
        (asks("meetings", equals="many"), WHEN, "meetings is a number, and never many"),
        (asks("meetings", one_of=[1, "many"]), WHEN, "meetings is a number, and never many"),
        (asks("conclusion", equals="pass"), WHEN, "pass is not one of: passed, barely-passed, failed"),
        (asks("conclusion", equals=0), WHEN, "0 is not one of: passed, barely-passed, failed"),
        (asks("finding", equals="Very Good"), WHEN, "finding can never be Very Good: it has the form"),
        (asks("meetings", at_most=-1), WHEN, "this can never hold: meetings is never less than 0"),
        (asks("meetings", less_than=0), WHEN, "this can never hold: meetings is never less than 0"),
        (asks("years", at_least=4), WHEN, "this can never hold: years lies from 0 to 3"),
        (asks("years", more_than=3), WHEN, "this can never hold: years lies from 0 to 3"),
        (asks("years", equals=4), WHEN, "this can never hold: years lies from 0 to 3"),
        (
            {"kind": "best", "measure": "members", "table": {"lead": 100}},
            "indicators.0.score.measure",
            "members is a number, and never lead",
        ),
        ({"kind": "first-then", "measure": "members", "first": 40, "then": 0}, "indicators.0.score.then", "The best"),
    ],
)
def test_a_measure_is_never_asked_for_what_it_cannot_be(score: Spec, path: str, message: str) -> None:
    found = said(score)

    assert any(where == path and why.startswith(message) for where, why in found), found


@pytest.mark.parametrize(
    "score",
    [
        asks("own_office", equals=1),
        asks("own_office", one_of=[0, 1]),
        asks("level", equals=0),  # nothing on record says no word
        asks("finding", equals="very-good"),
        asks("finding", equals=2025),  # a text of digits is a number
        asks("meetings", at_most=0),
        asks("years", at_least=3),
        {"kind": "best", "measure": "meetings", "table": {"1": 50, "2": 100}},
        {"kind": "best", "measure": "level", "table": {"national": 50, "international": 100}},
    ],
)
def test_what_it_can_be_is_no_mistake(score: Spec) -> None:
    assert mistakes(score) == []


EACH = {"fold": "latest", "events": [CHECK], "field": "conclusion", "title": TEXT}
FLAG = {"fold": "latest", "events": [SECRETARIAT], "field": "own_office", "title": TEXT}
RUNNING = {"fold": "years-running", "up_to": 3}


@pytest.mark.parametrize(
    ("measure", "path", "message"),
    [
        (
            {**RUNNING, "each": EACH, "equals": "pass"},
            "measures.m.equals",
            "pass is not one of: passed, barely-passed, failed",
        ),
        (
            {**RUNNING, "each": EACH, "at_least": 1},
            "measures.m.each",
            "each of m is a word, where a number is needed",
        ),
        (
            {**RUNNING, "each": FLAG, "equals": "true"},
            "measures.m.equals",
            "each of m is yes or no, which are 1 and 0, and never true",
        ),
        (
            {"fold": "count", "events": [ASSESSED], "where": {"item": "Members Home"}},
            "measures.m.where.item",
            "item of evaluation.assessment-recorded.v1 can never be Members Home: it has the form",
        ),
        (
            {"fold": "count", "events": [ASSESSED], "where": {"item": {"none_of": ["Ok?"]}}},
            "measures.m.where.item",
            "item of evaluation.assessment-recorded.v1 can never be Ok?: it has the form",
        ),
        (
            {"fold": "best", "events": [ASSESSED], "field": "word", "ranking": ["Lead"]},
            "measures.m.ranking",
            "word of evaluation.assessment-recorded.v1 can never be Lead: it has the form",
        ),
        (
            {"fold": "count", "events": [HELD], "window": {"calendar_years": 1, "from": "07-01", "until": "05-31"}},
            "measures.m.window",
            "The dates cross: until lies before from",
        ),
    ],
)
def test_a_measure_that_can_never_find_anything_is_refused(measure: Spec, path: str, message: str) -> None:
    found = said(measures={"m": measure})

    assert any(where == path and why.startswith(message) for where, why in found), found


def test_a_judged_item_is_written_as_judgements_name_it() -> None:
    home = {"fold": "count", "events": [ASSESSED], "where": {"item": "members-home"}}

    assert mistakes(measures={"m": home}) == []


BONUS = indicator({"kind": "range", "measure": "members", "most": 10}, 10, id="bonus", extra=True)
GRADE = {"id": "5A", "title": TEXT}


def graded(floor: int | str, **more: Any) -> list[tuple[str, str]]:
    whole = document(
        MEASURES,
        indicator({"kind": "yes", "when": ENOUGH}),
        BONUS,
        points=100,
        grades=[GRADE | {"at_least": floor}],
        **more,
    )
    checked = check_policy(whole)
    return [] if isinstance(checked, Policy) else [(error.path, error.sentence.say("en")) for error in checked]


@pytest.mark.parametrize(
    ("floor", "extras", "most"),
    [
        (110, None, None),
        (111, None, "110"),
        (185, None, "110"),
        ("110%", None, None),
        ("111%", None, "110"),
        (103, {"up_to": 3, "over_full": True}, None),
        (104, {"up_to": 3, "over_full": True}, "103"),
        (101, {"up_to": 3, "over_full": False}, "100"),
        (100, {"up_to": 3, "over_full": False}, None),
    ],
)
def test_a_grade_begins_where_somebody_can_come(floor: int | str, extras: Spec | None, most: str | None) -> None:
    found = graded(floor, **({} if extras is None else {"extras": extras}))

    assert [why.rpartition(": ")[2] for _, why in found] == ([] if most is None else [f"the most is {most}"])


@pytest.mark.parametrize(
    ("more", "path", "message"),
    [
        ({"vetoes": [VETO | {"caps": {}}]}, "vetoes.0.caps", "This veto takes nothing away"),
        ({"vetoes": [VETO | {"caps": {"zero": {"whole": False}}}]}, "vetoes.0.caps", "This veto takes nothing away"),
        ({"vetoes": [VETO | {"caps": {"lower": 1}}], "grades": []}, "vetoes.0.caps.lower", "There are no grades"),
        ({"vetoes": [VETO | {"caps": {"lower": 1}}] * 2}, "vetoes.1.id", "There are two vetoes v"),
        ({"eligibility": [VETO] * 2}, "eligibility.1.id", "There are two requirements v"),
        ({"groups": {"g": TEXT, "empty": TEXT}}, "groups.empty", "No indicator lies in it"),
        (
            {"validity": {"clause": "五", "years": 5, "begins": "announcement", "again_in_last": 6}},
            "validity.again_in_last",
            "again_in_last is more than the 5 years of validity",
        ),
        (
            {"validity": {"clause": "五", "years": 5, "begins": "announcement"}, "grades": []},
            "validity",
            "There are no grades that could be valid",
        ),
        (
            {"classes": {"quotas": [{"id": "a", "title": TEXT, "clause": "一"}], "rest": {"id": "b", "title": TEXT}}},
            "classes.quotas.0",
            "a quota has either a size or a share",
        ),
        (
            {
                "classes": {
                    "quotas": [{"id": "a", "title": TEXT, "clause": "一", "share": "101%"}],
                    "rest": {"id": "b", "title": TEXT},
                }
            },
            "classes.quotas.0.share",
            "share: 101% is too great",
        ),
    ],
)
def test_a_part_without_effect_is_refused(more: Spec, path: str, message: str) -> None:
    found = said(**more)

    assert any(where == path and why.startswith(message) for where, why in found), found


def test_a_quorum_of_more_than_all_is_refused() -> None:
    quorum = {"part": "present", "whole": "entitled", "at_least": "4/3"}

    assert said(measures={"m": MEASURES["meetings"] | {"quorum": quorum}}) == [
        (
            "measures.m.quorum.at_least",
            "at_least: 4/3 cannot stand here: a quorum is a part of those entitled: no more than all of them",
        )
    ]

"""At least and at most include the number they name; more than and less than do not: 三百人以上, 超过三百人."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Fact, Policy, SocietyLedger, check_policy, explain
from services.evaluation.domain.conditions import Compare, Proportion
from services.evaluation.domain.sheet import Sheet
from services.evaluation.domain.texts import Text
from tests.unit.evaluation.histories import SOCIETY, TODAY, activity, meeting, told
from tests.unit.evaluation.little import TEXT, document, indicator, policy

Spec = dict[str, Any]
HELD = "events.activity-held.v1"
NAMED = {name: Text(zh=name, en=name) for name in ("m", "p", "w")}


@pytest.mark.parametrize(
    ("asked", "held", "words"),
    [
        ({"at_least": 300}, (0, 1, 1), "m at least 300"),
        ({"more_than": 300}, (0, 0, 1), "m more than 300"),
        ({"at_most": 300}, (1, 1, 0), "m at most 300"),
        ({"less_than": 300}, (1, 0, 0), "m less than 300"),
        ({"at_least": 300, "less_than": 301}, (0, 1, 0), "m from 300 to less than 301"),
        ({"more_than": 299, "at_most": 300}, (0, 1, 0), "m more than 299, at most 300"),
        ({"more_than": "299.5", "less_than": "300.5"}, (0, 1, 0), "m more than 299.5, less than 300.5"),
        ({"at_least": 300, "at_most": 301}, (0, 1, 1), "m from 300 to 301"),
    ],
)
def test_a_number_is_compared_on_both_sides_of_its_limits(asked: Spec, held: tuple[int, ...], words: str) -> None:
    condition = Compare.model_validate({"measure": "m", **asked})

    assert tuple(condition.holds({"m": number}) for number in (299, 300, 301)) == tuple(map(bool, held))
    assert condition.holds({"m": None}) is None
    said = condition.words(Sheet({"m": 300}, NAMED))
    assert said.say("en") == words
    assert "{" not in said.say("zh")


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ({"at_least": "1/2"}, (False, True, True)),
        ({"more_than": "1/2"}, (False, False, True)),
        ({"at_most": "1/2"}, (True, True, False)),
        ({"less_than": "1/2"}, (True, False, False)),
    ],
)
def test_half_of_forty_is_half_and_not_more(asked: Spec, held: tuple[bool, ...]) -> None:
    condition = Proportion.model_validate({"part": "p", "whole": "w", **asked})

    assert tuple(condition.holds({"p": part, "w": 40}) for part in (19, 20, 21)) == held
    assert condition.holds({"p": 0, "w": 0}) is None
    assert condition.words(Sheet({"p": 1, "w": 2}, NAMED)).say("zh") != condition.words(Sheet({}, NAMED)).say("en")


def value(measure: Spec, *facts: Fact, as_of: date = TODAY) -> object:
    by = policy({"m": measure}, indicator({"kind": "yes", "when": {"measure": "m", "at_least": 1}}))
    return SocietyLedger.of(by, SOCIETY, facts).values(as_of)["m"]


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        ({"at_least": 50}, 2),
        ({"more_than": 50}, 1),
        ({"less_than": 50}, 1),
        ({"at_most": 50}, 2),
        ({"more_than": 49, "less_than": 51}, 1),
    ],
)
def test_a_filter_may_leave_its_limit_out(asked: Spec, counted: int) -> None:
    held = [activity(attendance=number) for number in (49, 50, 51)]

    assert value({"fold": "count", "events": [HELD], "where": {"attendance": asked}}, *held) == counted


@pytest.mark.parametrize(
    ("asked", "entitled", "present", "counted"),
    [
        ({"more_than": "1/2"}, 40, 20, 0),  # half is not more than half
        ({"more_than": "1/2"}, 40, 21, 1),
        ({"more_than": "1/2"}, 41, 21, 1),
        ({"at_least": "2/3"}, 40, 26, 0),
        ({"at_least": "2/3"}, 40, 27, 1),
        ({"at_least": "100%"}, 40, 39, 0),
        ({"at_least": "100%"}, 40, 40, 1),
    ],
)
def test_a_quorum_is_a_share_or_more_than_one(asked: Spec, entitled: int, present: int, counted: int) -> None:
    quorum = {"part": "present", "whole": "entitled", **asked}
    measure = {"fold": "count", "events": ["membership.meeting-held.v1"], "quorum": quorum}

    assert value(measure, meeting(present=present)._replace(data={"entitled": entitled, "present": present})) == counted


@pytest.mark.parametrize(("asked", "least"), [({"more_than": "1/2"}, 21), ({"at_least": "2/3"}, 27)])
def test_who_was_too_few_is_told_how_many_would_have_been_enough(asked: Spec, least: int) -> None:
    quorum = {"part": "present", "whole": "entitled", **asked}
    by = policy({"m": {"fold": "count", "events": ["membership.meeting-held.v1"], "quorum": quorum}})
    (aside,) = explain([meeting(present=20)], by, TODAY, society=SOCIETY).indicators[0].set_aside

    assert aside.reason.say("en") == f"20 of 40 were present; it counts from {least} on"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"more_than": 3}, "attendance is 2; it counts above 3"),
        ({"less_than": 2}, "attendance is 2; it counts below 2"),
        ({"at_least": 3, "less_than": 5}, "attendance is 2; it counts from 3 to below 5"),
        ({"more_than": 3, "at_most": 5}, "attendance is 2; it counts above 3 up to 5"),
        ({"more_than": 3, "less_than": 5}, "attendance is 2; it counts above 3 and below 5"),
    ],
)
def test_what_a_filter_keeps_out_is_told_its_limits(asked: Spec, words: str) -> None:
    by = policy({"m": {"fold": "count", "events": [HELD], "where": {"attendance": asked}}})
    (aside,) = explain([activity(attendance=2)], by, TODAY, society=SOCIETY).indicators[0].set_aside

    assert aside.reason.say("en") == words


def mistakes(when: Spec | None = None, **measure: Any) -> list[tuple[str, str]]:
    count = {"fold": "count", "events": ["membership.meeting-held.v1"], **measure}
    score = {"kind": "yes", "when": when or {"measure": "m", "at_least": 1}}
    checked = check_policy(document({"m": count}, indicator(score)))
    return [] if isinstance(checked, Policy) else [(error.path, error.sentence.say("en")) for error in checked]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"more_than": 3, "less_than": 3}, "this can never hold: no number lies within these limits"),
        ({"more_than": 3, "at_most": 3}, "this can never hold: no number lies within these limits"),
        ({"at_least": 3, "less_than": 3}, "this can never hold: no number lies within these limits"),
        ({"at_least": 4, "at_most": 3}, "this can never hold: at_least is greater than at_most"),
    ],
)
def test_limits_that_leave_no_number_are_a_mistake(asked: Spec, message: str) -> None:
    assert mistakes({"measure": "m", **asked}) == [("indicators.0.score.when", message)]
    assert mistakes(where={"present": asked}) == [("measures.m.where.present", message)]


@pytest.mark.parametrize(
    ("asked", "path", "message"),
    [
        (
            {"at_least": "4/3"},
            "measures.m.quorum.at_least",
            "at_least: 4/3 cannot stand here: a quorum is a part of those entitled: no more than all",
        ),
        ({"more_than": "100%"}, "measures.m.quorum", "a quorum is a part of those entitled: no more than all"),
        ({}, "measures.m.quorum", "a quorum needs at_least or more_than"),
        ({"at_least": "1/2", "more_than": "1/3"}, "measures.m.quorum", "a quorum needs at_least or more_than"),
    ],
)
def test_a_quorum_nobody_can_reach_is_a_mistake(asked: Spec, path: str, message: str) -> None:
    ((where, why),) = mistakes(quorum={"part": "present", "whole": "entitled", **asked})

    assert (where, why[: len(message)]) == (path, message)


CHECK = "membership.annual-check-concluded.v1"
LATEST = {"fold": "latest", "events": [CHECK], "field": "conclusion", "title": TEXT}
BARELY = {"fold": "years-running", "each": LATEST, "year": "year", "equals": "barely-passed", "up_to": 2}


def check(year: int, on: str, conclusion: str = "barely-passed") -> Fact:
    return told("membership.annual-check-concluded", on, year=year, conclusion=conclusion, concluded_on=on)


@pytest.mark.parametrize(
    ("ending", "checks", "running"),
    [
        # Two years running, however late the first was concluded.
        ("latest", [check(2022, "2024-01-10"), check(2023, "2024-06-10")], 2),
        ("latest", [check(2021, "2022-06-10"), check(2023, "2024-06-10")], 1),  # of 2022 there is none
        ("latest", [check(2022, "2023-06-10"), check(2023, "2024-06-10", "passed")], 0),
        ("latest", [check(2024, "2025-06-10"), check(2023, "2024-06-10")], 1),  # that of 2024 is not concluded yet
        ("latest", [check(2018, "2019-06-10"), check(2019, "2020-06-10")], 2),  # the last there were
        ("latest", [], 0),
        ("year-before-last", [check(2022, "2023-06-10"), check(2021, "2022-06-10")], 2),
        ("last-year", [check(2022, "2023-06-10"), check(2021, "2022-06-10")], 0),
        ("last-year", [check(2023, "2024-06-10")], 1),
    ],
)
def test_years_running_end_where_they_are_told_to(ending: str, checks: list[Fact], running: int) -> None:
    assert value({**BARELY, "ending": ending}, *checks, as_of=date(2024, 12, 31)) == running


@pytest.mark.parametrize(("as_of", "running"), [("2024-12-31", 2), ("2026-01-01", 2), ("2023-12-30", 1)])
def test_the_latest_year_of_what_happened_is_found_by_its_day(as_of: str, running: int) -> None:
    held = {"fold": "count", "events": [HELD], "title": TEXT}
    measure = {"fold": "years-running", "each": held, "at_least": 1, "up_to": 5, "ending": "latest"}
    facts = [activity("2022-03-01"), activity("2023-12-31")]

    assert value(measure, *facts, as_of=date.fromisoformat(as_of)) == running


def test_years_running_may_ask_for_more_than_so_many() -> None:
    held = {"fold": "count", "events": [HELD], "title": TEXT}
    facts = [activity("2017-03-01"), activity("2017-04-01"), activity("2016-03-01")]

    assert value({"fold": "years-running", "each": held, "more_than": 1, "up_to": 5}, *facts) == 1
    assert value({"fold": "years-running", "each": held, "less_than": 2, "up_to": 2}, *facts) == 0

"""Clocks read what assessors recorded like any other event: words, texts, numbers with a decimal point."""

from collections.abc import Sequence
from typing import Any

import pytest

from services.evaluation.domain import Fact, Policy
from tests.unit.evaluation.clocked import owed, said
from tests.unit.evaluation.histories import registered, told
from tests.unit.evaluation.little import TEXT, policy


def small(**clock: Any) -> Policy:
    """A policy with one clock."""
    about = {"id": "c", "clause": "一", "title": TEXT, "remedy": TEXT}
    meetings = {"fold": "count", "events": ["membership.meeting-held.v1"]}
    return policy({"meetings": meetings}, clocks=[about | clock])


def judged(item: str, on: str, **found: Any) -> Fact:
    data = {"number": None, "word": None, "holds": None, "answer": None} | found
    return told("evaluation.assessment-recorded", on, item=item, kind="finding", assessor="x", **data)


def found(by: Policy, facts: Sequence[Fact], on: str) -> list[str]:
    return [said(duty, on) for duty in owed(by, facts, on)]


FILING = {"event": "evaluation.assessment-recorded.v1", "where": {"item": "filing-complete", "holds": True}}


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ([], "2019-09-15", ["2018 2019-09-15 due -"]),
        ([], "2019-09-16", ["2018 2019-09-15 breached -"]),
        ([judged("filing-complete", "2019-09-15", holds=True)], "2019-09-16", ["2018 2019-09-15 fulfilled 2019-09-15"]),
        ([judged("filing-complete", "2019-09-16", holds=True)], "2019-09-16", ["2018 2019-09-15 late 2019-09-16"]),
        ([judged("filing-complete", "2019-09-01", holds=False)], "2019-09-16", ["2018 2019-09-15 breached -"]),
        ([judged("other-item", "2019-09-01", holds=True)], "2019-09-16", ["2018 2019-09-15 breached -"]),
    ],
)
def test_what_a_person_found_can_be_due_by_a_day(facts: list[Fact], on: str, expected: list[str]) -> None:
    """Anhui 2019: who has not filed by 15 September is not evaluated; that the filing is complete is a judgement."""
    by = small(clock="yearly", told=FILING, by="09-15", since="2019-01-01")

    assert found(by, [registered("2010-01-01"), *facts], on)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("answer", "state"),
    [("2018", "fulfilled 2019-03-01"), ("2018-annual", "fulfilled 2019-03-01"), ("2019", "breached -")],
)
def test_the_year_of_a_record_may_stand_in_a_text(answer: str, state: str) -> None:
    by = small(clock="yearly", told=FILING, by="09-15", year="answer", since="2019-01-01")
    facts = [registered("2010-01-01"), judged("filing-complete", "2019-03-01", holds=True, answer=answer)]

    assert found(by, facts, "2019-09-16")[0] == f"2018 2019-09-15 {state}"


@pytest.mark.parametrize(("part", "state"), [("33.3", "fulfilled 2019-02-01"), ("33.4", "breached -")])
def test_a_share_of_what_is_measured_in_decimals_is_compared_exactly(part: str, state: str) -> None:
    measured = {"event": "evaluation.assessment-recorded.v1"}
    by = small(
        clock="at-most-share",
        part=measured | {"where": {"item": "part"}},
        whole=measured | {"where": {"item": "whole"}},
        field="number",
        at_most="1/3",
    )
    facts = [judged("whole", "2019-01-01", number="99.9"), judged("part", "2019-02-01", number=part)]

    assert found(by, [registered("2010-01-01"), *facts], "2019-02-01")[0].endswith(state)

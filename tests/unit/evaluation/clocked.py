"""Duties as the tests of clocks read them."""

from collections.abc import Sequence
from datetime import date

from services.evaluation.domain import Fact, Policy
from services.evaluation.domain.clocks import Duty, docket_of
from tests.unit.evaluation.histories import hubei, registered, told

BOOKS = registered("1991-06-30")


def duties(facts: Sequence[Fact], clock: str, on: str) -> list[str]:
    """The duties of one clock on a day, as `key due state fulfilled`."""
    return [said(duty, on) for duty in owed(hubei(), facts, on) if duty.clock == clock]


def owed(by: Policy, facts: Sequence[Fact], on: str) -> tuple[Duty, ...]:
    """The duties that a policy's clocks find on a day."""
    return docket_of(by.clocks, by.society.event, facts).duties(date.fromisoformat(on).toordinal())


def said(duty: Duty, on: str) -> str:
    state = duty.state(date.fromisoformat(on).toordinal())
    return f"{duty.key} {duty.due_on} {state} {duty.fulfilled_on or '-'}"


def elected(on: str, ends: str, organ: str = "council", seats: int = 30) -> Fact:
    data = {"organ": organ, "seats": seats, "front_line": 0, "young": 0, "elected_on": on, "term_ends_on": ends}
    return told("membership.council-elected", on, **data)

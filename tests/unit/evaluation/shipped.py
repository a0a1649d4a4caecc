"""Facts for the policies that ship beside the first one."""

from datetime import date
from functools import cache
from typing import Any

from services.evaluation.domain import Fact, Policy, Rating, decimal_text, load_policy, rate_history
from services.evaluation.shipped import text_of
from tests.unit.evaluation.histories import SOCIETY, told


@cache
def shipped(policy: str) -> Policy:
    return load_policy(text_of(policy))


def rated(policy: str, as_of: date, *facts: Fact) -> Rating:
    return rate_history(facts, shipped(policy), as_of, society=SOCIETY)


def earned(rating: Rating) -> dict[str, str]:
    return {one.indicator: decimal_text(one.points) for one in rating.findings if one.points}


def member(event: str, on: date | str, **data: Any) -> Fact:
    return told(f"membership.{event}", on, **data)


def check(year: int, conclusion: str = "passed") -> Fact:
    """The annual check of a year, concluded at the end of the next May."""
    return member("annual-check-concluded", f"{year + 1}-05-31", year=year, conclusion=conclusion)


def judged(item: str, on: date | str, *, kind: str = "finding", assessor: str = "x", **found: Any) -> Fact:
    """A judgement of an item; without anything else, that it holds."""
    data = {"number": None, "word": None, "holds": None, "answer": None, "concerns": None} | (found or {"holds": True})
    return told("evaluation.assessment-recorded", on, item=item, kind=kind, assessor=assessor, **data)

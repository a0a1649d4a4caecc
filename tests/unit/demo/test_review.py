from datetime import date

import pytest

from societas.demo.plan import Plan
from societas.demo.request import Request
from societas.demo.societies import societies

PREFIX = "/api/evaluation/reviews"


@pytest.fixture(scope="module")
def december() -> list[tuple[date, Request]]:
    plan = Plan(societies()[:12], seed=7)
    days = range(335, 366)
    return [(plan.date_of(day), one) for day in days for one in plan.day(day) if one.path.startswith(PREFIX)]


def test_the_review_goes_through_every_step_in_its_order(december: list[tuple[date, Request]]) -> None:
    steps = [(on.day, one.path.rsplit("/", 1)[1]) for on, one in december if not one.path.endswith("/votes")]

    assert steps == [
        (1, "reviews"),
        (1, "snapshot"),
        (1, "panel"),
        (2, "publication"),
        (3, "objections"),
        (4, "objections"),
        (10, "recusals"),
        (10, "decision"),
        (11, "decision"),
        (12, "dispatch"),
        (15, "revision"),
        (28, "dispatch"),
        (29, "confirmation"),
        (30, "classes"),
        (31, "seal"),
    ]
    assert {one.path.rsplit("/", 1)[1] for _, one in december if one.first} == {"reviews", "snapshot"}


def test_one_objection_is_upheld_by_more_than_half_of_nine_and_one_is_not(december: list[tuple[date, Request]]) -> None:
    votes = [(on.day, one.body, one.role) for on, one in december if one.path.endswith("/votes")]
    recused = next(one.body["member"] for _, one in december if one.path.endswith("/recusals"))

    assert [sum(body["vote"] == "uphold" for on, body, _ in votes if on == day) for day in (10, 11)] == [6, 3]
    assert [len({role for on, _, role in votes if on == day}) for day in (10, 11)] == [8, 9]
    assert f"panel:review-2025:{recused}" not in {role for on, _, role in votes if on == 10}


def test_another_seed_objects_elsewhere(december: list[tuple[date, Request]]) -> None:
    def parties(seed: int) -> list[tuple[str, str]]:
        told = Plan(societies()[:12], seed).day(337) + Plan(societies()[:12], seed).day(338)
        return [(one.body["objector"], one.body["about"]) for one in told if one.path.endswith("/objections")]

    assert len({tuple(parties(seed)) for seed in range(5)}) > 1
    assert len(parties(7)) == sum(one.path.endswith("/objections") for _, one in december)


def test_texts_say_that_they_are_generated(december: list[tuple[date, Request]]) -> None:
    texts = [one.body["text"] for _, one in december if "text" in one.body]

    assert texts
    assert all("演示生成" in text for text in texts)

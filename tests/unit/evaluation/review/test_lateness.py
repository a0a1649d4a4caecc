"""What the association owes by which day, and the findings when it is late."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.vocabulary import ReviewDuty
from services.evaluation.domain.review import objections
from services.evaluation.domain.review.file import apply
from services.evaluation.domain.review.timetable import note_late, timetable
from tests.unit.evaluation.review.reviews import FIRST, Story, at, decided, frozen, objected, sealed, sent


def test_what_is_owed_by_which_day() -> None:
    owed = {due.duty: (due.due_on, due.done_on) for due in timetable(sent().review)}

    assert owed == {
        ReviewDuty.PUBLICATION: (date(2025, 12, 15), date(2025, 12, 1)),
        ReviewDuty.DECISION: (date(2026, 1, 7), date(2025, 12, 5)),
        ReviewDuty.DISPATCH: (date(2025, 12, 20), date(2025, 12, 6)),
    }


@pytest.mark.parametrize(
    ("story", "last_day", "duty"),
    [
        (frozen, at(14), ReviewDuty.PUBLICATION),
        (objected, at(37), ReviewDuty.DECISION),
        (decided, at(19), ReviewDuty.DISPATCH),
    ],
)
def test_a_step_is_late_on_the_day_after_its_last_and_that_is_told_once(
    story: Callable[[], Story], last_day: Any, duty: ReviewDuty
) -> None:
    review = story().review
    assert note_late(review, at=last_day.replace(hour=23)) == []

    day_after = last_day.replace(hour=0) + (at(1) - at(0))
    (breach,) = note_late(review, at=day_after)

    assert (breach.duty, breach.due_on) == (duty, last_day.date())
    assert note_late(apply(review, breach), at=at(300)) == []


def test_a_step_that_came_late_is_found_although_nobody_looked_in_between() -> None:
    story = decided()
    story.then(objections.send_decision(story.review, FIRST, at=at(20)))

    (breach,) = note_late(story.review, at=at(20))

    assert (breach.duty, breach.due_on) == (ReviewDuty.DISPATCH, date(2025, 12, 20))
    assert note_late(apply(story.review, breach), at=at(300)) == []


def test_nothing_is_told_after_the_seal() -> None:
    review = replace(sealed().review, published_on=date(2025, 12, 16))

    assert note_late(review, at=at(300)) == []

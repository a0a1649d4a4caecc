"""A grade that a review gives says how long it is valid: in the event, in the notice, on paper."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.evaluation import ClassAssigned
from services.evaluation.domain import Policy, explain
from services.evaluation.domain.review import closing
from services.evaluation.domain.review.file import digest
from services.evaluation.domain.review.reasons import reasons
from services.evaluation.domain.validity import Validity
from services.evaluation.reporting.papers import notice
from services.evaluation.reporting.pdf import pdf
from services.evaluation.reviewing import documents
from tests.unit.evaluation.histories import hubei
from tests.unit.evaluation.review.reviews import Story, at, confirmed, facts
from tests.unit.evaluation.review.test_papers import text_of_pdf

OLD = Validity(clause="二十六", years=5, begins="announcement", again_in_last=2)
NEW = Validity(clause="二十六", years=5, begins="next-january", again_in_first=4)


def valid(validity: Validity | None) -> Policy:
    return replace(hubei(), spec=hubei().spec.model_copy(update={"validity": validity}))


def assigned(by: Policy) -> Story:
    """Confirmed on 9 December 2025, classes assigned a day later."""
    story = confirmed()
    return story.then(*closing.assign(story.review, story.standings(story.review.admitted), by, at=at(9)))


@pytest.mark.parametrize(
    ("validity", "days"),
    [
        (OLD, (date(2025, 12, 9), date(2030, 12, 8))),
        (NEW, (date(2026, 1, 1), date(2030, 12, 31))),
        (None, (None, None)),
    ],
)
def test_a_grade_is_told_with_its_validity_from_the_day_of_the_confirmation(
    validity: Validity | None, days: tuple[date | None, date | None]
) -> None:
    story = assigned(valid(validity))
    told = [step for step in story.steps if isinstance(step, ClassAssigned)]

    assert [(one.grade, one.valid_from, one.valid_until) for one in told] == [("weak", *days)] * 3
    document = noticed(story)
    assert (document["result"]["valid_from"], document["result"]["valid_until"]) == tuple(
        day and day.isoformat() for day in days
    )


def noticed(story: Story) -> dict[str, Any]:
    row = next(one.as_json() for one in story.standings(story.review.admitted) if one.rating.society == "A-01")
    own = [one for one in facts() if one.subject == "A-01"]
    return documents.notice(story.review, row, reasons(row, hubei(), story.review.terms.as_of, own))


def test_the_notice_on_paper_has_the_days() -> None:
    story = assigned(valid(NEW))
    document = noticed(story)

    assert "2026-01-01 – 2030-12-31" in "".join(text_of_pdf(pdf(notice(document, hubei()))))


def test_before_classes_are_assigned_no_day_is_promised() -> None:
    story = confirmed()
    document = noticed(story)

    assert document["result"]["valid_until"] is None


def test_an_assignment_told_before_there_were_grades_in_it_is_read_and_sealed_as_it_was_told() -> None:
    step = next(step for step in assigned(valid(None)).steps if isinstance(step, ClassAssigned))
    told = {name: one for name, one in step.data().items() if name != "grade"}
    old = ClassAssigned.model_validate({"subject": step.subject, "happened_at": step.happened_at, **told})

    assert old.data() == told
    assert old.grade is None
    assert digest(old) != digest(step)


def test_an_explanation_says_how_long_the_grade_would_be_valid() -> None:
    day = date(2025, 6, 30)
    explained = explain(facts(), valid(OLD), day, society="A-01").as_json()

    assert explained["validity"] == {
        "clause": "二十六",
        "valid_from": "2025-06-30",
        "valid_until": "2030-06-29",
        "again_from": "2028-06-30",
        "again_until": "2030-06-29",
    }
    assert explain(facts(), valid(None), day, society="A-01").as_json()["validity"] is None

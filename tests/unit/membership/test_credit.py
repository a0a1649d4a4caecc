"""The credit record: which class binds, which is proposed, which sanctions hold."""

from datetime import date

import pytest

from services.membership.domain.credit import (
    CreditEntry,
    CreditKind,
    current_class,
    proposed_class,
    recorded_by,
    sanctions,
)


def entry(event: str, kind: str, review: str, on: str, **more: date | str | None) -> CreditEntry:
    given = {"value": "support", "as_of": date(2024, 12, 31)} | more
    return CreditEntry(event=event, kind=CreditKind(kind), review=review, recorded_on=date.fromisoformat(on), **given)  # type: ignore[arg-type]


OLD = entry("1", "class", "review-2023", "2024-02-01", as_of=date(2023, 12, 31))
PROPOSED = entry("2", "proposal", "review-2024", "2025-02-01", value="foster")
NEW = entry("3", "class", "review-2024", "2025-03-01", value="foster")
WARNED = entry("4", "sanction", "review-2023", "2024-02-01", value="warning", as_of=None)
RECTIFYING = entry("5", "sanction", "review-2023", "2024-02-01", as_of=None, until=date(2024, 8, 1))


def test_the_class_of_the_review_of_the_latest_day_binds_whenever_it_was_recorded() -> None:
    assert current_class([]) is None
    assert current_class([NEW, OLD]) is NEW
    assert current_class([PROPOSED]) is None


def test_a_proposal_stands_until_its_review_assigns_and_binds_nobody() -> None:
    assert proposed_class([OLD, PROPOSED]) is PROPOSED
    assert proposed_class([OLD, PROPOSED, NEW]) is None


@pytest.mark.parametrize(("day", "known"), [("2024-01-31", 0), ("2024-02-01", 1), ("2025-02-28", 2), (None, 3)])
def test_the_record_is_read_as_it_stood_on_a_day(day: str | None, known: int) -> None:
    assert len(recorded_by([OLD, PROPOSED, NEW], date.fromisoformat(day) if day else None)) == known


@pytest.mark.parametrize(
    ("day", "found"), [("2024-08-01", [WARNED, RECTIFYING]), ("2024-08-02", [WARNED]), (None, [WARNED, RECTIFYING])]
)
def test_a_sanction_holds_through_its_last_day_or_for_good(day: str | None, found: list[CreditEntry]) -> None:
    assert sanctions([OLD, WARNED, RECTIFYING], date.fromisoformat(day) if day else None) == found

"""Which days of an event had come when it was recorded, and which may lie ahead."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from contracts.calendar import midnight
from contracts.catalogue import CATALOGUE
from contracts.evaluation import DayTurned

AHEAD = {
    "evaluation.class-assigned.v1": {"valid_from", "valid_until"},
    "evaluation.results-published.v1": {"objections_until"},
    "evaluation.review-opened.v1": {"publish_by"},
    "evaluation.sanction-imposed.v1": {"until"},
    "events.activity-announced.v1": {"starts_on"},
    "membership.council-elected.v1": {"term_ends_on"},
    "membership.deferral-approved.v1": {"term_ends_on", "deferred_until"},
    "membership.leader-limit-approaching.v1": {"counts_from"},
    "membership.renewal-planned.v1": {"term_ends_on"},
    "membership.renewal-requested.v1": {"term_ends_on", "assembly_on"},
}


def days_of(schema: dict[str, object]) -> set[str]:
    properties = schema["properties"]
    assert isinstance(properties, dict)
    return {name for name, part in properties.items() if "'date'" in str(part)}


def test_every_day_is_of_the_past_but_for_these() -> None:
    found = {name: days_of(event.data_schema()) - set(event.past_days()) for name, event in CATALOGUE.items()}

    assert {name: days for name, days in found.items() if days} == AHEAD


@pytest.mark.parametrize("days", [-1, 1, 60_000])
def test_a_day_turns_at_its_own_midnight(days: int) -> None:
    on = date(2025, 3, 1)

    with pytest.raises(ValidationError, match="its own midnight"):
        DayTurned(happened_at=midnight(on), day=on + timedelta(days=days))

"""What cannot be in a record, asked of the definitions alone."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from records import Context, types_in
from records.record import example_of
from records.rules import of_the_day
from services.events import records as undertaken
from services.membership import records as governed

TYPES = {type_.path: type_ for package in (governed, undertaken) for type_ in types_in(package)}
KNOWN = Context(registered_on=date(1991, 6, 30), today=date(2025, 6, 30))


def faults(path: str, **changes: Any) -> list[tuple[str, str | None]]:
    type_ = TYPES[path]
    record = type_.record.model_validate(example_of(type_.record) | changes)
    return [(one.slug, one.field) for rule in (of_the_day, *type_.rules) for one in rule(record, KNOWN)]


@pytest.mark.parametrize("path", TYPES)
def test_every_record_is_of_a_day_that_has_come_on_which_there_was_the_society(path: str) -> None:
    day = TYPES[path].record.day

    assert faults(path, **{day: "2025-06-30"}) == []
    assert faults(path, **{day: "2025-07-01"}) == [("in-the-future", day)]
    assert ("before-registration", day) in faults(path, **{day: "1991-06-29"})
    assert ("before-registration", day) not in faults(path, **{day: "1991-06-30"})


@pytest.mark.parametrize(
    ("path", "most", "beyond"),
    [
        ("fee-votes", {"present": 120}, {"present": 121}),
        ("fee-votes", {"in_favour": 90}, {"in_favour": 91}),
        ("delegates", {"front_line": 120}, {"front_line": 121}),
        ("part-timer-reviews", {"replaced": 12}, {"replaced": 13}),
        ("part-timer-reviews", {"approved": 2}, {"approved": 3}),
        ("talents", {"young": 3}, {"young": 4}),
        ("exchanges", {"young": 5}, {"young": 6}),
        ("journal-figures", {"issues_online": 6}, {"issues_online": 7}),
    ],
)
def test_a_part_is_at_most_the_whole(path: str, most: dict[str, int], beyond: dict[str, int]) -> None:
    assert (faults(path, **most), faults(path, **beyond)) == ([], [("part-exceeds-whole", *beyond)])


@pytest.mark.parametrize("path", ["work-stages", "finance-audits", "journal-figures"])
def test_a_year_is_recorded_of_at_the_earliest_in_the_year_before_it(path: str) -> None:
    assert (faults(path, year=2026), faults(path, year=2027)) == ([], [("year-ahead", "year")])


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        ("disclosures", {"content": "rumours"}),
        ("disclosures", {"more": 1}),
        ("disclosures", {"title": " "}),
        ("delegates", {"delegates": 1_000_000_001}),
        ("delegates", {"delegates": "120"}),
        ("journal-figures", {"others_rate": "1.01"}),
        ("journal-figures", {"impact_factor": 1.5}),
        ("honours", {"received_on": "20250401"}),
    ],
)
def test_a_form_asks_for_what_the_event_says_in_its_form_and_for_nothing_else(path: str, changes: Any) -> None:
    with pytest.raises(ValidationError):
        faults(path, **changes)

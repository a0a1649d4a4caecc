"""The journals' table of 2009, 100 points: what one measured journal earns, both sides of each boundary."""

from datetime import date
from typing import Any

import pytest

from services.evaluation.domain import Fact
from tests.unit.evaluation.histories import registered, told
from tests.unit.evaluation.shipped import earned, judged, rated, shipped

POLICY = "journal-2009"
TODAY = date(2010, 6, 30)
ON_RECORD = told("events.journal-registered", "2008-01-01", journal="j")

FIGURES: dict[str, Any] = {
    "journal": "j",
    "impact_factor": "0.731",
    "others_rate": "0.87",
    "download_increase": 12_345,
    "issues_due": 12,
    "issues_online": 9,
    "back_years": 6,
    "in_time": True,
    "own_site": True,
    "free_abstracts": True,
    "free_full_text": False,
    "foreign_editors": 1,
}


def measured(on: str = "2010-03-01", **more: Any) -> Fact:
    return told("events.journal-measured", on, year=2009, **(FIGURES | more))


def points(indicator: str, *facts: Fact) -> str:
    return earned(rated(POLICY, TODAY, *facts)).get(indicator, "0")


def test_the_table_has_a_hundred_points() -> None:
    by = shipped(POLICY)

    assert {one.id: one.full // 10_000 for one in by.indicators} == {
        "impact": 20,
        "downloads": 30,
        "complete": 30,
        "back-files": 6,
        "open-access": 7,
        "foreign-editors": 2,
        "in-time": 5,
    }
    assert by.full == 1_000_000
    assert by.grades == ()


def test_a_journal_worked_by_hand() -> None:
    found = rated(POLICY, TODAY, ON_RECORD, measured())

    assert earned(found) == {
        "impact": "12.7194",  # 0.731 x 0.87 x 20
        "downloads": "17",  # 5 + 12
        "complete": "22.5",  # 30 x 9 / 12
        "back-files": "4",
        "open-access": "4",  # 2 + 2
        "foreign-editors": "1",
        "in-time": "5",
    }
    assert (found.total, found.completeness, found.grade, found.ineligible) == (662_194, "1", None, ())


@pytest.mark.parametrize(
    ("indicator", "figures", "earns"),
    [
        ("impact", {"impact_factor": "1", "others_rate": "1"}, "20"),
        ("impact", {"impact_factor": "9.5", "others_rate": "0.9"}, "20"),
        ("impact", {"impact_factor": "0.0001", "others_rate": "0.025"}, "0.0001"),  # half a unit goes up
        ("impact", {"impact_factor": "0.0001", "others_rate": "0.02"}, "0"),
        ("downloads", {"download_increase": 0}, "5"),
        ("downloads", {"download_increase": 999}, "5"),
        ("downloads", {"download_increase": 1_000}, "6"),
        ("downloads", {"download_increase": 24_999}, "29"),
        ("downloads", {"download_increase": 25_000}, "30"),
        ("downloads", {"download_increase": 99_000}, "30"),
        ("complete", {"issues_online": 0}, "0"),
        ("complete", {"issues_online": 12}, "30"),
        ("complete", {"issues_due": 7, "issues_online": 3}, "12.8571"),  # 12.857142…
        ("back-files", {"back_years": 0}, "0"),
        ("back-files", {"back_years": 1}, "2"),
        ("back-files", {"back_years": 5}, "2"),
        ("back-files", {"back_years": 10}, "4"),
        ("back-files", {"back_years": 11}, "6"),
        ("open-access", {"free_full_text": True}, "7"),
        ("open-access", {"own_site": False, "free_abstracts": False}, "0"),
        ("foreign-editors", {"foreign_editors": 0}, "0"),
        ("foreign-editors", {"foreign_editors": 2}, "2"),
        ("in-time", {"in_time": False}, "0"),
    ],
)
def test_each_item_at_its_boundaries(indicator: str, figures: dict[str, Any], earns: str) -> None:
    assert points(indicator, measured(**figures)) == earns


def test_back_files_to_the_founding_earn_all_whatever_their_years() -> None:
    founding = judged("journal-back-to-founding", "2010-04-01")

    assert points("back-files", measured(back_years=3), founding) == "6"
    assert points("back-files", measured(back_years=3), judged("journal-back-to-founding", TODAY, holds=False)) == "2"


def test_of_several_journals_the_one_measured_last_counts_with_all_its_figures() -> None:
    first, last = measured("2010-02-01", issues_online=12, in_time=False), measured("2010-03-02", journal="k")

    assert earned(rated(POLICY, TODAY, first, last)) == earned(rated(POLICY, TODAY, last, first, last, measured()))
    assert points("in-time", first, last) == "5"


def test_who_has_no_journal_is_not_assessed_and_an_unmeasured_one_is_unknown() -> None:
    assert rated(POLICY, TODAY, registered("2000-01-01")).ineligible == ("has-a-journal",)

    found = rated(POLICY, TODAY, ON_RECORD)
    assert (found.ineligible, found.total, found.completeness) == ((), 0, "0")
